/**
 * What a runner of tests wrote to its channel: lines `MAC JSON`, each signed with the key of the run and its number. What
 * is not signed so ends the reading, for something else than the runner wrote there. All of it is untrusted.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** How a test ended, as its runner tells it. */
export interface ReportedEnd {
  outcome: 'passed' | 'failed' | 'errored' | 'skipped'
  message: string | null
  /** The name of an error that is the language's own. */
  error: string | null
  isSyntax: boolean
  expected: string | null
  actual: string | null
  place: { path: string; line: number } | null
}

/** A test of a file. */
export interface ReportedTest extends ReportedEnd {
  name: string
  /** What the author wrote about it in a docstring. */
  about: string | null
  output: string | null
  durationMs: number
}

/** All that a runner told of one file. */
export interface ReportedFile {
  tests: ReportedTest[]
  /** Why the file could not be loaded; null where it could. */
  load: ReportedEnd | null
  /** Whether it greeted, every control failed (one before the tests, one after), and the end was told. */
  isWhole: boolean
  /** Whether something was there that the runner did not write. */
  isForged: boolean
}

/** Lines that are read; no file has so many tests. */
const linesMax = 5_000

/** Reads the channel of a run. */
export function readChannel(bytes: Uint8Array, key: string): ReportedFile {
  const file: ReportedFile = { tests: [], load: null, isWhole: false, isForged: false }
  const lines = new TextDecoder().decode(bytes).split('\n')
  let controls = 0
  let hasHello = false
  let isSound = true
  for (const [number, line] of lines.slice(0, linesMax).entries()) {
    if (line === '' && number === lines.length - 1) break
    const message = readLine(line, key, number)
    // A line cut short by an end of the process is no forgery, and nothing comes after it.
    if (message === null) file.isForged = number < lines.length - 1
    if (message === null || file.isWhole) {
      file.isForged ||= file.isWhole
      file.isWhole = false
      break
    }
    if (message['kind'] === 'hello') hasHello = number === 0
    else if (message['kind'] === 'control') {
      controls += 1
      isSound &&= message['isFailed'] === true
    } else if (message['kind'] === 'test') file.tests.push(testOf(message))
    else if (message['kind'] === 'load') file.load = endOf(message)
    else if (message['kind'] === 'end')
      file.isWhole = hasHello && isSound && controls === 2 && message['count'] === number
  }
  return file
}

type Message = Record<string, unknown>

function readLine(line: string, key: string, number: number): Message | null {
  const mac = Buffer.from(line.slice(0, 64), 'hex')
  const body = line.slice(65)
  const wanted = createHmac('sha256', Buffer.from(key, 'hex')).update(`${number}:${body}`).digest()
  if (mac.length !== wanted.length || !timingSafeEqual(mac, wanted)) return null
  try {
    const message: unknown = JSON.parse(body)
    return typeof message === 'object' && message !== null ? { ...message } : null
  } catch {
    return null
  }
}

function testOf(message: Message): ReportedTest {
  return {
    ...endOf(message),
    name: textOf(message['name']) ?? '',
    about: textOf(message['about']),
    output: textOf(message['output']),
    durationMs: typeof message['durationMs'] === 'number' && message['durationMs'] >= 0 ? message['durationMs'] : 0,
  }
}

const outcomes = ['passed', 'failed', 'errored', 'skipped'] as const

function endOf(message: Message): ReportedEnd {
  return {
    outcome: outcomes.find((outcome) => outcome === message['outcome']) ?? 'errored',
    message: textOf(message['message']),
    error: textOf(message['error']),
    isSyntax: message['isSyntax'] === true,
    expected: textOf(message['expected']),
    actual: textOf(message['actual']),
    place: placeOf(message['place']),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 8_000).toWellFormed().replaceAll('\0', '␀') : null
}

function placeOf(value: unknown): ReportedEnd['place'] {
  if (typeof value !== 'object' || value === null) return null
  const [path, line] = [Reflect.get(value, 'path'), Reflect.get(value, 'line')]
  return typeof path === 'string' && Number.isInteger(line) ? { path: path.slice(0, 200), line } : null
}
