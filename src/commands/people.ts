/** What the `podium user` commands share: who is meant, which role, which password. */
import { Failure } from '../failure.ts'
import type { Queries } from '../store/connect.ts'
import { findUserByLogin, type Role, type User } from '../store/users.ts'
import type { CommandInput } from './command.ts'

/** A role that somebody can be given. */
export type GivenRole = Exclude<Role, 'guest'>

const roles: readonly GivenRole[] = ['learner', 'author', 'admin']

/** Reads a role. Throws `Failure('invalid')` with code `usage`. */
export function readRole(text: string): GivenRole {
  const role = roles.find((name) => name === text)
  if (role !== undefined) return role
  throw new Failure('invalid', `${JSON.stringify(text)} is not a role: ${roles.join(', ')}.`, { code: 'usage' })
}

/** The person of a name or e-mail address. Throws `Failure('missing')`. */
export async function findPerson(sql: Queries, name: string): Promise<User> {
  const user = await findUserByLogin(sql, name)
  if (user === null) throw new Failure('missing', `There is nobody called ${JSON.stringify(name)}.`)
  return user
}

/** The first line of standard input; null where nothing was piped in, so that a password is made. */
export async function readPassword({ readInput }: CommandInput): Promise<string | null> {
  const line = (await readInput())?.split(/\r?\n/)[0] ?? ''
  return line === '' ? null : line
}
