/**
 * Runs and grades answers to code exercises. What an answer does is a verdict; only Podium's own troubles are thrown, and
 * those of an exercise that is broken.
 */
import { LRUCache } from 'lru-cache'
import { answerFiles } from '../../catalog/answer-files.ts'
import type { CodeExercise, IoGrading, TestsGrading, WorkspaceGrading } from '../../catalog/code-exercise.ts'
import { Failure } from '../../failure.ts'
import type { ImageRecipe } from '../../pods/driver.ts'
import type { ExecutionResult } from '../../pods/execution.ts'
import type { CodeVerdict } from '../verdict.ts'
import { gradeChecks } from './checks.ts'
import { badEndOf, isSyntaxError } from './ends.ts'
import { gradeCases } from './io.ts'
import { blankVariants, gradeCasesAgainst, outputsOf, variantItem, withData } from './other-data.ts'
import {
  type CodeParts,
  type CodeUse,
  judgeSource,
  type Prepared,
  type PreparedAnswer,
  prepare,
  run,
  workspaceOf,
} from './program.ts'
import { type CodeItem, type CodeResults, type LimitHit, scoreOf, shownText, withinRoom } from './results.ts'
import { hasFramework, runTestFiles, testFilesOf } from './test-run.ts'
import { type ExpectedTests, expectedOf, judgeTests } from './tests.ts'
import { codeWords, firstBad } from './wording.ts'

/** An answer to a code exercise, and who waits for it. */
export interface CodeAnswer extends CodeUse {
  exercise: CodeExercise
  /** As `encodeAnswer` writes it. */
  answer: string
}

/** A run of a program with somebody's own input. */
export interface ProgramRun {
  result: ExecutionResult
  /** What ended it other than itself, in words; null where it ended with exit code 0. */
  problem: string | null
  limit: LimitHit | null
  /** What the compiler said where it did not compile; then nothing ran. */
  compiler: string | null
}

/** What listens to a run of a program. */
export interface ProgramListener {
  /** Each piece of output as it comes. */
  onOutput?(stream: 'stdout' | 'stderr', bytes: Uint8Array): void
}

/** Runs and grades code. */
export interface CodeGrader {
  /**
   * The verdict on an answer. Throws `Failure` where the answer is none (`answer_invalid`), the language or a module is not
   * here (`runtime_missing`, `needs_missing`) or no box is to be had; an Error where the exercise itself is broken; an
   * AbortError where it was called off.
   */
  grade(given: CodeAnswer): Promise<CodeVerdict>
  /** Runs the answer's program with this input. Throws `Failure` as `grade`. */
  runProgram(given: CodeAnswer & ProgramListener & { stdin: Uint8Array }): Promise<ProgramRun>
  /**
   * What visible tests or sample cases come to, without a verdict; null where the exercise has none that can be run
   * before handing in. Throws as `grade`.
   */
  runVisible(given: CodeAnswer): Promise<CodeResults | null>
  /** Why the exercise can't be run here, as a sentence; null where it can. */
  problemOf(exercise: CodeExercise): Promise<string | null>
  /** Whether Podium knows a language of this name, be it here or not. */
  knows(language: string): boolean
}

/** Programs of authors and names of tests that are remembered, by exercise version. */
const rememberedMax = 200

interface Parts extends CodeParts {
  judges: LRUCache<string, Promise<Prepared>>
  tests: LRUCache<string, Promise<ExpectedTests>>
  checks: LRUCache<string, Promise<string[]>>
  /** What references print on hidden variants of a dataset. */
  outputs: LRUCache<string, Promise<Uint8Array[]>>
}

/** Makes a grader. */
export function createCodeGrader(given: CodeParts): CodeGrader {
  const cache = <Value extends object>() => new LRUCache<string, Value>({ max: rememberedMax })
  const parts: Parts = { ...given, judges: cache(), tests: cache(), checks: cache(), outputs: cache() }
  return {
    grade: async (answer) => await grade(parts, answer, { visibleOnly: false }),
    runProgram: async (answer) => await runProgram(parts, answer),
    runVisible: async (answer) => {
      if (!hasVisible(answer.exercise)) return null
      return (await grade(parts, answer, { visibleOnly: true })).code
    },
    problemOf: async (exercise) => await problemOf(parts, exercise),
    knows: (language) => parts.runtimes.find(language) !== null,
  }
}

