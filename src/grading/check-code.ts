/**
 * Proves a code exercise: every reference is accepted, twice in the same way; the starter is not; each wrong answer gets
 * the verdict that its folder names; something is hidden, so that nobody passes by answering the samples.
 */
import { decodeAnswer } from '../catalog/answer-files.ts'
import type { CodeExercise, WrongCode } from '../catalog/code-exercise.ts'
import type { CodeProver, Proof } from './check-parts.ts'
import type { CheckFailure, JudgedItems } from './check-report.ts'
import { eachAtOnce } from './code/at-once.ts'
import { type CodeResults, nameInWeights } from './code/results.ts'
import { givesPart, isNamed } from './code/weights.ts'
import { firstBad } from './code/wording.ts'
import type { CodeVerdict } from './verdict.ts'

/** Wrong answers of one exercise that are tried at once: more would only fill the queue of boxes. */
const wrongAtOnce = 2

/** The proof. Where the language or a module is not here, it says so, and nothing is proven. */
export async function proveCode(prover: CodeProver | undefined, exercise: CodeExercise): Promise<Proof> {
  if (prover === undefined) throw new Error('Programs are not run here, so code exercises are not proven.')
  if (prover.problem !== null) throw new Error(`Code exercises are not proven. ${prover.problem}`)
  if (!prover.grader.knows(exercise.language)) {
    const message = `Podium knows no language "${exercise.language}"; podium runtime list says which it knows.`
    return { failures: [{ what: 'reference', file: 'exercise.yaml', message }], notes: [], mutants: null }
  }
  const missing = await prover.grader.problemOf(exercise)
  if (missing !== null) return { failures: [], notes: [], unproven: missing, mutants: null }
  const notes = notesOf(exercise)
  const { failures, judged } = await proveReferences(prover, exercise, notes)
  if (failures.length === 0) {
    failures.push(...(await proveStarter(prover, exercise)))
    await eachAtOnce(exercise.wrongAnswers, wrongAtOnce, async (each) => {
      failures.push(...(await proveWrong(prover, exercise, each)))
    })
  }
  return { failures, notes, mutants: null, ...(judged !== null && { judged }) }
}

function notesOf({ wrongAnswers, grading, database }: CodeExercise): string[] {
  const notes: string[] = []
  const hasOtherData = (database?.hiddenRecipes.length ?? 0) > 0
  if (wrongAnswers.length < 2) notes.push('Fewer than two wrong answers.')
  if (!hasOtherData && grading.compare === 'io' && grading.cases.every(({ isVisible }) => isVisible))
    notes.push('There is no secret case.')
  if (!hasOtherData && grading.compare === 'tests' && grading.tests.every(({ isVisible }) => isVisible))
    notes.push('There is no hidden test.')
  return notes
}

async function proveReferences(
  { grader }: CodeProver,
  exercise: CodeExercise,
  notes: string[],
): Promise<{ failures: CheckFailure[]; judged: JudgedItems | null }> {
  const failures: CheckFailure[] = []
  let judged: JudgedItems | null = null
  for (const [index, answer] of exercise.solutions.entries()) {
    const file = index === 0 ? 'solution/' : `solution.${index + 1}/`
    const use = { exercise, answer, personId: `proof ${exercise.slug}`, isProof: true }
    try {
      const [first, second] = await Promise.all([grader.grade(use), grader.grade(use)])
      if (first.code.compiler === null) judged ??= judgedOf(exercise, first.code)
      const refused = refusalOf(file, exercise, [first, second])
      failures.push(...refused)
      if (refused.length > 0) continue
      notes.push(...slownessOf(file, exercise, first))
      if (index === 0) failures.push(...idleWeights(exercise, first.code))
    } catch (cause) {
      // An exercise that is broken: its checker, its script, or tests that the reference itself does not pass.
      failures.push({ what: 'reference', file, message: cause instanceof Error ? cause.message : String(cause) })
    }
  }
  return { failures, judged }
}

/** Without those that stand for other data: datasets are counted by themselves. */
function judgedOf({ database }: CodeExercise, { compare, items }: CodeResults): JudgedItems {
  const visible = items.filter(({ isVisible }) => isVisible).length
  return { compare, visible, hidden: items.length - visible - (database?.hiddenRecipes.length ?? 0) }
}

/** Why a reference is not proven by two runs of it. */
function refusalOf(file: string, exercise: CodeExercise, [first, second]: [CodeVerdict, CodeVerdict]): CheckFailure[] {
  const refused = first.kind === 'accepted' ? second : first
  if (refused.kind === 'accepted') return []
  const words = wordsOf(exercise, refused)
  if (first.kind === second.kind) return [{ what: 'reference', file, message: `Not accepted. ${words}` }]
  return [{ what: 'determinism', file, message: `Two runs end in different ways. ${words}` }]
}

