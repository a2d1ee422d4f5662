/** What grading or trying a code exercise found, case by case or test by test. Plain values, kept with the verdict. */
import { count } from '../../../views/parts/text.tsx'
import type { LimitName } from '../../pods/execution.ts'

/** What became of a case, a test or a check. `not_run`: an earlier one decided, or the program ended before it. */
export type ItemOutcome =
  | 'passed'
  | 'failed'
  | 'time_limit'
  | 'memory_limit'
  | 'output_limit'
  | 'runtime_error'
  | 'not_run'

/** A limit that was hit, and its value in the unit of its name. */
export interface LimitHit {
  name: LimitName
  value: number
}

/** A line of the learner's own file, from 1. */
export interface FilePlace {
  path: string
  line: number
}

/**
 * One case, test or check. Of what is not visible only name, outcome, message and figures are set. Texts are cut
 * (`textCharactersMax`).
 */
export interface CodeItem {
  name: string
  isVisible: boolean
  outcome: ItemOutcome
  /** A sentence or what the test said. */
  message: string | null
  limit: LimitHit | null
  /** Standard input of a case. */
  input: string | null
  expected: string | null
  /** What the answer gave. */
  actual: string | null
  /** What else it printed: standard error of a case, all output of a test. */
  output: string | null
  /** Where the learner's own code failed; null where that is not known. */
  place: FilePlace | null
  /** By the clock; null where it did not run. */
  durationMs: number | null
  /** Processor time; null where it was not counted. */
  cpuMs: number | null
  memoryBytes: number | null
  weight: number
}

/** All of it. */
export interface CodeResults {
  compare: 'io' | 'tests' | 'checks'
  items: CodeItem[]
  /** What the compiler, or the language on reading the program, said; null where that went well. */
  compiler: string | null
  /** The limit that decided the verdict. */
  limit: LimitHit | null
  /** Weight of what passed, of all, from 0 to 1. */
  score: number
  /** What the answer's run printed, with compare: checks; null otherwise. */
  output: string | null
}

/** Characters of each text of an item. */
export const textCharactersMax = 4000

/** An item of which nothing is known yet. */
export function blankItem(known: Pick<CodeItem, 'name' | 'isVisible' | 'weight'>): CodeItem {
  return {
    ...{ name: known.name, isVisible: known.isVisible, weight: known.weight, outcome: 'not_run', message: null },
    ...{ limit: null, input: null, expected: null, actual: null, output: null, place: null },
    ...{ durationMs: null, cpuMs: null, memoryBytes: null },
  }
}

/** Takes away what people may not see of hidden cases and tests. The message is left: see that it has nothing of them. */
export function withoutSecrets(item: CodeItem): CodeItem {
  if (item.isVisible) return item
  return { ...item, input: null, expected: null, actual: null, output: null, place: null }
}

/** Characters of all texts of a verdict together: it is kept with the answer, and read with each page of it. */
const allCharactersMax = 128 * 1024

/** The items with their texts as far as there is room; of what is not right they are kept first. */
export function withinRoom(items: readonly CodeItem[]): CodeItem[] {
  const lengthOf = ({ input, expected, actual, output, message }: CodeItem) =>
    [input, expected, actual, output, message].reduce((sum, text) => sum + (text?.length ?? 0), 0)
  const kept = new Set<CodeItem>()
  let room = allCharactersMax
  for (const item of items.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    room -= lengthOf(item)
    if (room >= 0) kept.add(item)
  }
  return items.map((item) =>
    kept.has(item) ? item : { ...item, input: null, expected: null, actual: null, output: null },
  )
}

function rankOf({ outcome }: CodeItem): number {
  return outcome === 'passed' ? 1 : 0
}

/** Weight of what passed, of all; of `counted` only where that is given. Where nothing weighs anything, all weigh 1. */
export function scoreOf(items: readonly CodeItem[], counted?: ReadonlySet<CodeItem>): number {
  const isWeighed = items.some(({ weight }) => weight > 0)
  const sum = (all: readonly CodeItem[]) => all.reduce((total, { weight }) => total + (isWeighed ? weight : 1), 0)
  const passed = items.filter((item) => item.outcome === 'passed' && (counted === undefined || counted.has(item)))
  return items.length === 0 ? 0 : sum(passed) / sum(items)
}

/** The name that `shownName` was given, as `weights` has it. */
export function nameInWeights(shown: string): string {
  return shown.replace(/^sample /, 'sample/')
}

/** A shown case as people read its name everywhere: `sample/1` is `sample 1`. */
export function shownName(name: string): string {
  return name.replace(/^sample\//, 'sample ')
}

const decoder = new TextDecoder('utf-8')

/** The beginning of bytes as text; says how much was left out. */
export function shownText(bytes: Uint8Array, charactersMax = textCharactersMax): string {
  // No character is more than four bytes, so this is enough of them.
  const text = decoder.decode(bytes.subarray(0, charactersMax * 4)).slice(0, charactersMax)
  const left = bytes.length - Buffer.byteLength(text)
  const clean = text.toWellFormed().replaceAll('\0', '␀')
  return left <= 0 ? clean : `${clean}\n… and ${count(left)} bytes more`
}