/** Whether there is something to try before handing in. */
function hasVisible({ grading }: CodeExercise): boolean {
  if (grading.compare === 'io') return grading.cases.some(({ isVisible }) => isVisible)
  return grading.compare === 'tests' && testFilesOf(grading, { visibleOnly: true }).length > 0
}

interface Scope {
  visibleOnly: boolean
}

async function grade(parts: Parts, given: CodeAnswer, scope: Scope): Promise<CodeVerdict> {
  const startedMs = performance.now()
  const ready = await prepareBoth(parts, given, scope)
  if ('compiler' in ready) return verdictOf(given, { items: [], compiler: ready.compiler }, startedMs)
  const found = await gradeBy(parts, given, ready, scope)
  const others = scope.visibleOnly ? [] : await gradeOnOtherData(parts, given, ready, found)
  const counted = found.counted && new Set([...found.counted, ...others])
  return verdictOf(given, { ...found, items: [...found.items, ...others], ...(counted && { counted }) }, startedMs)
}

/** Right on the data that people see, an answer is tried on each hidden variant of it too. */
async function gradeOnOtherData(
  parts: Parts,
  given: CodeAnswer,
  answer: PreparedAnswer,
  { items, compiler }: Found,
): Promise<CodeItem[]> {
  const { grading, database } = given.exercise
  const recipes = database?.hiddenRecipes ?? []
  if (grading.compare === 'checks') return []
  const others = blankVariants(recipes.length, grading.weights)
  if (compiler !== null || items.some(({ outcome }) => outcome !== 'passed')) return others
  for (const [index, blank] of others.entries()) {
    const recipe = recipes[index]
    if (recipe === undefined) continue
    const found = await gradeOn(parts, given, { grading, answer: withData(answer, recipe), recipe, index })
    others[index] = variantItem(blank, found, grading.compare)
    if (others[index].outcome !== 'passed') break
  }
  return others
}

async function gradeOn(
  parts: Parts,
  given: CodeAnswer,
  {
    grading,
    answer,
    recipe,
    index,
  }: { grading: IoGrading | TestsGrading; answer: PreparedAnswer; recipe: ImageRecipe; index: number },
): Promise<CodeItem[]> {
  const { exercise, ...use } = given
  const key = `${exercise.slug} ${exercise.version} ${index}`
  const reference = async () => {
    const { reference, use } = await prepareReference(parts, exercise)
    return { reference: withData(reference, recipe), use }
  }
  if (grading.compare === 'tests') {
    const files = testFilesOf(grading, { visibleOnly: false })
    const expected = await remembered(parts.tests, key, async () => {
      const { reference: program, use } = await reference()
      return expectedOf(await runTestFiles(parts, { grading, answer: program }, files, use))
    })
    const { items, counted } = judgeTests(grading, await runTestFiles(parts, { grading, answer }, files, use), expected)
    return items.map((item) => (counted.has(item) ? item : { ...item, outcome: 'failed' }))
  }
  const judge = grading.judge === null ? null : await judgeOf(parts, exercise, grading.judge)
  const work = { parts, grading, answer, judge, use }
  if (grading.match === 'interactive') return (await gradeCases(work)).items
  const outputs = await remembered(parts.outputs, key, async () => {
    const { reference: program, use } = await reference()
    return await outputsOf(parts, { grading, reference: program }, use)
  })
  return await gradeCasesAgainst(work, outputs)
}

/** The answer ready for what is shown and for what is not; else what the compiler said. */
async function prepareBoth(
  parts: Parts,
  given: CodeAnswer,
  { visibleOnly }: Scope,
): Promise<PreparedAnswer | { compiler: string }> {
  const shown = await prepareAnswer(parts, given, { withHidden: false })
  if ('compiler' in shown) return shown
  const hasHidden = given.exercise.files.some(({ access }) => access === 'hidden')
  const secret = hasHidden && !visibleOnly ? await prepareAnswer(parts, given, { withHidden: true }) : shown
  if ('prepared' in secret) return { shown: shown.prepared, secret: secret.prepared }
  // What the compiler says may be what stands in those files.
  return { compiler: 'error: it does not compile together with the files that are not shown' }
}

