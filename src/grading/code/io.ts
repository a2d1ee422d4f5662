/** Grading by output: each case in a box of its own, compared outside of it. */
import type { IoCase, IoGrading } from '../../catalog/code-exercise.ts'
import type { ExecutionResult } from '../../pods/execution.ts'
import { eachAtOnce } from './at-once.ts'
import { compareOutput, type OutputDifference, type OutputRules } from './compare-output.ts'
import { type BadEnd, badEndOf, isSyntaxError } from './ends.ts'
import { runInteraction } from './interaction.ts'
import { decisionOf, isBroken } from './judge-program.ts'
import {
  answerFor,
  type CodeParts,
  type CodeUse,
  type Prepared,
  type PreparedAnswer,
  type RunWish,
  run,
} from './program.ts'
import { blankItem, type CodeItem, shownName, shownText, withoutSecrets } from './results.ts'
import { countedOf, weightOf } from './weights.ts'

/** What the cases of one answer are run with. */
export interface IoWork {
  parts: CodeParts
  grading: IoGrading
  answer: PreparedAnswer
  /** The checker or interactor; null where there is none. */
  judge: Prepared | null
  /** What is right, ready to be run, to find out whose mistake a judge that breaks is; null: always the author's. */
  reference: (() => Promise<{ reference: PreparedAnswer; use: CodeUse }>) | null
  use: CodeUse
}

/** Cases of one answer that run at once. */
const casesAtOnce = 4

/** What the cases came to. */
export interface IoOutcome {
  items: CodeItem[]
  /** Without those of groups that count only as a whole and are not right as a whole. */
  counted: ReadonlySet<CodeItem>
  /** What the language said where it could not read the program; null otherwise. */
  syntax: string | null
}

/** Runs the cases in their order. Where one is too slow or too large, no further one begins, unless there are weights. */
export async function gradeCases(work: IoWork): Promise<IoOutcome> {
  const { cases, weights } = work.grading
  const items = cases.map((each, index) =>
    blankItem({ name: nameOf(cases, index), isVisible: each.isVisible, weight: weightOf(each.name, weights) }),
  )
  let isDecided = false
  const syntax: (string | null)[] = cases.map(() => null)
  const grade = async (each: IoCase, index: number) => {
    const blank = items[index]
    if (blank === undefined) return
    const judged = await gradeCase(work, each, blank)
    items[index] = withoutSecrets(judged.item)
    syntax[index] = judged.syntax
    isDecided ||= judged.syntax !== null || (judged.item.limit !== null && weights.length === 0)
  }
  await eachAtOnce(cases, casesAtOnce, grade, () => isDecided)
  const counted = countedOf(items, work.grading.whole, {
    nameOf: (_, index) => cases[index]?.name ?? '',
    isRight: ({ outcome }) => outcome === 'passed',
  })
  // Samples come first, and they may be told in full.
  return { items, counted, syntax: syntax.find((said) => said !== null) ?? null }
}

/** Samples by their name, `sample 1`; of the others only the folder and a number. */
function nameOf(cases: readonly IoCase[], index: number): string {
  const { name, isVisible } = cases[index] ?? { name: '', isVisible: false }
  if (isVisible) return shownName(name)
  const folder = (each: string) => each.split('/').slice(1, -1).join('/')
  const number = cases
    .slice(0, index + 1)
    .filter((each) => !each.isVisible && folder(each.name) === folder(name)).length
  return `${folder(name) || 'hidden'} ${number}`
}

async function gradeCase(
  work: IoWork,
  each: IoCase,
  blank: CodeItem,
): Promise<{ item: CodeItem; syntax: string | null }> {
  if (work.grading.match === 'interactive') return { item: await interact(work, each, blank), syntax: null }
  const { parts, use } = work
  const result = await run(parts, answerFor(work.answer, each), { stdin: each.input }, use)
  const item: CodeItem = {
    ...blank,
    ...figuresOf(result),
    input: shownText(each.input),
    expected: shownText(each.expected),
    actual: shownText(result.stdout),
    output: result.stderr.length === 0 ? null : shownText(result.stderr),
  }
  const bad = badEndOf(result)
  if (bad !== null)
    return {
      item: { ...item, ...saidOf(bad, each) },
      syntax: isSyntaxError(result) ? (each.isVisible ? shownText(result.stderr) : unreadable) : null,
    }
  return { item: { ...item, ...(await judgeOutput(work, each, result.stdout)) }, syntax: null }
}

const unreadable = 'SyntaxError: the program can’t be read'

/** What a program says as it breaks may be all that it has read: of a secret case only that it broke. */
function saidOf(bad: BadEnd, { isVisible }: IoCase): BadEnd {
  return isVisible || bad.limit !== null ? bad : { ...bad, message: 'it ended with an error' }
}

/** Clock, processor and memory of a run. */
export function figuresOf({ wallMs, cpuMs, memoryBytesPeak }: ExecutionResult) {
  const rounded = (milliseconds: number) => Math.round(milliseconds * 10) / 10
  return { durationMs: rounded(wallMs), cpuMs: rounded(cpuMs), memoryBytes: memoryBytesPeak }
}

