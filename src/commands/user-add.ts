/** `podium user add NAME`: an account, also where sign-up is closed; the first administrator comes from here. */
import { addUser } from '../accounts/register.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'
import { readPassword, readRole } from './people.ts'

/** Adds the person and prints the password where one was made. */
export async function run(input: CommandInput): Promise<number> {
  const name = input.words[0] ?? ''
  const role = readRole(input.flags.role ?? 'learner')
  const given = await readPassword(input)
  const { user, password } = await withControlPlane(input, { schema: 'present' }, (sql) =>
    addUser(sql, { addition: { name, role, password: given }, actorId: null, now: new Date() }),
  )
  input.print(`Added ${user.name} as ${role}.`)
  if (given === null) input.print(`Password: ${password}`)
  return 0
}
