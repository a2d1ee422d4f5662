/**
 * The log. One JSON object a line for machines, one readable line for people. Writing a line never throws, and never
 * writes what a person typed: callers pass names and numbers, not query text.
 */

/** How important a message is, from the least to the most. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** Facts beside a message, whose names are none of time, level and message. Errors become message, code and stack. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where the program says what happens. `with` gives a log whose lines all carry more fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  with(fields: LogFields): Log
}

export interface LogOptions {
  /** Lines below this level are dropped. */
  level: LogLevel
  format: 'json' | 'text'
  /** Takes one finished line with its line break. */
  write(line: string): void
  /** The present; only tests pass another. */
  now?: () => Date
}

/** Makes a log. */
export function createLog(options: LogOptions): Log {
  return logWith(options, {})
}

/** A log on standard error: text where a person looks at a terminal, JSON elsewhere. */
export function createConsoleLog(level: LogLevel): Log {
  const format = process.stderr.isTTY ? 'text' : 'json'
  return createLog({ level, format, write: (line) => void process.stderr.write(line) })
}

/** A log that drops everything. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  with: () => silentLog,
}

function logWith(options: LogOptions, base: LogFields): Log {
  const lowest = logLevels.indexOf(options.level)
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(level) < lowest) return
    try {
      options.write(formatLine(options, level, message, { ...base, ...fields }))
    } catch {
      // A full disk or a closed pipe must not take the program down with it.
    }
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => logWith(options, { ...base, ...fields }),
  }
}

function formatLine({ format, now }: LogOptions, level: LogLevel, message: string, fields: LogFields): string {
  const time = (now ?? (() => new Date()))().toISOString()
  if (format === 'json') {
    const line = { time, level, message }
    return `${toJson({ ...line, ...fields, ...line })}\n`
  }
  const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${readable(value)}`)
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${oneLine(message)}${facts.join('')}\n`
}

function readable(value: unknown): string {
  if (value instanceof Error) return oneLine(value.message)
  return typeof value === 'string' && /^[\w./:@-]+$/.test(value) ? value : oneLine(toJson(value))
}

/** JSON of anything: errors keep their message, big integers their digits, circles are cut. */
function toJson(value: unknown): string {
  const open: object[] = []
  const json = JSON.stringify(value, function (this: object, _key, item: unknown) {
    if (typeof item === 'bigint') return String(item)
    if (item instanceof Error) return describeError(item)
    if (typeof item !== 'object' || item === null) return item
    while (open.length > 0 && open.at(-1) !== this) open.pop()
    if (open.includes(item)) return '[circular]'
    open.push(item)
    return item
  })
  return json ?? 'undefined'
}

function describeError(error: Error): object {
  const code = 'code' in error ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: error.cause }
  return { name: error.name, message: error.message, ...code, ...cause, stack: error.stack }
}

/** Control characters in a line could forge another line or drive a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
}
