/** `podium import kattis DIR`: problem packages as exercises. */
import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { importKattis } from '../imports/kattis/kattis.ts'
import type { CommandInput } from './command.ts'
import { measureReferences } from './import/measure.ts'
import { directoryUnlessSaid, printReport } from './import/report.ts'

/** Imports them and says of every package what became of it. Exit code 1 where nothing could be taken over. */
export async function run({ words, flags, env, print }: CommandInput): Promise<number> {
  const { to: given, json, ...settings } = flags
  const config = readConfig({ env, flags: settings })
  const to = resolve(given ?? directoryUnlessSaid)
  const { track, ...report } = await importKattis({
    from: resolve(words[0] ?? ''),
    to,
    measure: async (directory) => await measureReferences(config, directory),
  })
  return printReport({ print, flags }, { report, to, track })
}
