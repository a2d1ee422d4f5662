/** Links that work once: to become the first administrator, or to choose a new password. */
import { Failure } from '../failure.ts'
import { insertAudit } from '../store/audit.ts'
import type { Queries, Sql } from '../store/connect.ts'
import { findLink, insertLink, type LinkPurpose, useLink } from '../store/links.ts'
import { newId } from '../store/storable.ts'
import { countAdministrators, getUser, insertUser } from '../store/users.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { checkedName } from './profile.ts'
import { taken } from './register.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { type SignedIn, startSession } from './sessions.ts'
import { storePassword } from './users.ts'
import type { Browser } from './viewer.ts'

const hourMs = 60 * 60_000

/** How long a link works. */
export const linkLifeMs = 24 * hourMs

/**
 * A secret for the link that makes whoever opens it the first administrator; null where there is one already. A new
 * one takes the place of the one before.
 */
export async function makeAdminLink(sql: Sql, { now }: { now: Date }): Promise<string | null> {
  return await sql.begin(async (transaction) => {
    if ((await countAdministrators(transaction)) > 0) return null
    return await makeLink(transaction, { purpose: 'admin', userId: null, actorId: null, now })
  })
}

/**
 * A secret for the link by which somebody chooses a new password.
 *
 * @throws Failure `missing`: nobody with an account has this id
 */
export async function makePasswordLink(
  sql: Sql,
  { userId, actorId, now }: { userId: string; actorId: string | null; now: Date },
): Promise<string> {
  return await sql.begin(async (transaction) => {
    const user = await getUser(transaction, userId)
    if (user.role === 'guest') throw new Failure('missing', 'A guest has no password.')
    return await makeLink(transaction, { purpose: 'password', userId, actorId, now })
  })
}

/** What a link is good for, without using it up: for the page it opens. Null where it does not work (any more). */
export async function findLinkPurpose(
  sql: Queries,
  { secret, now }: { secret: string; now: Date },
): Promise<LinkPurpose | null> {
  const link = await findLink(sql, { tokenHash: hashSecret(secret), now })
  return link?.purpose ?? null
}

/**
 * Makes the first administrator and signs them in. Of two who come at once, one gets it.
 *
 * @throws Failure `forbidden` (`link_used`): the link does not work, or there is an administrator by now; `invalid`,
 * `conflict` (`name_taken`)
 */
export async function becomeAdministrator(
  sql: Sql,
  options: { secret: string; name: string; password: string; browser: Browser; now: Date },
): Promise<SignedIn> {
  const { secret, password, browser, now } = options
  const name = checkedName(options.name)
  checkPassword(password, { name })
  await expectLink(sql, { secret, purpose: 'admin', now })
  const passwordHash = await hashPassword(password)
  return await sql.begin(async (transaction) => {
    const link = await useLink(transaction, { tokenHash: hashSecret(secret), purpose: 'admin', now })
    if (!link || (await countAdministrators(transaction)) > 0) throw linkUsed()
    const id = newId()
    const account = { id, name, displayName: null, email: null, passwordHash, role: 'admin', now } as const
    if (!(await insertUser(transaction, account))) throw taken('name')
    await insertAudit(transaction, { actorId: id, action: 'link.used', subject: id, detail: { purpose: 'admin' }, now })
    return await startSession(transaction, { userId: id, browser, now })
  })
}

/**
 * Chooses a new password by a link and signs its owner in; all other browsers are signed out, API tokens revoked.
 *
 * @throws Failure `forbidden` (`link_used`); `invalid` (`password_weak`)
 */
export async function choosePassword(
  sql: Sql,
  { secret, password, browser, now }: { secret: string; password: string; browser: Browser; now: Date },
): Promise<SignedIn> {
  const userId = await expectLink(sql, { secret, purpose: 'password', now })
  if (userId === null) throw linkUsed()
  const user = await getUser(sql, userId)
  checkPassword(password, { name: user.name ?? '' })
  const passwordHash = await hashPassword(password)
  return await sql.begin(async (transaction) => {
    const link = await useLink(transaction, { tokenHash: hashSecret(secret), purpose: 'password', now })
    if (!link) throw linkUsed()
    await storePassword(transaction, { userId, passwordHash, actorId: userId, exceptId: null, now })
    return await startSession(transaction, { userId, browser, now })
  })
}

async function makeLink(
  transaction: Queries,
  options: { purpose: LinkPurpose; userId: string | null; actorId: string | null; now: Date },
): Promise<string> {
  const { purpose, userId, actorId, now } = options
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + linkLifeMs)
  await insertLink(transaction, { id: newId(), purpose, userId, tokenHash: hashSecret(secret), now, expiresAt })
  await insertAudit(transaction, { actorId, action: 'link.made', subject: userId ?? '', detail: { purpose }, now })
  return secret
}

async function expectLink(
  sql: Queries,
  { secret, purpose, now }: { secret: string; purpose: LinkPurpose; now: Date },
): Promise<string | null> {
  const link = await findLink(sql, { tokenHash: hashSecret(secret), now })
  if (link?.purpose !== purpose) throw linkUsed()
  return link.userId
}

/** The failure of a link that does not work (any more). */
export function linkUsed(): Failure {
  return new Failure('forbidden', 'This link was used already or is too old. Ask for a new one.', { code: 'link_used' })
}
