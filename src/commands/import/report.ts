/** What imports print: every item that was left out or changed, with the reason, then the counts. */
import type { ImportReport } from '../../imports/report.ts'
import type { CommandInput } from '../command.ts'

/** Where imports go unless told. */
export const directoryUnlessSaid = 'exercises-imported'

/** Prints it, and returns the exit code: 1 where nothing could be taken over. */
export function printReport(
  { print, flags }: Pick<CommandInput, 'print' | 'flags'>,
  { report, to, track }: { report: ImportReport; to: string; track: string },
): number {
  if (flags['json'] !== undefined) print(JSON.stringify({ ...report, directory: to, track }, null, 2))
  else for (const line of asText(report, to, track)) print(line)
  return report.exercises > 0 ? 0 : 1
}

function asText({ items, takenOver, leftOut, exercises }: ImportReport, to: string, track: string): string[] {
  const lines = items.flatMap(({ name, leftOut, notes, written }) => [
    leftOut === null
      ? `ok    ${name}${written.length > 1 ? `  ${written.join(', ')}` : ''}`
      : `left  ${name}: ${leftOut}`,
    ...notes.map((note) => `      ${note}`),
  ])
  const counts = `${takenOver} of ${items.length} taken over, ${leftOut} left out; ${exercises} ${exercises === 1 ? 'exercise' : 'exercises'}`
  if (exercises === 0) return [...lines, '', `${counts}. Nothing was written.`]
  return [
    ...lines,
    '',
    `${counts} in ${to}/${track}.`,
    `Prove them: podium check ${to}. Show them: EXERCISES_DIR=${to} podium`,
  ]
}
