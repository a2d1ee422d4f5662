/** People: guests and those who have an account. Rules about names and passwords live in accounts/. */
import { Failure } from '../failure.ts'
import type { Queries } from './connect.ts'
import { isId } from './storable.ts'

/** What a person may do; each one includes those before it. */
export type Role = 'guest' | 'learner' | 'author' | 'admin'

/** A person. Guests have no name, e-mail or password. */
export interface User {
  id: string
  role: Role
  /** The name to sign in with; null for guests. */
  name: string | null
  displayName: string | null
  email: string | null
  /** Whether the leaderboard may show this person. */
  isListed: boolean
  createdAt: Date
  lastSeenAt: Date
}

/** A user with what is needed to check a password; stays inside accounts/. */
export interface UserWithPassword extends User {
  passwordHash: string | null
}

/** How names and e-mail addresses are compared: normalised, in lower case. */
export function keyOf(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** What somebody typed to sign in, as it is compared. Text that the database can't hold is none of anybody's name. */
export function loginKeyOf(login: string): string {
  return keyOf(login.toWellFormed().replaceAll('\0', '').trim())
}

const columns = (sql: Queries) => sql`id, role, name, display_name, email, is_listed, created_at, last_seen_at`

/** Adds a guest. */
export async function insertGuest(sql: Queries, { id, now }: { id: string; now: Date }): Promise<void> {
  await sql`insert into users (id, role, created_at, last_seen_at) values (${id}, 'guest', ${now}, ${now})`
}

/** A new person with an account. */
export interface NewUser {
  id: string
  name: string
  displayName: string | null
  email: string | null
  passwordHash: string
  role: Exclude<Role, 'guest'>
  now: Date
}

/** Adds a person. False where the name or the e-mail address is somebody's already. */
export async function insertUser(sql: Queries, user: NewUser): Promise<boolean> {
  const { id, name, displayName, email, passwordHash, role, now } = user
  const rows = await sql`
    insert into users (id, role, name, name_key, display_name, email, email_key, password_hash, created_at, last_seen_at)
    values (${id}, ${role}, ${name}, ${keyOf(name)}, ${displayName}, ${email}, ${email && keyOf(email)},
      ${passwordHash}, ${now}, ${now})
    on conflict do nothing
    returning id
  `
  return rows.length === 1
}

/**
 * Turns a guest into a learner who keeps all that the guest did. False where the id is no guest (any more).
 * The caller has made sure that name and e-mail are free; a race ends in a unique violation and nothing changed.
 */
export async function promoteGuest(sql: Queries, user: Omit<NewUser, 'role'>): Promise<boolean> {
  const { id, name, displayName, email, passwordHash, now } = user
  const rows = await sql`
    update users set role = 'learner', name = ${name}, name_key = ${keyOf(name)}, display_name = ${displayName},
      email = ${email}, email_key = ${email && keyOf(email)}, password_hash = ${passwordHash}, last_seen_at = ${now}
    where id = ${id} and role = 'guest'
    returning id
  `
  return rows.length === 1
}

/** The user of an id. */
export async function findUser(sql: Queries, id: string): Promise<User | null> {
  if (!isId(id)) return null
  const [user] = await sql<User[]>`select ${columns(sql)} from users where id = ${id}`
  return user ?? null
}

/**
 * The user of an id.
 *
 * @throws Failure `missing`
 */
export async function getUser(sql: Queries, id: string): Promise<User> {
  const user = await findUser(sql, id)
  if (!user) throw new Failure('missing', 'There is no such person here.')
  return user
}

/** The user who signs in with this name or e-mail address, with the password's hash. */
export async function findUserByLogin(sql: Queries, login: string): Promise<UserWithPassword | null> {
  const key = loginKeyOf(login)
  const [user] = await sql<UserWithPassword[]>`
    select ${columns(sql)}, password_hash from users where name_key = ${key} or email_key = ${key}
    order by name_key = ${key} desc limit 1
  `
  return user ?? null
}

/** Whether a name, or an e-mail address where one is given, is somebody else's. */
export async function findTaken(
  sql: Queries,
  { name, email, exceptId }: { name: string; email: string | null; exceptId: string | null },
): Promise<'name' | 'email' | null> {
  const nameKey = keyOf(name)
  const emailKey = email === null ? null : keyOf(email)
  const rows = await sql<{ id: string; isName: boolean }[]>`
    select id, name_key = ${nameKey} as is_name from users where name_key = ${nameKey} or email_key = ${emailKey}
  `
  const others = rows.filter((row) => row.id !== exceptId)
  if (others.some((row) => row.isName)) return 'name'
  return others.length > 0 ? 'email' : null
}

/** Stores a password's hash. */
export async function updatePassword(
  sql: Queries,
  { id, passwordHash }: { id: string; passwordHash: string },
): Promise<void> {
  await sql`update users set password_hash = ${passwordHash} where id = ${id}`
}

/** What people may change about themselves. */
export interface ProfileChange {
  id: string
  displayName: string | null
  email: string | null
  isListed: boolean
}

/** Stores a profile. */
export async function updateProfile(sql: Queries, { id, displayName, email, isListed }: ProfileChange): Promise<void> {
  await sql`
    update users set display_name = ${displayName}, email = ${email}, email_key = ${email && keyOf(email)},
      is_listed = ${isListed}
    where id = ${id} and role <> 'guest'
  `
}

/** Stores a role. */
export async function updateRole(
  sql: Queries,
  { id, role }: { id: string; role: Exclude<Role, 'guest'> },
): Promise<void> {
  await sql`update users set role = ${role} where id = ${id} and role <> 'guest'`
}

/** How many administrators there are. Locks them until the transaction ends, so that the last one stays. */
export async function countAdministrators(sql: Queries): Promise<number> {
  const rows = await sql`select id from users where role = 'admin' order by id for update`
  return rows.length
}

/** A page of the people with accounts, by name. */
export async function listUsers(
  sql: Queries,
  {
    search = '',
    role = null,
    limit = 50,
    offset = 0,
  }: { search?: string; role?: Role | null; limit?: number; offset?: number },
): Promise<User[]> {
  const pattern = `%${keyOf(search).replaceAll(/[\\%_]/g, '\\$&')}%`
  return await sql<User[]>`
    select ${columns(sql)} from users
    where role <> 'guest' and (${role}::text is null or role = ${role})
      and (name_key like ${pattern} or email_key like ${pattern} or lower(display_name) like ${pattern})
    order by name_key limit ${limit} offset ${offset}
  `
}

/** The people of these ids; those who are no more are left out. */
export async function listUsersById(sql: Queries, ids: readonly string[]): Promise<User[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  return await sql<User[]>`select ${columns(sql)} from users where id = any(${known}::uuid[])`
}

/** Deletes a person and, by the schema's references, everything of theirs. False where there is none. */
export async function deleteUser(sql: Queries, id: string): Promise<boolean> {
  const rows = await sql`delete from users where id = ${id} returning id`
  return rows.length === 1
}

/** Deletes guests who were last seen before a time, at most `limit` of them; returns how many. */
export async function deleteGuestsUnseenSince(
  sql: Queries,
  { time, limit = 500 }: { time: Date; limit?: number },
): Promise<number> {
  const rows = await sql`
    delete from users where id in (
      select id from users where role = 'guest' and last_seen_at < ${time} order by last_seen_at limit ${limit}
    ) and role = 'guest'
    returning id
  `
  return rows.length
}

/** Deletes a guest who has no work left; nothing happens to anybody else. */
export async function deleteGuestWithoutAttempts(sql: Queries, id: string): Promise<void> {
  await sql`
    delete from users where id = ${id} and role = 'guest' and not exists (select 1 from attempts where user_id = ${id})
  `
}
