/** `podium runtime import PATH`: a root filesystem whose languages are used in place of this machine's. */
import { readConfig } from '../config.ts'
import { importRoot } from '../runtimes/import-root.ts'
import type { CommandInput } from './command.ts'
import { openLanguages, runtimeLines } from './runtime-list.ts'
import { runtimesDirectory } from './serve/executions.ts'

/** Imports it and says which languages it has. */
export async function run({ words, flags, env, print }: CommandInput): Promise<number> {
  const config = readConfig({ env, flags })
  const { path, entries, bytes, skipped } = await importRoot(words[0] ?? '', runtimesDirectory(config.dataDir))
  print(`Imported ${entries} entries, ${Math.round(bytes / 1024 ** 2)} MB, to ${path}.`)
  if (skipped > 0) print(`${skipped} devices, FIFOs and sockets were left out.`)
  const { problem, lines } = await openLanguages(config, async (runtimes) => await runtimeLines(runtimes))
  for (const line of problem === null ? lines : [problem]) print(line)
  print('A Podium that is running takes it from its next start on. To go back, remove that folder.')
  return 0
}
