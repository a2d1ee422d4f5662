/** Making an account: by oneself, keeping what one did as a guest, or by an administrator. */
import { Failure } from '../failure.ts'
import { insertAudit } from '../store/audit.ts'
import { isUniqueViolation, type Queries, type Sql } from '../store/connect.ts'
import { deleteOtherSessions } from '../store/sessions.ts'
import { newId } from '../store/storable.ts'
import { findTaken, getUser, insertUser, type NewUser, promoteGuest, type Role, type User } from '../store/users.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { checkedDisplayName, checkedEmail, checkedName } from './profile.ts'
import { newPassword } from './secrets.ts'
import { type SignedIn, startSession } from './sessions.ts'
import type { Browser, Viewer } from './viewer.ts'

/** What somebody who registers fills in. */
export interface Registration {
  name: string
  password: string
  displayName?: string | null
  email?: string | null
}

/**
 * Makes an account and signs its owner in, with a new cookie. A guest keeps everything and stays the same user.
 *
 * @throws Failure `forbidden` (`sign_up_closed`); `invalid` (`name_invalid`, `email_invalid`, `password_weak`, …);
 * `conflict` (`name_taken`, `email_taken`, `signed_in_already`); `exhausted`
 */
export async function register(
  sql: Sql,
  options: {
    registration: Registration
    signUp: 'open' | 'closed'
    viewer: Viewer | null
    browser: Browser
    now: Date
  },
): Promise<SignedIn> {
  const { registration, signUp, viewer, browser, now } = options
  if (signUp === 'closed') throw closed()
  if (viewer && viewer.role !== 'guest') throw signedInAlready()
  const account = await prepare(sql, registration)
  return await orTaken(() =>
    sql.begin(async (transaction) => {
      const id = viewer?.userId ?? newId()
      await insertOrPromote(transaction, { ...account, id, now, isGuest: viewer !== null })
      await deleteOtherSessions(transaction, { userId: id, exceptId: null })
      await insertAudit(transaction, { actorId: id, action: 'user.registered', subject: id, now })
      return await startSession(transaction, { userId: id, browser, now })
    }),
  )
}

/** Somebody to be added by an administrator or on the command line; without a password one is made. */
export interface Addition {
  name: string
  role: Exclude<Role, 'guest'>
  password?: string | null
  displayName?: string | null
  email?: string | null
}

/**
 * Adds a person. `actorId` is null on the command line. Returns the password: it can't be seen again.
 *
 * @throws Failure `invalid`, `conflict`, `exhausted` as `register`
 */
export async function addUser(
  sql: Sql,
  { addition, actorId, now }: { addition: Addition; actorId: string | null; now: Date },
): Promise<{ user: User; password: string }> {
  const password = addition.password ?? newPassword()
  const account = await prepare(sql, { ...addition, password })
  const id = newId()
  const user = await sql.begin(async (transaction) => {
    if (!(await insertUser(transaction, { ...account, id, role: addition.role, now }))) throw taken('name')
    const detail = { role: addition.role }
    await insertAudit(transaction, { actorId, action: 'user.added', subject: id, detail, now })
    return await getUser(transaction, id)
  })
  return { user, password }
}

type Account = Pick<NewUser, 'name' | 'displayName' | 'email' | 'passwordHash'>

/** Checks all that was filled in; the costly hash comes last. */
async function prepare(sql: Queries, registration: Registration): Promise<Account> {
  const name = checkedName(registration.name)
  const email = checkedEmail(registration.email ?? null)
  const displayName = checkedDisplayName(registration.displayName ?? null)
  checkPassword(registration.password, { name })
  const clash = await findTaken(sql, { name, email, exceptId: null })
  if (clash) throw taken(clash)
  return { name, email, displayName, passwordHash: await hashPassword(registration.password) }
}

async function insertOrPromote(
  transaction: Queries,
  { isGuest, ...user }: Omit<NewUser, 'role'> & { isGuest: boolean },
): Promise<void> {
  if (!isGuest) {
    if (!(await insertUser(transaction, { ...user, role: 'learner' }))) throw taken('name')
  } else if (!(await promoteGuest(transaction, user))) throw signedInAlready()
}

/** Two who take the same name in the same moment: the database lets one through. */
async function orTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error)) throw taken('name')
    throw error
  }
}

/** The failure of a name or an address that is somebody's. */
export function taken(what: 'name' | 'email'): Failure {
  const message =
    what === 'name' ? 'This name is taken. Choose another.' : 'Somebody registered with this e-mail address.'
  return new Failure('conflict', message, { code: `${what}_taken` })
}

function closed(): Failure {
  return new Failure('forbidden', 'Sign-up is closed here. Ask an administrator for an account.', {
    code: 'sign_up_closed',
  })
}

function signedInAlready(): Failure {
  return new Failure('conflict', 'You are signed in already. Sign out first to register somebody else.', {
    code: 'signed_in_already',
  })
}
