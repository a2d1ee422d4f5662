/** `podium user password NAME`: another password for somebody who forgot theirs. */
import { setPassword } from '../accounts/users.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'
import { findPerson, readPassword } from './people.ts'

/** Sets it; all of the person's browsers are signed out and their tokens revoked. Prints it where one was made. */
export async function run(input: CommandInput): Promise<number> {
  const name = input.words[0] ?? ''
  const given = await readPassword(input)
  const password = await withControlPlane(input, { schema: 'present' }, async (sql) => {
    const { id } = await findPerson(sql, name)
    return await setPassword(sql, { userId: id, password: given, actorId: null, now: new Date() })
  })
  input.print(`${name} has a new password, is signed out everywhere and has no API tokens any more.`)
  if (given === null) input.print(`Password: ${password}`)
  return 0
}