type Judged = Pick<CodeItem, 'outcome' | 'message'>

async function judgeOutput(work: IoWork, each: IoCase, output: Uint8Array): Promise<Judged> {
  const { grading } = work
  if (work.judge !== null) return await check(work, work.judge, each, output)
  const difference = await compareOutput(each.expected, output, rulesOf(grading))
  if (difference === null) return { outcome: 'passed', message: null }
  return { outcome: 'failed', message: each.isVisible ? differenceMessage(difference) : null }
}

function rulesOf({ match, tolerance, ignoresCase }: IoGrading): OutputRules {
  if (match === 'exact') return { match }
  return match === 'float' ? { match, tolerance, ignoresCase } : { match: 'tokens', ignoresCase }
}

function differenceMessage({ line, expected, actual, isBlankOnly }: OutputDifference): string {
  if (isBlankOnly) return `Line ${line} differs in blanks or ends of lines only.`
  if (actual === null) return `The output ends in line ${line}, and “${expected}” is missing.`
  if (expected === null) return `Line ${line} has “${actual}”, where the output should have ended.`
  return `Line ${line} has “${actual}”, and “${expected}” is expected.`
}

/** The files that judging programs are given, and the words that name them. */
function caseFiles({ input, expected }: IoCase, flags: readonly string[]) {
  const files = [
    { path: 'case.in', content: input },
    { path: 'case.ans', content: expected },
    { path: 'feedback/.keep', content: new Uint8Array() },
  ]
  return { files, words: ['case.in', 'case.ans', 'feedback/', ...flags] }
}

const unintelligible = 'The program that judges could make nothing of this output.'

/** An output that nobody expected may break a checker; where it goes on with what is right, that output is wrong. */
async function check(work: IoWork, checker: Prepared, each: IoCase, output: Uint8Array): Promise<Judged> {
  const result = await askChecker(work, checker, each, output)
  if (isBroken(result) && (await understandsReference(work, checker, each)))
    return { outcome: 'failed', message: each.isVisible ? unintelligible : null }
  const { isRight, message } = decisionOf(result, 'checker')
  return { outcome: isRight ? 'passed' : 'failed', message: isRight || !each.isVisible ? null : message }
}

async function askChecker(
  { parts, grading, use }: IoWork,
  checker: Prepared,
  each: IoCase,
  stdin: Uint8Array,
): Promise<ExecutionResult> {
  return await run(parts, checker, { ...caseFiles(each, grading.judge?.flags ?? []), stdin }, use)
}

async function understandsReference(work: IoWork, checker: Prepared, each: IoCase): Promise<boolean> {
  if (work.reference === null) return false
  const { reference, use } = await work.reference()
  const { stdout } = await run(work.parts, answerFor(reference, each), { stdin: each.input }, use)
  return !isBroken(await askChecker(work, checker, each, stdout))
}

/** The same where the judge is one that talks. */
async function talksWithReference({ parts, reference: given }: IoWork, judge: Prepared, wish: RunWish, each: IoCase) {
  if (given === null) return false
  const { reference, use } = await given()
  return !isBroken((await runInteraction(parts, { answer: answerFor(reference, each), judge, wish, use })).judge)
}

const endedEarly = 'The program ended, and the other side still waited for a word of it.'

async function interact(work: IoWork, each: IoCase, blank: CodeItem): Promise<CodeItem> {
  if (work.judge === null) throw new Error('An interactive exercise has no interactor')
  const { flags = [] } = work.grading.judge ?? {}
  const wish = caseFiles(each, flags)
  const { answer, judge, isAnswerFirst } = await runInteraction(work.parts, {
    answer: answerFor(work.answer, each),
    judge: work.judge,
    wish,
    use: work.use,
  })
  const item: CodeItem = {
    ...blank,
    ...figuresOf(answer),
    input: shownText(each.input),
    actual: shownText(answer.stdout),
    output: answer.stderr.length === 0 ? null : shownText(answer.stderr),
  }
  const bad = answer.end === 'cancelled' ? null : badEndOf(answer)
  // Whoever ended first decides: a program may well break because the other one has said its last word.
  if (bad !== null && isAnswerFirst) return { ...item, ...saidOf(bad, each) }
  // Who waits for a word that never comes may well break: that is no mistake of the author's.
  if (isAnswerFirst && isBroken(judge))
    return { ...item, outcome: 'failed', message: each.isVisible ? endedEarly : null }
  if (isBroken(judge) && (await talksWithReference(work, work.judge, wish, each)))
    return { ...item, outcome: 'failed', message: each.isVisible ? unintelligible : null }
  const { isRight, message } = decisionOf(judge, 'interactor')
  if (isRight && bad !== null) return { ...item, ...saidOf(bad, each) }
  return { ...item, outcome: isRight ? 'passed' : 'failed', message: isRight || !each.isVisible ? null : message }
}
