/** `podium restore FILE`: everything of a backup into a data directory or database in which nobody has worked yet. */
import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { restore, verifyBackup } from '../store/restore.ts'
import type { CommandInput } from './command.ts'
import { withControlPlane } from './control-plane.ts'

/** Reads the file wholly or not at all. */
export async function run(input: CommandInput): Promise<number> {
  const file = resolve(input.words[0] ?? '')
  // Before anything is made, for a wrong file name should not leave a new data directory behind.
  await verifyBackup(file)
  const { header, rows } = await withControlPlane(input, { schema: 'any', isAlone: true }, (sql) => restore(sql, file))
  input.print(`${rows} rows restored, from Podium ${header.podiumVersion} of ${header.createdAt}.`)
  const { dataDir, databaseUrl } = readConfig(input)
  if (databaseUrl === null) input.print(`Start Podium on it: podium serve --data ${dataDir}`)
  return 0
}
