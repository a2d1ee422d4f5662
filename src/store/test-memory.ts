/**
 * For tests only: a control plane in memory (pg-mem), for store functions that are plain enough. It checks no CHECK and
 * knows little of PostgreSQL; whatever runs here runs on the real server too, which is the judge.
 */
import { DataType, newDb } from 'pg-mem'
import postgres from 'postgres'
import type { Queries } from './connect.ts'
import { migrations } from './migrations.ts'

/** An empty control plane in memory. */
export function createMemoryDatabase(): Queries {
  const database = newDb()
  database.public.registerFunction({
    name: 'clock_timestamp',
    returns: DataType.timestamptz,
    implementation: () => new Date(),
  })
  for (const { text } of migrations) database.public.none(plain(text))
  const { Client } = database.adapters.createPg()
  const client = new Client()
  return tagOver((text, values) => client.query(text, values))
}

type Run = (text: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>

/**
 * The client library, of which the part that plain functions use answers from memory: values, and fragments within each
 * other. Whatever else of it is asked looks for a server, and there is none.
 */
function tagOver(run: Run): Queries {
  return new Proxy(postgres('postgres://nowhere.invalid'), {
    apply: (_library, _this, [strings, ...values]: [readonly string[], ...unknown[]]) =>
      new Fragment(run, strings, values),
  })
}

class Fragment {
  readonly run: Run
  readonly strings: readonly string[]
  readonly values: readonly unknown[]

  constructor(run: Run, strings: readonly string[], values: readonly unknown[]) {
    this.run = run
    this.strings = strings
    this.values = values
  }

  // biome-ignore lint/suspicious/noThenProperty: a query runs when it is awaited, as the client library's does
  then<T>(resolve: (rows: object[]) => T, reject: (error: unknown) => T): Promise<T> {
    const parameters: unknown[] = []
    const text = this.textWith(parameters)
    return this.run(text, parameters).then(({ rows }) => resolve(rows.map(inCamelCase)), reject)
  }

  textWith(parameters: unknown[]): string {
    return this.strings.reduce((text, part, index) => {
      const value = this.values[index - 1]
      if (value instanceof Fragment) return text + value.textWith(parameters) + part
      parameters.push(value instanceof Uint8Array ? Buffer.from(value) : value)
      return `${text}$${parameters.length}${part}`
    })
  }
}

function inCamelCase(row: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [postgres.toCamel(name), value]))
}

/** The schema without what pg-mem has no idea of: checks, conditions of indexes, and what fills rows of before. */
function plain(text: string): string {
  return withoutChecks(text.replaceAll(/--.*$/gm, ''))
    .replaceAll(/alter table \w+ add constraint \w+\s*;/g, '')
    .replaceAll(/update [^;]*;/g, '')
    .replaceAll(/constraint \w+\s*(?=,|\n\))/g, '')
    .replaceAll(/,(\s*,)+/g, ',')
    .replaceAll(/,\s*\)/g, '\n)')
    .replaceAll(/(create index [^;]*?\)) where [^;]*;/g, '$1;')
    .replaceAll('timestamptz(3)', 'timestamptz')
}

function withoutChecks(text: string): string {
  const start = text.search(/\bcheck \(/)
  if (start < 0) return text
  let depth = 0
  let end = text.indexOf('(', start)
  do {
    if (text[end] === '(') depth += 1
    if (text[end] === ')') depth -= 1
    end += 1
  } while (depth > 0)
  return text.slice(0, start) + withoutChecks(text.slice(end))
}
