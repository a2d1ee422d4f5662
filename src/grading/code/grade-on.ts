/**
 * Grading an answer on one set of data, by output, by tests or by what is left: on the data that people see, with what the
 * author wrote down; on a hidden variant, with what the reference does there.
 */
import type { IoGrading, TestsGrading, WorkspaceGrading } from '../../catalog/code-exercise.ts'
import type { ImageRecipe } from '../../pods/driver.ts'
import { gradeChecks } from './checks.ts'
import { badEndOf } from './ends.ts'
import { gradeCases, type IoWork } from './io.ts'
import { type CodeAnswer, prepareJudge, prepareReference } from './prepare-answer.ts'
import { answerFor, type CodeUse, type Prepared, type PreparedAnswer, run } from './program.ts'
import type { GraderParts } from './remembered.ts'
import { type CodeItem, shownText } from './results.ts'
import { runTestFiles, testFilesOf } from './test-run.ts'
import { type ExpectedTests, expectedOf, judgeTests } from './tests.ts'

/** A hidden variant of an exercise's dataset, counted from 0. */
export interface Variant {
  index: number
  recipe: ImageRecipe
}

/** What is graded, and on what. */
export interface Trial {
  parts: GraderParts
  given: CodeAnswer
  /** The answer, ready. */
  answer: PreparedAnswer
  visibleOnly: boolean
  /** Null: the data that people see. */
  variant: Variant | null
}

/** What it came to. */
export interface Found {
  items: CodeItem[]
  /** What the compiler or the language on reading the program said; null where that went well. */
  compiler: string | null
  /** Absent: all items count. */
  counted?: ReadonlySet<CodeItem>
  /** What the run of an answer to `compare: checks` printed. */
  output?: string
}

/** Grades. Throws an Error where the exercise itself is broken, `Failure` where no box is to be had. */
export async function gradeOn(trial: Trial): Promise<Found> {
  const { grading } = trial.given.exercise
  switch (grading.compare) {
    case 'io':
      return await gradeIo(trial, grading)
    case 'tests':
      return await gradeTests(trial, grading)
    case 'checks':
      return await gradeWorkspace(trial, grading)
  }
}

/** The program with the trial's data for each of its runs. */
function onData({ shown, secret }: PreparedAnswer, variant: Variant | null): PreparedAnswer {
  if (variant === null) return { shown, secret }
  const turned = (prepared: Prepared): Prepared =>
    prepared.database === null ? prepared : { ...prepared, database: { ...prepared.database, recipe: variant.recipe } }
  const turnedShown = turned(shown)
  return { shown: turnedShown, secret: secret === shown ? turnedShown : turned(secret) }
}

/** The reference on the trial's data. */
async function referenceOf({ parts, given, variant }: Trial): Promise<{ reference: PreparedAnswer; use: CodeUse }> {
  const { reference, use } = await prepareReference(parts, given.exercise)
  return { reference: onData(reference, variant), use }
}

function keyOf({ given: { exercise }, variant }: Trial): string {
  const key = `${exercise.slug} ${exercise.version}`
  return variant === null ? key : `${key} ${variant.index}`
}

async function gradeIo(trial: Trial, grading: IoGrading): Promise<Found> {
  const { parts, given, visibleOnly, variant } = trial
  const { exercise, ...use } = given
  const judge = grading.judge === null ? null : await prepareJudge(parts, exercise, grading.judge)
  const asked = { ...grading, cases: grading.cases.filter(({ isVisible }) => isVisible || !visibleOnly) }
  const reference = given.isProof === true ? null : () => referenceOf(trial)
  const work: IoWork = { parts, grading: asked, answer: onData(trial.answer, variant), judge, reference, use }
  const { items, counted, syntax } = await gradeCases(variant === null ? work : await withReferenceOutputs(trial, work))
  return { items, counted, compiler: syntax }
}

/** The cases with what the reference prints in place of what was written down for the data that people see. */
async function withReferenceOutputs(trial: Trial, work: IoWork): Promise<IoWork> {
  if (work.grading.match === 'interactive') return work
  const outputs = await trial.parts.memory.outputs.get(keyOf(trial), () => outputsOf(trial, work.grading))
  const cases = work.grading.cases.map((each, index) => ({ ...each, expected: outputs[index] ?? each.expected }))
  return { ...work, grading: { ...work.grading, cases } }
}

async function outputsOf(trial: Trial, { cases }: IoGrading): Promise<Uint8Array[]> {
  const { reference, use } = await referenceOf(trial)
  const outputs: Uint8Array[] = []
  for (const each of cases) {
    const result = await run(trial.parts, answerFor(reference, each), { stdin: each.input }, use)
    const bad = badEndOf(result)
    if (bad !== null) throw new Error(`The reference fails on a hidden dataset in case ${each.name}: ${bad.message}`)
    outputs.push(result.stdout)
  }
  return outputs
}

async function gradeTests(trial: Trial, grading: TestsGrading): Promise<Found> {
  const { parts, given, visibleOnly, variant } = trial
  const files = testFilesOf(grading, { visibleOnly })
  const runs = runTestFiles(parts, { grading, answer: onData(trial.answer, variant) }, files, given)
  const expecting = parts.memory.tests.get(keyOf(trial), () => expectedTests(trial, grading))
  const [ran, expected] = await Promise.all([runs, expecting])
  const { items, counted, syntax } = judgeTests(grading, ran, expected)
  return { items, counted, compiler: syntax }
}

/** The tests that the reference reports; all of them, whatever is asked for now. */
async function expectedTests(trial: Trial, grading: TestsGrading): Promise<ExpectedTests> {
  const { reference, use } = await referenceOf(trial)
  const files = testFilesOf(grading, { visibleOnly: false })
  return expectedOf(await runTestFiles(trial.parts, { grading, answer: reference }, files, use))
}

async function gradeWorkspace(trial: Trial, grading: WorkspaceGrading): Promise<Found> {
  const { parts, given, variant } = trial
  const script = await prepareJudge(parts, given.exercise, grading.script)
  const expected = await parts.memory.checks.get(keyOf(trial), () => expectedChecks(trial, grading, script))
  const answer = onData(trial.answer, variant).shown
  const { items, result, syntax } = await gradeChecks(parts, { grading, answer, script }, expected, given)
  const isRight = items.every(({ outcome }) => outcome === 'passed')
  const output = shownText(Buffer.concat([result.stdout, result.stderr]))
  return { items, compiler: isRight ? null : syntax, output }
}

/** The names of the checks. On data that nobody sees the author has to be told here that the script refuses the reference. */
async function expectedChecks(trial: Trial, grading: WorkspaceGrading, script: Prepared): Promise<string[]> {
  const { reference, use } = await referenceOf(trial)
  const { items } = await gradeChecks(trial.parts, { grading, answer: reference.shown, script }, null, use)
  const bad = items.find(({ outcome }) => outcome !== 'passed')
  if (bad !== undefined && trial.variant !== null)
    throw new Error(`The reference fails on a hidden dataset in check ${bad.name}: ${bad.message ?? bad.outcome}`)
  return items.map(({ name }) => name)
}