/** The answer's program, ready; else what the compiler said. */
async function prepareAnswer(
  parts: Parts,
  { exercise, answer, ...use }: CodeAnswer,
  { withHidden }: { withHidden: boolean },
): Promise<{ prepared: Prepared } | { compiler: string }> {
  const problem = await problemOf(parts, exercise)
  if (problem !== null) throw new Failure('unavailable', problem, { code: 'needs_missing' })
  const { language, entry, limits, database } = exercise
  const files = workspaceOf(exercise, answerFiles(exercise, answer), { withHidden })
  const ready = await prepare(parts, { language, entry, files, limits, database }, use)
  if ('prepared' in ready) return ready
  return { compiler: compilerWords(ready.compiler) }
}

function compilerWords(result: ExecutionResult): string {
  const said = shownText(result.stderr.length > 0 ? result.stderr : result.stdout)
  if (result.end === 'exited') return said || `The compiler ended with exit code ${result.exitCode}.`
  return `The compiler was stopped: ${badEndOf(result)?.message}.\n${said}`
}

/** What grading by one of the three ways found. */
interface Found {
  items: CodeItem[]
  compiler: string | null
  counted?: ReadonlySet<CodeItem>
  output?: string
}

async function gradeBy(parts: Parts, given: CodeAnswer, answer: PreparedAnswer, scope: Scope): Promise<Found> {
  const { grading } = given.exercise
  switch (grading.compare) {
    case 'io':
      return await gradeIo(parts, given, grading, answer, scope)
    case 'tests':
      return await gradeTests(parts, given, grading, answer, scope)
    case 'checks':
      return await gradeWorkspace(parts, given, grading, answer.shown)
  }
}

async function gradeIo(
  parts: Parts,
  { exercise, ...use }: CodeAnswer,
  grading: IoGrading,
  answer: PreparedAnswer,
  { visibleOnly }: Scope,
): Promise<Found> {
  const judge = grading.judge === null ? null : await judgeOf(parts, exercise, grading.judge)
  const cases = grading.cases.filter(({ isVisible }) => isVisible || !visibleOnly)
  const { items, syntax } = await gradeCases({ parts, grading: { ...grading, cases }, answer, judge, use })
  return { items, compiler: syntax }
}

async function gradeTests(
  parts: Parts,
  given: CodeAnswer,
  grading: TestsGrading,
  answer: PreparedAnswer,
  scope: Scope,
): Promise<Found> {
  const files = testFilesOf(grading, scope)
  const runs = runTestFiles(parts, { grading, answer }, files, given)
  const [ran, expected] = await Promise.all([runs, expectedTests(parts, given.exercise, grading)])
  const { items, counted, syntax } = judgeTests(grading, ran, expected)
  return { items, counted, compiler: syntax }
}

async function gradeWorkspace(
  parts: Parts,
  given: CodeAnswer,
  grading: WorkspaceGrading,
  answer: Prepared,
): Promise<Found> {
  const script = await judgeOf(parts, given.exercise, grading.script)
  const expected = await expectedChecks(parts, given.exercise, grading, script)
  const { items, result, syntax } = await gradeChecks(parts, { grading, answer, script }, expected, given)
  const isRight = items.every(({ outcome }) => outcome === 'passed')
  const output = shownText(Buffer.concat([result.stdout, result.stderr]))
  return { items, compiler: isRight ? null : syntax, output }
}

/** An author's program, compiled once for each version. */
async function judgeOf(
  parts: Parts,
  { slug, version }: CodeExercise,
  judge: NonNullable<IoGrading['judge']>,
): Promise<Prepared> {
  return await remembered(parts.judges, `${slug} ${version}`, async () => {
    const ready = await prepare(parts, judgeSource(judge), { personId: `exercise ${slug}` })
    if ('prepared' in ready) return ready.prepared
    throw new Error(`The program in check/ of ${slug} does not compile. ${compilerWords(ready.compiler)}`)
  })
}

