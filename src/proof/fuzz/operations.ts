/** What the program says of its API, as the fuzzer needs it: one entry for each operation. */
import type { Random } from './random.ts'
import type { Schema } from './values.ts'

/** One documented operation. */
export interface Operation {
  method: string
  /** With `{name}` where a parameter stands. */
  path: string
  /** Schemas of the query's parameters by their names. */
  query: Readonly<Record<string, Schema>>
  /** The schema of the body's JSON form; null where it takes none. */
  body: Schema | null
}

/** Reads an OpenAPI document. */
export function operationsOf(document: unknown): Operation[] {
  const paths = Object.entries<Schema>(Object(Object(document)['paths']))
  return paths.flatMap(([path, item]) =>
    Object.entries<Schema>(Object(item)).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      query: queryOf(operation['parameters']),
      body: bodyOf(operation['requestBody']),
    })),
  )
}

function queryOf(parameters: unknown): Record<string, Schema> {
  const all: readonly Schema[] = Array.isArray(parameters) ? parameters : []
  const ofQuery = all.filter((parameter) => parameter['in'] === 'query')
  return Object.fromEntries(ofQuery.map(({ name, schema }) => [String(name), Object(schema)]))
}

function bodyOf(body: unknown): Schema | null {
  const schema = Object(Object(Object(body)['content'])['application/json'])['schema']
  return schema === undefined ? null : Object(schema)
}

/** Of a thousand requests; whatever is not named here gets `otherWeight`. These take databases or hash passwords. */
const weights: Readonly<Record<string, number>> = {
  'POST /api/execute': 120,
  'POST /api/submissions': 40,
  'POST /api/users/register': 40,
  'POST /api/users/login': 40,
  'GET /metrics': 10,
  // Each of these ends something that the other requests need.
  'POST /account/deletion': 0,
  'POST /account/ended-browsers': 5,
  'POST /sign-out': 0,
}
const otherWeight = 85

/** One of the operations, the costly ones seldom. */
export function pickOperation(random: Random, operations: readonly Operation[]): Operation {
  const weightOf = ({ method, path }: Operation) => weights[`${method} ${path}`] ?? otherWeight
  let left = random.share() * operations.reduce((sum, operation) => sum + weightOf(operation), 0)
  for (const operation of operations) {
    left -= weightOf(operation)
    if (left < 0) return operation
  }
  return random.pick(operations)
}
