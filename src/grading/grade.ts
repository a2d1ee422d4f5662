/**
 * Grades an answer: on a fresh sandbox for each dataset, in parallel, against what the references do there. What an answer
 * does is a verdict; only Podium's own troubles are thrown.
 */
import type { SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import type { ParsedStatement } from '../parsing/parsed.ts'
import type { Parser } from '../parsing/parser.ts'
import type { ImageRecipe } from '../pods/driver.ts'
import type { RunLimits } from '../pods/run.ts'
import { type Comparer, createComparer } from './comparer.ts'
import { constructViolations, constructWords } from './construct-rules.ts'
import { type Counterexample, findCounterexample } from './counterexample.ts'
import { hiddenWords } from './hidden-words.ts'
import { inspect } from './inspect.ts'
import { type Found, type Inspection, nothingFound } from './inspection.ts'
import { type Judgement, judge } from './judge.ts'
import { createReferenceCache, type ReferenceCache } from './reference-cache.ts'
import { type UseSandbox, wantFor } from './sandbox-use.ts'
import type { Verdict, Violation } from './verdict.ts'
import { passedWords, syntaxWords, type Words } from './wording.ts'
import { sayWrittenOtherwise } from './written-otherwise.ts'

/** What grading is made of. */
export interface GraderParts {
  useSandbox: UseSandbox
  parser: Parser
  /** The limits of a run; an exercise may shorten the time. */
  limits: RunLimits
}

/** What is graded. */
export interface Given {
  exercise: SqlExercise
  answer: string
  /** Whose turns its statements take; turns of its own where left out. */
  line?: string
  /**
   * The answer is this reference, from 0: what it found is judged, and it does not run a second time. Means nothing where
   * checks judge an answer by itself.
   */
  reference?: number
}

/** Grades answers. */
export interface Grader {
  /**
   * The verdict on an answer. Throws `Failure` where there is no sandbox or a pod went away twice, and an Error where
   * the exercise itself is broken: none of that is the person's.
   */
  grade(given: Given): Promise<Verdict>
  /** Whether an answer is accepted, asked of one dataset after another until one tells. Throws as `grade` does. */
  accepts(given: { exercise: SqlExercise; answer: string }): Promise<boolean>
  /**
   * What a reference (from 0) finds on a dataset (0 is the visible one): run once for each version and kept. Nothing where
   * checks judge an answer by itself. Throws as `grade` does.
   */
  findings(exercise: SqlExercise, dataset: number, reference: number): Promise<Inspection>
  /**
   * The smallest rows of visible data on which a wrong answer still differs; null where there is nothing to show. Takes up
   * to two seconds: not for the path to the verdict.
   */
  counterexample(given: Given): Promise<Counterexample | null>
  stop(): void
}

interface Parts extends GraderParts {
  comparer: Comparer
  references: ReferenceCache
}

/** Makes a grader; stop it when the program ends. */
export function createGrader(given: GraderParts): Grader {
  const parts: Parts = { ...given, comparer: createComparer(), references: createReferenceCache() }
  return {
    grade: (given) => grade(parts, given),
    accepts: ({ exercise, answer }) => accepts(parts, exercise, answer),
    findings: (exercise, dataset, reference) => referenceFinds(parts, exercise, dataset, reference),
    counterexample: (wrong) => findCounterexample(parts, wrong),
    stop: () => parts.comparer.stop(),
  }
}

async function grade(parts: Parts, given: Given): Promise<Verdict> {
  const startedMs = performance.now()
  const { exercise, answer } = given
  const datasets = [exercise.recipe, ...exercise.hiddenRecipes]
  const refusal = await refuse(parts, answer)
  const judgements =
    'words' in refusal
      ? [refusal]
      : await Promise.all(datasets.map((_, index) => gradeOn(parts, { ...given, dataset: index }, refusal.statements)))
  const constructs = await constructViolations(parts.parser, exercise, answer)
  return verdictOf(judgements, constructs, performance.now() - startedMs)
}

async function accepts(parts: Parts, exercise: SqlExercise, answer: string): Promise<boolean> {
  const refusal = await refuse(parts, answer)
  if ('words' in refusal) return false
  if ((await constructViolations(parts.parser, exercise, answer)).length > 0) return false
  for (const dataset of [0, ...exercise.hiddenRecipes.keys().map((index) => index + 1)]) {
    const { words } = await gradeOn(parts, { exercise, answer, dataset, isBrief: true }, refusal.statements)
    if (words.kind !== 'accepted') return false
  }
  return true
}

/** The statements of an answer, or the judgement where nothing can be run. */
async function refuse({ parser }: Parts, answer: string): Promise<{ statements: ParsedStatement[] } | Judgement> {
  const split = await parser.split(answer)
  const judgement = { difference: null, table: null, violations: [], error: null, rows: null }
  if ('error' in split) {
    const { message, hint, position } = split.error
    const error = { code: '42601', message, detail: null, hint, position }
    return { ...judgement, words: syntaxWords(message, hint, position, answer), error }
  }
  if (split.statements.length > 0) return split
  return {
    ...judgement,
    words: { kind: 'wrong_answer', isNearly: false, summary: 'Not yet: there is no statement to check.', help: null },
  }
}

interface OneDataset extends Given {
  /** 0 is the visible one. */
  dataset: number
  /** Only whether it is accepted is asked. */
  isBrief?: boolean
}

async function gradeOn(parts: Parts, one: OneDataset, statements: readonly ParsedStatement[]): Promise<Judgement> {
  const { exercise, answer } = one
  const limits = limitsFor(parts.limits, exercise)
  const references = referencesOf(parts, one)
  // It runs beside the answer; where the answer's own run decides, nobody waits for it.
  const first = references[0]?.()
  first?.catch(() => undefined)
  const given = await (isKept(one) ? foundInTime(parts, one, limits) : inspectOn(parts, one, statements))
  const judging = { comparer: parts.comparer, exercise, answer, timeoutMs: limits.timeoutMs }
  return sayWrittenOtherwise(await judge(judging, given, references), { exercise, statements, results: given.results })
}

/** On a fresh sandbox. */
async function inspectOn(
  parts: Parts,
  { exercise, dataset, line, isBrief = false }: OneDataset,
  statements: readonly ParsedStatement[],
): Promise<Inspection> {
  const options = { ...parts, limits: limitsFor(parts.limits, exercise), isBrief }
  const want = wantFor(exercise, recipeOf(exercise, dataset))
  return await againIfLost(() =>
    parts.useSandbox(want, (database) => inspect(database, exercise, statements, options), line),
  )
}

function isKept({ exercise, reference }: OneDataset): boolean {
  return reference !== undefined && exercise.grading.compare !== 'checks'
}

/** What the reference found, which ran with all the time there is: the exercise may give less. */
async function foundInTime(parts: Parts, one: OneDataset, { timeoutMs }: RunLimits): Promise<Inspection> {
  const found = await referenceFinds(parts, one.exercise, one.dataset, one.reference ?? 0)
  return found.durationMs <= timeoutMs ? found : { ...found, end: 'time_limit' }
}

/** Checks are judged by themselves; everything else by what the references do. */
function referencesOf(parts: Parts, { exercise, dataset }: OneDataset): (() => Promise<Inspection>)[] {
  if (exercise.grading.compare === 'checks') return [() => referenceFinds(parts, exercise, dataset, 0)]
  return exercise.solutions.map((_, index) => () => referenceFinds(parts, exercise, dataset, index))
}

/** What a reference does on a dataset; run once for each version and dataset. */
async function referenceFinds(
  parts: Parts,
  exercise: SqlExercise,
  dataset: number,
  reference: number,
): Promise<Inspection> {
  if (exercise.grading.compare === 'checks') return nothingFound
  const key = `${exercise.slug} ${exercise.version} ${dataset} ${reference}`
  return await parts.references.get(key, async () => {
    const split = await parts.parser.split(exercise.solutions[reference] ?? '')
    if ('error' in split) throw new Error(`The reference of ${exercise.slug} does not parse: ${split.error.message}`)
    const want = wantFor(exercise, recipeOf(exercise, dataset))
    const limits = { ...parts.limits, cellBytesMax: parts.limits.bytesMax }
    const found = await againIfLost(() =>
      parts.useSandbox(want, (database) => inspect(database, exercise, split.statements, { ...parts, limits })),
    )
    if (found.end !== 'completed')
      throw new Error(`The reference of ${exercise.slug} ended with ${found.end}: ${found.error?.message ?? ''}`)
    const whole = found.results.find(({ isTruncated }) => isTruncated)
    if (whole !== undefined) throw new Error(tooMuch(exercise, whole, limits))
    return found
  })
}

function tooMuch({ slug }: SqlExercise, { table }: Found, { rowsMax }: RunLimits): string {
  const what = table === null ? 'returns' : `leaves in ${table}`
  return `The reference of ${slug} ${what} more than can be compared: PODIUM_ROWS is ${rowsMax}`
}

/** A pod may be killed at any time by somebody else's doing: once more, on another. */
async function againIfLost<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.code !== 'grading_lost') throw cause
    return await body()
  }
}

