/**
 * checks.sql: before each check `-- check: name` and `-- message: text`, then its statements. With `-- error: 23514` (or
 * `any`) the last statement must fail with that SQLSTATE in place of returning no row.
 */
import type { CatalogProblem, Check } from './exercise.ts'

/** Reads the checks; what does not fit is in `problems` with its line. */
export function readChecks(source: string, file: string): { checks: Check[]; problems: CatalogProblem[] } {
  const problems: CatalogProblem[] = []
  const checks: (Check & { line: number })[] = []
  const report = (line: number, key: string | null, message: string) => problems.push({ file, line, key, message })
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    const [, key = '', value = ''] = /^--\s*(check|message|error):\s*(.*)$/.exec(text) ?? []
    const last = checks.at(-1)
    if (key === 'check') checks.push({ name: value.trim(), message: '', sql: '', error: null, line: index + 1 })
    else if (last === undefined) {
      if (text.trim() !== '' && !text.startsWith('--'))
        report(index + 1, null, 'A statement before the first "-- check: name"; put that line above it')
    } else if (key === 'message') last.message = value.trim()
    else if (key === 'error') last.error = value.trim()
    else last.sql += `${text}\n`
  }
  for (const check of checks) {
    if (check.name === '') report(check.line, 'check', 'The check has no name; write "-- check: name"')
    if (check.message === '')
      report(check.line, 'message', `Check "${check.name}" has no message; add "-- message: what a person should read"`)
    if (check.sql.replace(/--.*$/gm, '').trim() === '')
      report(check.line, 'check', `Check "${check.name}" has no statement`)
    if (check.error !== null && !/^([0-9A-Z]{5}|any)$/.test(check.error))
      report(check.line, 'error', `"${check.error}" is no SQLSTATE; write five digits or capitals, or any`)
  }
  if (checks.length === 0) report(1, 'check', 'There is no check in the file; begin one with "-- check: name"')
  return { checks: checks.map(({ line: _, ...check }) => check), problems }
}
