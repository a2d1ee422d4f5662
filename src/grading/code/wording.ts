/** What a verdict on code says: one sentence that names the first cause, and one that helps. Pure. */
import type { VerdictKind } from '../../store/submissions.ts'
import type { Words } from '../wording.ts'
import type { CodeItem, CodeResults } from './results.ts'

const nouns: Readonly<Record<CodeResults['compare'], { one: string; many: string }>> = {
  io: { one: 'case', many: 'cases' },
  tests: { one: 'test', many: 'tests' },
  checks: { one: 'check', many: 'checks' },
}

/** From half of the weight on, a wrong answer is nearly right. */
const nearlyFrom = 0.5

/** Words for what was found. */
export function codeWords({ compare, items, compiler, score }: Omit<CodeResults, 'limit'>): Words {
  if (compiler !== null) return words('compile_error', `It does not run: ${lastLine(compiler)}`, null)
  const first = firstBad(items, compare)
  const noun = nouns[compare]
  if (first === null) return words('accepted', `Passed. ${allRight(items.length, noun)}`, null)
  const what = named(first, noun.one)
  const rest = passedOf(items, noun)
  switch (first.outcome) {
    case 'time_limit':
      return words('time_limit', `Too slow: ${first.message} in ${what}.`, rest)
    case 'memory_limit':
      return words('memory_limit', `Too much memory: ${first.message} in ${what}.`, rest)
    case 'output_limit':
      return words('output_limit', `Too much output: ${first.message} in ${what}.`, rest)
    case 'runtime_error':
      return words('runtime_error', `It did not run to its end in ${what}: ${sentence(first.message)}`, rest)
    default: {
      const isNearly = score >= nearlyFrom
      const said = saidOf(first)
      const summary = `${isNearly ? 'Nearly' : 'Not yet'}: ${what}${said}`
      return { ...words('wrong_answer', summary, rest), isNearly }
    }
  }
}

/**
 * The item that decides: the first that is not right; but with tests and checks a wrong result comes before an error, and
 * a limit before both, for their order means nothing.
 */
export function firstBad(items: readonly CodeItem[], compare: CodeResults['compare']): CodeItem | null {
  const bad = items.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not_run')
  if (compare === 'io') return bad[0] ?? items.find(({ outcome }) => outcome === 'not_run') ?? null
  const ranked = ['time_limit', 'memory_limit', 'output_limit', 'failed', 'runtime_error']
  const byRank = bad.toSorted((one, other) => ranked.indexOf(one.outcome) - ranked.indexOf(other.outcome))
  return byRank[0] ?? items.find(({ outcome }) => outcome === 'not_run') ?? null
}

/** Two short values say more than what a framework makes of them. */
function saidOf({ message, expected, actual, input }: CodeItem): string {
  const isShort = (text: string | null) => text !== null && text.length <= 60 && !text.includes('\n')
  if (input === null && isShort(expected) && isShort(actual))
    return `: ${actual} is given, and ${expected} is expected.`
  return message === null ? ' is not right.' : `: ${sentence(message)}`
}

function allRight(count: number, { one, many }: { one: string; many: string }): string {
  return count === 1 ? `The one ${one} is right.` : `All ${count} ${many} are right.`
}

function passedOf(items: readonly CodeItem[], { many }: { many: string }): string {
  const passed = items.filter(({ outcome }) => outcome === 'passed').length
  return `${passed} of ${items.length} ${many} are right.`
}

/** `sample 1` says what it is; `hidden case large 1`, `test Blanks.test_none` need their noun. */
function named({ name, isVisible }: CodeItem, noun: string): string {
  if (!isVisible) return `hidden ${noun} ${name.replace(/^hidden /, '')}`
  return name.startsWith('sample ') ? name : `${noun} ${name}`
}

function sentence(message: string | null): string {
  const [line = ''] = (message ?? 'the result is another one').trim().split('\n')
  const text = line.length > 200 ? `${line.slice(0, 199)}…` : line
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function lastLine(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim())
  return sentence(lines.find((line) => /(^|[\s:])(\w*Error|error): /.test(line)) ?? lines.at(-1) ?? '')
}

function words(kind: VerdictKind, summary: string, help: string | null): Words {
  return { kind, isNearly: false, summary, help }
}