/** The tests that the reference reports; it runs once for each version, under a name of its own. */
async function expectedTests(parts: Parts, exercise: CodeExercise, grading: TestsGrading): Promise<ExpectedTests> {
  return await remembered(parts.tests, `${exercise.slug} ${exercise.version}`, async () => {
    const { reference, use } = await prepareReference(parts, exercise)
    const files = testFilesOf(grading, { visibleOnly: false })
    return expectedOf(await runTestFiles(parts, { grading, answer: reference }, files, use))
  })
}

async function expectedChecks(
  parts: Parts,
  exercise: CodeExercise,
  grading: WorkspaceGrading,
  script: Prepared,
): Promise<string[]> {
  return await remembered(parts.checks, `${exercise.slug} ${exercise.version}`, async () => {
    const { reference, use } = await prepareReference(parts, exercise)
    const { items } = await gradeChecks(parts, { grading, answer: reference.shown, script }, null, use)
    return items.map(({ name }) => name)
  })
}

async function prepareReference(
  parts: Parts,
  exercise: CodeExercise,
): Promise<{ reference: PreparedAnswer; use: CodeUse }> {
  const use = { personId: `exercise ${exercise.slug}` }
  const given = { exercise, answer: exercise.solutions[0] ?? '{}', ...use }
  const ready = await prepareBoth(parts, given, { visibleOnly: false })
  if ('shown' in ready) return { reference: ready, use }
  throw new Error(`The reference of ${exercise.slug} does not compile. ${ready.compiler}`)
}

async function remembered<Value extends object>(
  cache: LRUCache<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key)
  if (known !== undefined) return await known
  const making = make()
  cache.set(key, making)
  // A box that was not to be had says nothing of the exercise.
  making.catch(() => cache.delete(key))
  return await making
}

async function problemOf({ runtimes }: Parts, { language, needs, grading }: CodeExercise): Promise<string | null> {
  const runtime = runtimes.find(language)
  if (runtime === null) return `Podium knows no language "${language}".`
  if (runtime.problem !== null) return runtime.problem
  if (grading.compare === 'tests' && !hasFramework(grading.framework, await runtimes.open(language)))
    return `This exercise needs ${grading.framework}, which this machine's ${runtime.title} does not have.`
  const framework = grading.compare === 'tests' && grading.framework === 'pytest' ? ['pytest'] : []
  const wanted = [...new Set([...needs, ...framework])]
  const missing = wanted.length === 0 ? [] : await runtimes.missing(language, wanted)
  if (missing.length === 0) return null
  const what = missing.length === 1 ? `the module ${missing[0]}` : `the modules ${missing.join(', ')}`
  return `This exercise needs ${what} of ${runtime.title}, which ${missing.length === 1 ? 'is' : 'are'} not installed here.`
}

async function runProgram(
  parts: Parts,
  { stdin, onOutput, ...given }: CodeAnswer & ProgramListener & { stdin: Uint8Array },
): Promise<ProgramRun> {
  const ready = await prepareAnswer(parts, given, { withHidden: false })
  if ('compiler' in ready) return { result: nothingRan, problem: null, limit: null, compiler: ready.compiler }
  const result = await run(parts, ready.prepared, { stdin, ...(onOutput && { onOutput }) }, given)
  const bad = badEndOf(result)
  const compiler = isSyntaxError(result) ? shownText(result.stderr) : null
  return { result, problem: bad?.message ?? null, limit: bad?.limit ?? null, compiler }
}

const empty = new Uint8Array()

const nothingRan: ExecutionResult = {
  ...{ end: 'exited', exitCode: null, signal: null, limit: null, stdout: empty, stderr: empty, channel: empty },
  ...{ archive: null, wallMs: 0, cpuMs: 0, memoryBytesPeak: 0 },
}

function verdictOf(
  { exercise }: CodeAnswer,
  { items, compiler, counted, output }: Found,
  startedMs: number,
): CodeVerdict {
  const { compare } = exercise.grading
  const score = compiler !== null ? 0 : scoreOf(items, counted)
  const limit = compiler === null ? (firstBad(items, compare)?.limit ?? null) : null
  const results = { compare, items, compiler, score, output: output ?? null }
  return {
    ...codeWords(results),
    difference: null,
    error: null,
    datasetsPassed: items.filter(({ outcome }) => outcome === 'passed').length,
    datasetsGraded: items.length,
    durationMs: performance.now() - startedMs,
    code: { ...results, items: withinRoom(items), limit },
  }
}