/** A weight that nothing has is a slip in its name. */
function idleWeights({ grading }: CodeExercise, { items }: CodeResults): CheckFailure[] {
  const cases = grading.compare === 'io' ? grading.cases : []
  const names = [...cases, ...items].map(({ name }) => name)
  const idle = grading.weights.filter((weight) => !names.some((name) => isNamed(name, weight.name)))
  return idle.map(({ name }) => ({
    ...{ what: 'reference', file: 'exercise.yaml', key: `grading.weights.${name}` },
    message: `grading.weights names ${name}, and nothing that is judged is called so.`,
  }))
}

/** On a slower machine, what takes more than half of the time here may be too slow. */
function slownessOf(file: string, { limits }: CodeExercise, { code }: CodeVerdict): string[] {
  const taken = code.items.map(({ cpuMs, durationMs }) =>
    // Of tests only the clock's time is known.
    cpuMs === null
      ? { ms: durationMs ?? 0, limit: limits.wallMs ?? limits.cpuMs }
      : { ms: cpuMs, limit: limits.cpuMs ?? limits.wallMs },
  )
  const slow = taken.filter(({ ms, limit }) => limit !== undefined && ms * 2 >= limit)
  const [slowest] = slow.toSorted((one, other) => other.ms - one.ms)
  if (slowest === undefined) return []
  return [`${file} takes ${Math.round(slowest.ms)} ms of ${slowest.limit} ms; a slower machine may not have the time.`]
}

async function proveStarter({ grader }: CodeProver, exercise: CodeExercise): Promise<CheckFailure[]> {
  try {
    const use = { exercise, answer: exercise.starter, personId: `proof ${exercise.slug}`, isProof: true }
    const { kind, code } = await grader.grade(use)
    const isWorth = givesPart(exercise) && code.score > 0
    if (kind !== 'accepted') return isWorth ? [starterIsWorth(code)] : []
  } catch (cause) {
    return [{ what: 'starter', file: 'starter/', message: brokenBy(cause) }]
  }
  return [{ what: 'starter', file: 'starter/', message: 'Accepted, and must not be: what is judged is there already.' }]
}

/** Nobody gets points for handing in what was there. */
function starterIsWorth({ items, score }: CodeResults): CheckFailure {
  const worth = items.filter(({ outcome, weight }) => outcome === 'passed' && weight > 0)
  const right = worth.map(({ name }) => nameInWeights(name))
  const names = `${right.slice(0, 5).join(', ')}${right.length > 5 ? ', …' : ''}`
  const message = `It counts ${Math.ceil(score * 100)} % of the points. Give what it gets right the weight 0: ${names}.`
  return { what: 'starter', file: 'starter/', message }
}

async function proveWrong(
  { grader }: CodeProver,
  exercise: CodeExercise,
  { name, verdict, answer }: WrongCode,
): Promise<CheckFailure[]> {
  const failures: CheckFailure[] = []
  const fail = (message: string) => failures.push({ what: 'wrong answer', file: `wrong/${verdict}/${name}/`, message })
  const given = await grader
    .grade({ exercise, answer, personId: `proof ${exercise.slug}`, isProof: true })
    .catch(brokenBy)
  if (typeof given === 'string') fail(given)
  else if (given.kind === 'accepted')
    fail("Accepted, and must not be: the cases or tests don't tell it from the reference.")
  else if (given.kind !== verdict)
    fail(`Comes to ${given.kind}; change it, or move it to wrong/${given.kind}/. ${wordsOf(exercise, given)}`)
  if (!explainsItself(exercise, answer)) fail('Begin one of its files with a comment that says why people write this.')
  return failures
}

/** A checker or script that copes with the reference must cope with every answer. */
function brokenBy(cause: unknown): string {
  return `It can’t be judged, and learners may answer so too. ${cause instanceof Error ? cause.message : String(cause)}`
}

/** A comment in the first line, or in the second after `#!`, of a file that is not the starter's. */
function explainsItself({ starter }: CodeExercise, answer: string): boolean {
  const before = decodeAnswer(starter)
  const changed = [...decodeAnswer(answer)].filter(([path, text]) => before.get(path) !== text)
  return changed.some(([, text]) => /^(#!.*\n)?\s*(#(?!!)|\/\/|\/\*|--|"""|;|%)\s*\S/.test(text))
}

function wordsOf(exercise: CodeExercise, { summary, code }: CodeVerdict): string {
  return [summary, secretCaseOf(exercise, code), detailOf(code)].filter((words) => words !== null).join(' ')
}

/** People read a number in place of a secret case's name; its author needs the file. */
function secretCaseOf({ grading }: CodeExercise, { items, compare }: CodeResults): string | null {
  const bad = firstBad(items, compare)
  const each = grading.compare === 'io' && bad !== null ? grading.cases[items.indexOf(bad)] : undefined
  return each === undefined || each.isVisible ? null : `That is data/${each.name}.in.`
}

/** What an author needs beside the summary: the whole of what a compiler said, or of the first case that is not right. */
function detailOf({ compiler, items, output }: CodeResults): string | null {
  if (compiler !== null) return compiler
  const bad = items.find(({ outcome }) => outcome !== 'passed')
  const printed = bad?.output?.trim() || output?.trim()
  return printed ? `It printed: ${printed}` : null
}
