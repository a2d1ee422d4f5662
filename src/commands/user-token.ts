/** `podium user token NAME`: an API token for scripts, `Authorization: Bearer …`. */
import { makeToken, tokenDaysDefault, tokenDaysMax } from '../accounts/tokens.ts'
import { whole } from '../config/kinds.ts'
import { Failure } from '../failure.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'
import { findPerson } from './people.ts'

/** Prints the token alone on standard output, so that a script can take it from there. */
export async function run(input: CommandInput): Promise<number> {
  const label = input.flags.label ?? 'command line'
  const days = readDays(input.flags.days ?? String(tokenDaysDefault))
  const { token, expiresAt } = await withControlPlane(input, { schema: 'present' }, async (sql) => {
    const { id } = await findPerson(sql, input.words[0] ?? '')
    return await makeToken(sql, { userId: id, label, days, actorId: null, now: new Date() })
  })
  input.print(token)
  console.error(`podium: this token works until ${expiresAt.toISOString().slice(0, 10)} and is not shown again.`)
  return 0
}

function readDays(text: string): number {
  const kind = whole(1, tokenDaysMax)
  const days = kind.parse(text)
  if (days !== undefined) return days
  throw new Failure('invalid', `--days is ${JSON.stringify(text)}; it must be ${kind.allowed}`, { code: 'usage' })
}
