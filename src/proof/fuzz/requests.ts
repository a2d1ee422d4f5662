/** Requests against the documented API: right ones, nearly right ones, and some that nobody would send by mistake. */
import { anyBody, type Body } from './bodies.ts'
import { type Operation, pickOperation } from './operations.ts'
import { type Random, randomFrom } from './random.ts'
import { sqlTexts } from './sql-texts.ts'
import { allowedValue, anyText, anyValue, hostileTexts, type Schema } from './values.ts'

/** What the requests may name: things that are somebody's. */
export interface Known {
  slugs: readonly string[]
  tracks: readonly string[]
  attempts: readonly string[]
  submissions: readonly string[]
  /** For everybody who may ask, the name they sign in by; null for who has none. */
  logins: readonly (string | null)[]
  password: string
}

/** A request without the credentials of whoever sends it. */
export interface FuzzRequest {
  /** What it is made from, for example `POST /api/execute`. */
  operation: string
  /** Index of the person who sends it. */
  person: number
  method: string
  /** Path and query. */
  target: string
  headers: Readonly<Record<string, string>>
  body: Body | null
}

/** The request of this number under this seed; every request can be made again alone. */
export function requestOf(
  { seed, number }: { seed: string; number: number },
  operations: readonly Operation[],
  known: Known,
): FuzzRequest {
  const random = randomFrom(`${seed} ${number}`)
  const operation = pickOperation(random, operations)
  const method = random.inHundred(92) ? operation.method : random.pick(methods)
  const takesBody = method !== 'GET' && method !== 'HEAD'
  const schema = operation.body ?? {}
  const person = random.whole(0, known.logins.length - 1)
  const hasBody = takesBody && (operation.body !== null || random.inHundred(50))
  return {
    operation: `${operation.method} ${operation.path}`,
    person,
    method,
    target: targetOf(random, operation, known),
    headers: headersOf(random),
    body: hasBody ? anyBody(random, schema, valuesFor(random, schema, known, person)) : null,
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT'] as const

/** Fields that can only be right when they name what there is. */
function valuesFor(random: Random, schema: Schema, known: Known, person: number): Record<string, unknown> {
  const login = known.logins[person] ?? `fuzz-${random.whole(0, 80)}`
  const values: Record<string, unknown> = {
    exercise: random.pick(known.slugs),
    sql: random.pick(sqlTexts),
    name: random.inHundred(60) ? login : anyText(random, 300),
    password: random.inHundred(60) ? known.password : anyText(random, 1_024),
    email: random.inHundred(30) ? `fuzz${random.whole(0, 1_000_000)}@example.org` : null,
  }
  const fields = Object(schema['properties'])
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in fields))
}

const strayPaths = [
  ...['/api/', '/api//execute', '/api/execute/', '/API/execute', '/api/attempts', '/api/attempts/', '/api/users'],
  ...['/api/%00', '/api/%ff%fe', '/api/%', '/api/%zz', '/api/;a=b', '/api/__proto__', '/api/*'],
  ...['/api/exercises/whole-shelf/x', '/api/submissions/%2f', `/api/${'a'.repeat(4_000)}`, '/api/exercises/%c3%28'],
] as const

function targetOf(random: Random, operation: Operation, known: Known): string {
  if (random.inHundred(3)) return random.pick(strayPaths)
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(random, name, operation, known))
  const query = queryOf(random, operation, known)
  return query === '' ? path : `${path}?${query}`
}

/** What stands in a path where a parameter is expected; an empty one would be another address. */
function segmentOf(random: Random, name: string, { path }: Operation, known: Known): string {
  const ids = path.includes('attempts') ? known.attempts : known.submissions
  if (random.inHundred(50)) return random.pick(name === 'slug' ? known.slugs : [...known.attempts, ...ids])
  if (random.inHundred(10)) return random.pick(['%00', '%ff', '%', '%zz', '%u0000', '%c3%28', '%2e%2e%2f', '%F0%9F'])
  return encoded(anyText(random, 1_500)) || 'x'
}

function queryOf(random: Random, { query }: Operation, known: Known): string {
  const values: Record<string, readonly string[]> = {
    exercise: known.slugs,
    track: known.tracks,
    before: known.submissions,
  }
  const pairs = Object.entries(query)
    .filter(() => random.inHundred(60))
    .map(([name, schema]) => `${nameOf(random, name)}=${encoded(parameterOf(random, schema, values[name]))}`)
  if (random.inHundred(10)) pairs.push(`${encoded(anyText(random, 30))}=${encoded(anyText(random, 30))}`)
  if (random.inHundred(5)) pairs.push(...pairs)
  if (random.inHundred(3)) pairs.push(random.pick(['%', '%ff=%ff', '&&&', '=', 'limit', 'limit=%00', '__proto__=1']))
  return pairs.join('&')
}

function nameOf(random: Random, name: string): string {
  return random.inHundred(92) ? name : random.pick([`${name}[]`, `${name}[a]`, name.toUpperCase(), `${name}.0`])
}

function parameterOf(random: Random, schema: Schema, named: readonly string[] | undefined): unknown {
  if (named !== undefined && random.inHundred(40)) return random.pick(named)
  return random.inHundred(40) ? allowedValue(random, schema) : anyValue(random, 1)
}

function encoded(value: unknown): string {
  return encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed())
}

const strangeHeaders: readonly Readonly<Record<string, string>>[] = [
  { accept: 'text/html' },
  { accept: 'application/xml;q=0.1, */*;q=0' },
  { 'accept-encoding': 'br;q=0, *;q=0' },
  { 'accept-language': 'x'.repeat(3_000) },
  { 'content-encoding': 'gzip' },
  { 'hx-request': 'true' },
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-origin' },
  { host: 'elsewhere.example' },
  { authorization: 'Bearer pod_nothing' },
  { authorization: 'Bearer' },
  { authorization: 'Basic cm9vdDpyb290' },
  { authorization: `Bearer pod_${'\u00ff'.repeat(100)}` },
  { cookie: 'podium_session=%00%ff; podium_session=; a' },
  { cookie: 'podium_session="{\\"a\\":1}"' },
  { cookie: `podium_session=${'a'.repeat(6_000)}` },
  { cookie: 'podium_session=j:{}; __proto__=1; constructor=2; =; ;;' },
  { 'x-csrf': hostileTexts.find((text) => text.startsWith('../')) ?? '' },
  { 'x-request-id': 'mine' },
  { 'x-http-method-override': 'DELETE' },
  { range: 'bytes=0-1,5-3' },
  { 'if-none-match': '*' },
  { expect: 'nothing' },
  { te: 'trailers' },
  { 'user-agent': '' },
]

function headersOf(random: Random): Record<string, string> {
  return random.inHundred(12) ? { ...random.pick(strangeHeaders) } : {}
}
