/** What happens to an account later: profile, password, role, and its end. */
import { Failure } from '../failure.ts'
import { insertAudit, scrubAudit } from '../store/audit.ts'
import { isUniqueViolation, type Queries, type Sql } from '../store/connect.ts'
import { deleteOtherSessions } from '../store/sessions.ts'
import { deleteTokens } from '../store/tokens.ts'
import {
  countAdministrators,
  deleteUser,
  findTaken,
  findUserByLogin,
  getUser,
  type Role,
  type User,
  updatePassword,
  updateProfile,
  updateRole,
} from '../store/users.ts'
import { checkPassword, hashPassword, verifyPassword } from './passwords.ts'
import { checkedDisplayName, checkedEmail } from './profile.ts'
import { taken } from './register.ts'
import { newPassword } from './secrets.ts'
import type { Viewer } from './viewer.ts'

/**
 * Stores what the viewer calls themselves and whether the leaderboard may show them.
 *
 * @throws Failure `invalid`, `conflict` (`email_taken`), `forbidden`: a guest has no profile
 */
export async function changeProfile(
  sql: Sql,
  options: { viewer: Viewer; displayName: string | null; email: string | null; isListed: boolean },
): Promise<User> {
  const { viewer, isListed } = options
  const user = await getAccount(sql, viewer)
  const displayName = checkedDisplayName(options.displayName)
  const email = checkedEmail(options.email)
  if (await findTaken(sql, { name: user.name, email, exceptId: user.id })) throw taken('email')
  try {
    await updateProfile(sql, { id: user.id, displayName, email, isListed })
  } catch (error) {
    throw isUniqueViolation(error) ? taken('email') : error
  }
  return await getUser(sql, user.id)
}

/**
 * Changes the viewer's own password. Other browsers are signed out and API tokens revoked.
 *
 * @throws Failure `forbidden` (`wrong_credentials`): the current password is another one; `invalid` (`password_weak`)
 */
export async function changePassword(
  sql: Sql,
  { viewer, current, next, now }: { viewer: Viewer; current: string; next: string; now: Date },
): Promise<void> {
  const user = await getAccount(sql, viewer)
  await confirmPassword(sql, { name: user.name, password: current })
  checkPassword(next, { name: user.name })
  const passwordHash = await hashPassword(next)
  await sql.begin((transaction) =>
    storePassword(transaction, { userId: user.id, passwordHash, actorId: user.id, exceptId: viewer.sessionId, now }),
  )
}

/**
 * Gives somebody another password: `podium user password NAME`, an administrator, or a one-time link. All browsers are
 * signed out and API tokens revoked. Without a password one is made; it is returned and can't be seen again.
 *
 * @throws Failure `missing`: nobody of this id; `invalid` (`password_weak`)
 */
export async function setPassword(
  sql: Sql,
  { userId, password, actorId, now }: { userId: string; password: string | null; actorId: string | null; now: Date },
): Promise<string> {
  const user = await getUser(sql, userId)
  if (user.name === null) throw new Failure('missing', 'A guest has no password.')
  const next = password ?? newPassword()
  checkPassword(next, { name: user.name })
  const passwordHash = await hashPassword(next)
  await sql.begin((transaction) => storePassword(transaction, { userId, passwordHash, actorId, exceptId: null, now }))
  return next
}

/** Stores a password's hash with all that follows from it, in the caller's transaction. */
export async function storePassword(
  transaction: Queries,
  options: { userId: string; passwordHash: string; actorId: string | null; exceptId: string | null; now: Date },
): Promise<void> {
  const { userId, passwordHash, actorId, exceptId, now } = options
  await updatePassword(transaction, { id: userId, passwordHash })
  await deleteOtherSessions(transaction, { userId, exceptId })
  await deleteTokens(transaction, userId)
  await insertAudit(transaction, { actorId, action: 'user.password_changed', subject: userId, now })
}

/**
 * Gives somebody another role.
 *
 * @throws Failure `missing`; `conflict` (`last_administrator`): nobody would be left to administer
 */
export async function changeRole(
  sql: Sql,
  { userId, role, actorId, now }: { userId: string; role: Exclude<Role, 'guest'>; actorId: string | null; now: Date },
): Promise<void> {
  await sql.begin(async (transaction) => {
    const administrators = await countAdministrators(transaction)
    const user = await getUser(transaction, userId)
    if (user.role === 'guest') throw new Failure('missing', 'A guest has no role to change.')
    if (user.role === role) return
    if (user.role === 'admin' && administrators === 1) throw lastAdministrator()
    await updateRole(transaction, { id: userId, role })
    const detail = { from: user.role, to: role }
    await insertAudit(transaction, { actorId, action: 'user.role_changed', subject: userId, detail, now })
  })
}

/**
 * Deletes the viewer's account with everything they made. Guests need no password for it.
 *
 * @throws Failure `forbidden` (`wrong_credentials`); `conflict` (`last_administrator`)
 */
export async function deleteAccount(
  sql: Sql,
  { viewer, password, now }: { viewer: Viewer; password: string; now: Date },
): Promise<void> {
  const user = await getUser(sql, viewer.userId)
  if (user.name !== null) await confirmPassword(sql, { name: user.name, password })
  await removeUser(sql, { userId: user.id, actorId: null, now })
}

/**
 * Deletes somebody with everything they made; the audit log keeps that it happened and an id, no more.
 *
 * @throws Failure `missing`; `conflict` (`last_administrator`)
 */
export async function removeUser(
  sql: Sql,
  { userId, actorId, now }: { userId: string; actorId: string | null; now: Date },
): Promise<void> {
  await sql.begin(async (transaction) => {
    const administrators = await countAdministrators(transaction)
    const user = await getUser(transaction, userId)
    if (user.role === 'admin' && administrators === 1) throw lastAdministrator()
    await scrubAudit(transaction, userId)
    await deleteUser(transaction, userId)
    await insertAudit(transaction, { actorId, action: 'user.deleted', subject: userId, now })
  })
}

async function getAccount(sql: Queries, viewer: Viewer): Promise<User & { name: string }> {
  const user = await getUser(sql, viewer.userId)
  if (user.name === null) throw new Failure('forbidden', 'Register first: a guest has no account to change.')
  return { ...user, name: user.name }
}

async function confirmPassword(sql: Queries, { name, password }: { name: string; password: string }): Promise<void> {
  const user = await findUserByLogin(sql, name)
  if (!(await verifyPassword(password, user?.passwordHash ?? null))) throw notYourPassword()
}

function notYourPassword(): Failure {
  return new Failure('forbidden', 'That is not your current password.', { code: 'wrong_credentials' })
}

function lastAdministrator(): Failure {
  return new Failure('conflict', 'This is the last administrator. Make somebody else one first.', {
    code: 'last_administrator',
  })
}
