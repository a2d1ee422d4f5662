/** `podium user role NAME ROLE`: what somebody may do. */
import { changeRole } from '../accounts/users.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'
import { findPerson, readRole } from './people.ts'

/** Changes the role. The last administrator stays one. */
export async function run(input: CommandInput): Promise<number> {
  const [name = '', word = ''] = input.words
  const role = readRole(word)
  await withControlPlane(input, { schema: 'present' }, async (sql) => {
    const { id } = await findPerson(sql, name)
    await changeRole(sql, { userId: id, role, actorId: null, now: new Date() })
  })
  input.print(`${name} is ${role} now.`)
  return 0
}
