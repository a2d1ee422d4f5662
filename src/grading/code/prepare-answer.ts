/** Answers, references and programs of authors made ready to run; and why an exercise can't be run here at all. */
import { answerFiles } from '../../catalog/answer-files.ts'
import type { CodeExercise, JudgeProgram } from '../../catalog/code-exercise.ts'
import { Failure } from '../../failure.ts'
import type { ExecutionResult } from '../../pods/execution.ts'
import type { Runtimes } from '../../runtimes/runtime.ts'
import { badEndOf } from './ends.ts'
import {
  type CodeParts,
  type CodeUse,
  judgeSource,
  type Prepared,
  type PreparedAnswer,
  prepare,
  workspaceOf,
} from './program.ts'
import type { GraderParts } from './remembered.ts'
import { shownText } from './results.ts'
import { hasFramework } from './test-run.ts'

/** An answer to a code exercise, and who waits for it. */
export interface CodeAnswer extends CodeUse {
  exercise: CodeExercise
  /** As `encodeAnswer` writes it. */
  answer: string
  /** An author proves the exercise, and is told of a checker that some output breaks: it is not taken for wrong output. */
  isProof?: boolean
}

/** The answer ready for what is shown and, unless only that is asked for, for what is not; else what the compiler said. */
export async function prepareBoth(
  parts: CodeParts,
  given: CodeAnswer,
  { visibleOnly }: { visibleOnly: boolean },
): Promise<PreparedAnswer | { compiler: string }> {
  const shown = await prepareAnswer(parts, given, { withHidden: false })
  if ('compiler' in shown) return shown
  const hasHidden = given.exercise.files.some(({ access }) => access === 'hidden')
  const secret = hasHidden && !visibleOnly ? await prepareAnswer(parts, given, { withHidden: true }) : shown
  if ('prepared' in secret) return { shown: shown.prepared, secret: secret.prepared }
  // What the compiler says may be what stands in those files.
  return { compiler: 'error: it does not compile together with the files that are not shown' }
}

/** The answer's program, ready; else what the compiler said. Throws `Failure` where it is none or can't be run here. */
export async function prepareAnswer(
  parts: CodeParts,
  { exercise, answer, ...use }: CodeAnswer,
  { withHidden }: { withHidden: boolean },
): Promise<{ prepared: Prepared } | { compiler: string }> {
  const problem = await problemOf(parts.runtimes, exercise)
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

/** The reference, ready, under a name of its own. Throws an Error where it does not compile. */
export async function prepareReference(
  parts: CodeParts,
  exercise: CodeExercise,
): Promise<{ reference: PreparedAnswer; use: CodeUse }> {
  const use = { personId: `exercise ${exercise.slug}` }
  const given = { exercise, answer: exercise.solutions[0] ?? '{}', ...use }
  const ready = await prepareBoth(parts, given, { visibleOnly: false })
  if ('shown' in ready) return { reference: ready, use }
  throw new Error(`The reference of ${exercise.slug} does not compile. ${ready.compiler}`)
}

/** An author's program, compiled once for each version. Throws an Error where it does not compile. */
export async function prepareJudge(
  parts: GraderParts,
  { slug, version }: CodeExercise,
  judge: JudgeProgram,
): Promise<Prepared> {
  return await parts.memory.judges.get(`${slug} ${version}`, async () => {
    const ready = await prepare(parts, judgeSource(judge), { personId: `exercise ${slug}` })
    if ('prepared' in ready) return ready.prepared
    throw new Error(`The program in check/ of ${slug} does not compile. ${compilerWords(ready.compiler)}`)
  })
}

/** Why an exercise can't be run here, as a sentence: its language, framework or a module is not here; null where it can. */
export async function problemOf(
  runtimes: Runtimes,
  { language, needs, grading }: CodeExercise,
): Promise<string | null> {
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
