/** `podium backup FILE`: one file with everything people made, also while Podium runs. */
import { resolve } from 'node:path'
import { backup } from '../store/backup.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'

/** Writes the file, readable by its owner only; it appears when it is whole. */
export async function run(input: CommandInput): Promise<number> {
  const file = resolve(input.words[0] ?? '')
  const { rows, rowsByTable } = await withControlPlane(input, { schema: 'any', isStored: true }, (sql) =>
    backup(sql, file),
  )
  const tables = Object.entries(rowsByTable).filter(([, count]) => count > 0)
  input.print(`${file}: ${rows} rows of ${tables.length} tables.`)
  return 0
}
