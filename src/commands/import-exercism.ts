/** `podium import exercism DIR`: a track of Exercism as exercises. */
import { resolve } from 'node:path'
import { importExercism } from '../imports/exercism/exercism.ts'
import type { CommandInput } from './command.ts'
import { directoryUnlessSaid, printReport } from './import/report.ts'

/** Imports it and says of every exercise what became of it. Exit code 1 where nothing could be taken over. */
export async function run({ words, flags, print }: CommandInput): Promise<number> {
  const to = resolve(flags['to'] ?? directoryUnlessSaid)
  const { track, ...report } = importExercism({ from: resolve(words[0] ?? ''), to })
  return printReport({ print, flags }, { report, to, track })
}