function recipeOf({ recipe, hiddenRecipes }: SqlExercise, dataset: number): ImageRecipe {
  return dataset === 0 ? recipe : (hiddenRecipes[dataset - 1] ?? recipe)
}

function limitsFor(limits: RunLimits, { limits: { timeoutMs } }: SqlExercise): RunLimits {
  const whole = { ...limits, cellBytesMax: limits.bytesMax }
  return timeoutMs === null ? whole : { ...whole, timeoutMs: Math.min(timeoutMs, limits.timeoutMs) }
}

/** The visible dataset decides first, then the first hidden one that fails. */
function verdictOf(judgements: readonly Judgement[], constructs: readonly Violation[], durationMs: number): Verdict {
  const datasetsGraded = judgements.length
  const isRight = ({ words }: Judgement) => words.kind === 'accepted'
  const datasetsPassed = judgements.filter(isRight).length
  const visible = judgements[0]
  const hiddenWrong = judgements.find((judgement, index) => index > 0 && !isRight(judgement))
  const words = wordsOf(visible, hiddenWrong, datasetsGraded)
  const isRefused = words.kind === 'accepted' && constructs.length > 0
  const violations = [...(visible?.violations ?? []), ...constructs]
  return {
    ...(isRefused ? constructWords(constructs) : words),
    difference: visible?.difference ?? null,
    ...(visible?.table == null ? {} : { table: visible.table }),
    ...(violations.length === 0 ? {} : { violations }),
    error: visible?.error ?? null,
    datasetsPassed,
    datasetsGraded,
    durationMs,
  }
}

function wordsOf(visible: Judgement | undefined, hiddenWrong: Judgement | undefined, datasets: number): Words {
  if (visible === undefined) throw new Error('An answer was graded on no dataset')
  if (visible.words.kind !== 'accepted') return visible.words
  return hiddenWrong === undefined ? passedWords(visible.rows, datasets) : hiddenWords(hiddenWrong)
}
