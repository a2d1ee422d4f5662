/** Grading by a language's own tests: what is expected comes from the reference, and only whole reports count. */
import type { TestsGrading } from '../../catalog/code-exercise.ts'
import { limitNamedIn } from '../../pods/complaints.ts'
import type { LimitName } from '../../pods/execution.ts'
import type { ReportedEnd, ReportedTest } from './channel.ts'
import { badEndOf, endAtLimit, saidOf } from './ends.ts'
import { blankItem, type CodeItem, shownText, withoutSecrets } from './results.ts'
import type { TestFileRun } from './test-run.ts'
import { weightOf } from './weights.ts'

/** A test that has to report. */
export interface ExpectedTest {
  name: string
  about: string | null
  /** The reference skipped it, so others may. */
  isSkipped: boolean
}

/** The tests of each file of tests, by its path, in the order in which the reference ran them. */
export type ExpectedTests = ReadonlyMap<string, readonly ExpectedTest[]>

/** What the tests came to. */
export interface TestsOutcome {
  items: CodeItem[]
  /** Items of files whose report is not whole count for nothing, even where they passed. */
  counted: ReadonlySet<CodeItem>
  /** What the language said where it could not read the answer; null otherwise. */
  syntax: string | null
}

/** The tests that a sound answer reports. Throws an Error where the reference does not pass: the exercise is broken. */
export function expectedOf(runs: readonly TestFileRun[]): ExpectedTests {
  const expected = new Map<string, ExpectedTest[]>()
  for (const { file, result, report } of runs) {
    const failed = report.tests.find(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped')
    const why =
      failed !== undefined ? `${failed.name}: ${failed.message ?? failed.outcome}` : (report.load?.message ?? null)
    if (why !== null || !report.isWhole || report.tests.length === 0)
      throw new Error(`The reference does not pass ${file.path}. ${why ?? unfinished({ result, report })}`)
    expected.set(file.path, report.tests.map(expectedTestOf))
  }
  return expected
}

function expectedTestOf({ name, about, outcome }: ReportedTest): ExpectedTest {
  return { name, about, isSkipped: outcome === 'skipped' }
}

function unfinished({ result, report }: Pick<TestFileRun, 'result' | 'report'>): string {
  if (report.isWhole) return 'It has no test'
  const bad = result.end === 'limit' || result.end === 'signalled' ? badEndOf(result) : null
  return bad?.message ?? `It did not end as it should. ${shownText(result.stderr, 600)}`
}

/** What the runs of an answer came to. `expected` is null where the reference was not asked: then what reported is all. */
export function judgeTests(
  grading: TestsGrading,
  runs: readonly TestFileRun[],
  expected: ExpectedTests | null,
): TestsOutcome {
  const counted = new Set<CodeItem>()
  const items: CodeItem[] = []
  let syntax: string | null = null
  for (const each of runs) {
    const judged = judgeFile(each, expected?.get(each.file.path) ?? each.report.tests.map(expectedTestOf))
    const weighted = judged
      .map((item) => ({ ...item, weight: weightOf(item.name, grading.weights) }))
      .map(withoutSecrets)
    items.push(...weighted)
    if (each.report.isWhole) for (const item of weighted) counted.add(item)
    syntax ??= syntaxOf(each)
  }
  return { items, counted, syntax }
}

/** Beside hidden tests an answer may say anything, also in an error that looks like one of syntax. */
const unreadable = 'SyntaxError: the program can’t be read'

/** Syntax that is wrong is told by the loading of a file; the line that says so is the last. */
function syntaxOf({ report: { load, tests }, result, file }: TestFileRun): string | null {
  if (load?.isSyntax) return (file.isVisible ? load.message : null) ?? unreadable
  if (tests.length > 0 || load !== null || result.end !== 'exited' || !file.isVisible) return null
  const said = shownText(result.stderr, 4000)
  return /^(SyntaxError|error: (Expected|Unexpected|Unterminated))/m.test(said) ? said : null
}

function judgeFile(run: TestFileRun, expected: readonly ExpectedTest[]): CodeItem[] {
  const { file, report } = run
  const reported = new Map(report.tests.map((test) => [test.name, test]))
  const isTwice = reported.size !== report.tests.length
  if (report.load !== null && expected.length === 0) return [loadItem(run, report.load)]
  const missing = missingEnd(run, isTwice)
  const missed = ({ name, about }: ExpectedTest): CodeItem => ({
    ...blankItem({ name, isVisible: file.isVisible, weight: 1 }),
    ...missing,
    ...(file.isVisible || missing.limit !== null ? {} : { message: about ?? wordsOf(missing.outcome) }),
  })
  const items = expected.map((wanted) => {
    const test = reported.get(wanted.name)
    return report.isForged || isTwice || test === undefined ? missed(wanted) : itemOf(test, wanted, run)
  })
  const last = expected.at(-1)
  // Whoever ends the program after the last test, and before it was seen that tests can still fail, has not passed.
  if (!report.isWhole && last !== undefined && items.every(({ outcome }) => outcome === 'passed'))
    items[items.length - 1] = missed(last)
  return items
}

function itemOf(test: ReportedTest, wanted: ExpectedTest, { file, limits }: TestFileRun): CodeItem {
  const { expected, actual, output, durationMs, place } = test
  const blank = blankItem({ name: wanted.name, isVisible: file.isVisible, weight: 1 })
  const met = limitMet(test)
  const limit = met === null ? null : endAtLimit({ name: met, value: limits[met] })
  const outcome = outcomeOf(test, wanted)
  // The time is what the answer's process says, too.
  if (!file.isVisible) return { ...blank, outcome, message: hiddenMessage(test, wanted), ...limit }
  return {
    ...blank,
    outcome,
    message: test.message || (test.outcome === 'passed' ? null : wordsOf(outcome)),
    ...limit,
    expected,
    actual,
    output: output === '' ? null : output,
    place: place !== null && (place.path !== file.path || file.isVisible) ? place : null,
    durationMs,
  }
}

function outcomeOf({ outcome }: ReportedEnd, { isSkipped }: Pick<ExpectedTest, 'isSkipped'>): CodeItem['outcome'] {
  if (outcome === 'errored') return 'runtime_error'
  return outcome === 'failed' || (outcome === 'skipped' && !isSkipped) ? 'failed' : 'passed'
}

/** What languages call it when the kernel refused something; the words of other errors are the answer's own. */
const refusals =
  /^(MemoryError|(OSError|BlockingIOError): \[Errno |RuntimeError: can't start new thread|RangeError: Out of memory|Error: E[A-Z]+[:,])/

/** The limit that a test broke on; a process that lives on tells it in the words of its language. */
function limitMet({ outcome, message }: ReportedEnd): LimitName | null {
  return outcome === 'errored' && message !== null && refusals.test(message) ? limitNamedIn(message) : null
}

/** Errors of the languages themselves: an answer could give its own the name of anything it has read. */
const errorNames = new Set([
  ...['ArithmeticError', 'AttributeError', 'EOFError', 'FileNotFoundError', 'ImportError', 'IndexError', 'KeyError'],
  ...[
    'LookupError',
    'MemoryError',
    'ModuleNotFoundError',
    'NameError',
    'NotImplementedError',
    'OSError',
    'OverflowError',
  ],
  ...[
    'PermissionError',
    'RangeError',
    'RecursionError',
    'ReferenceError',
    'RuntimeError',
    'StopIteration',
    'SyntaxError',
  ],
  ...['TimeoutError', 'TypeError', 'UnboundLocalError', 'UnicodeError', 'ValueError', 'ZeroDivisionError'],
])

/** Of a hidden test: what its author says of it. Nothing that the answer's process made up, for it has read the tests. */
function hiddenMessage(test: ReportedTest, wanted: ExpectedTest): string | null {
  const { about } = wanted
  const outcome = outcomeOf(test, wanted)
  if (outcome === 'passed') return null
  const known = test.error !== null && errorNames.has(test.error)
  const how = test.outcome === 'errored' && known ? `It ended with ${test.error}.` : wordsOf(outcome)
  return about === null ? how : `${about} ${how}`
}

function wordsOf(outcome: CodeItem['outcome']): string {
  if (outcome === 'failed') return 'The result is another one.'
  return outcome === 'runtime_error' ? 'It ended with an error.' : 'It was not run.'
}

function loadItem({ file, limits }: TestFileRun, load: ReportedEnd): CodeItem {
  const blank = blankItem({ name: file.isVisible ? file.path : 'hidden tests', isVisible: file.isVisible, weight: 1 })
  return { ...blank, ...loadEnd(load, limits), place: load.place }
}

function loadEnd(load: ReportedEnd, limits: TestFileRun['limits']): Pick<CodeItem, 'outcome' | 'message' | 'limit'> {
  const met = limitMet(load)
  if (met !== null) return endAtLimit({ name: met, value: limits[met] })
  return { outcome: 'runtime_error', message: load.message, limit: null }
}

/** What is said of tests that did not report. */
function missingEnd(
  { result, report, file, limits }: TestFileRun,
  isTwice: boolean,
): Pick<CodeItem, 'outcome' | 'message' | 'limit' | 'output' | 'place'> {
  const output = result.stderr.length === 0 ? null : shownText(result.stderr)
  const blank = { limit: null, output, place: null }
  if (report.isForged || isTwice)
    return { ...blank, outcome: 'failed', message: 'Something else than the test wrote its result. It does not count.' }
  if (report.load !== null) {
    const { place } = report.load
    return { ...blank, ...loadEnd(report.load, limits), place: place?.path === file.path ? null : place }
  }
  const bad = result.end === 'exited' && report.tests.length > 0 ? null : badEndOf(result)
  if (bad !== null) return { ...blank, ...bad, message: bad.message }
  const said = report.tests.length === 0 ? saidOf(result.stderr) : null
  const message = said ?? 'The program ended before this test was done.'
  return { ...blank, outcome: 'runtime_error', message }
}
