/**
 * Settings of the session that change how PostgreSQL writes values. Values are compared as they are written, so where an
 * answer sets one of them and differs, nobody knows whether its values do: the verdict says what to leave out. Pure.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { Found } from './inspection.ts'
import type { Judgement } from './judge.ts'

/** It may leave digits out of floating-point numbers. */
const digits = 'extra_float_digits'

/** As PostgreSQL's manual writes them. What bytea_output does is known from the value itself. */
const settings = ['DateStyle', 'IntervalStyle', 'TimeZone', digits]

const nameOf = (setting: string) => (setting === 'TimeZone' ? String.raw`time\s*zone` : setting)
const command = (setting: string) => new RegExp(String.raw`\bset\s+((session|local)\s+)?"?${nameOf(setting)}\b`, 'i')
const call = (setting: string) => new RegExp(String.raw`\bset_config\s*\(\s*E?'${nameOf(setting)}'`, 'i')

/** What was judged. */
interface Judged {
  exercise: SqlExercise
  statements: readonly ParsedStatement[]
  results: readonly Found[]
}

/** The judgement, which says so where the answer's own settings may be why its rows differ, or seem not to. */
export function sayWrittenOtherwise(judgement: Judgement, { exercise, statements, results }: Judged): Judgement {
  const { grading, solutions } = exercise
  const areOwnRows = grading.compare === 'rows' || (grading.compare === 'plan' && grading.query === null)
  if (!areOwnRows) return judgement
  const isMeant = (setting: string) => solutions.some((text) => command(setting).test(text) || call(setting).test(text))
  const set = settings.filter((setting) => setsIt(statements, setting) && !isMeant(setting))
  const { difference, words } = judgement
  if (words.kind === 'accepted') return set.includes(digits) && haveFloats(results) ? digitsLost(judgement) : judgement
  if (difference === null || difference.rowsMissing + difference.rowsDiffering === 0 || set.length === 0)
    return judgement
  const [pronoun, subject] = set.length === 1 ? ['it', 'that'] : ['them', 'those']
  const help = `Your answer sets ${set.join(' and ')}; ${subject} alone may be why its values differ. Leave ${pronoun} out: values are compared as PostgreSQL writes them unless told otherwise.`
  return { ...judgement, words: { ...words, help } }
}

function haveFloats(results: readonly Found[]): boolean {
  return results.some(({ columns }) => columns.some(({ type }) => /^_?float[48]$/.test(type)))
}

/** What is left of a value may be right where the value is not. */
function digitsLost(judgement: Judgement): Judgement {
  const summary = `Nearly: your answer sets ${digits}, so not all digits of its values are there to be compared.`
  return { ...judgement, words: { kind: 'wrong_answer', isNearly: true, summary, help: 'Leave that out.' } }
}

/** The SET of an UPDATE is another: a column may have such a name. */
function setsIt(statements: readonly ParsedStatement[], setting: string): boolean {
  return statements.some(({ kind, text }) => {
    const isCommand = kind === 'VariableSetStmt' || kind === 'DoStmt'
    return call(setting).test(text) || (isCommand && command(setting).test(text))
  })
}
