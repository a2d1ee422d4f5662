/**
 * The outermost layer of every request: its id, the client's address, the host check, security headers, errors and the
 * log line. It knows no domain; how an error looks to a person is passed in.
 */
import { Elysia } from 'elysia'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { errors, httpRequestSeconds } from '../telemetry/metrics.ts'
import { clientAddress, trustList } from './client-address.ts'
import { baseHeaders, contentSecurityPolicy, createNonce } from './headers.ts'
import { isKnownHost, type Listening } from './host.ts'
import { internalFailure, problemResponse, statusOf } from './status.ts'

/** Facts of one request. */
export interface RequestFacts {
  id: string
  /** The client's address, through trusted proxies. */
  address: string
  /** For this answer's scripts and styles. */
  nonce: string
  startedAtMs: number
  /** Whether a script of another site asks that may: of one that is named in the settings, and of the API. */
  isFriendlyOrigin: boolean
}

/** What the edge needs. */
export interface EdgeOptions {
  log: Log
  listening: () => Listening
  trustedProxies: readonly string[]
  allowedOrigins: readonly string[]
  /** Recognises errors of parts that the edge does not know; null where it is a bug. */
  explain: (error: unknown) => Failure | null
  /** Renders a failure as a page. */
  errorPage: (failure: Failure, status: number, facts: RequestFacts, request: Request) => string
}

const factsOf = new WeakMap<Request, RequestFacts>()

/** What was answered: Elysia's own `set.status` knows nothing of a `Response`. */
const statusOfAnswer = new WeakMap<Request, number>()

/** The facts of a request. They exist for every request that passed the edge. */
export function requestFacts(request: Request): RequestFacts {
  const facts = factsOf.get(request)
  if (facts === undefined) throw new Error('a request without facts: the edge was not used')
  return facts
}

/** From this length on, Bun's answer to a request that waited for something costs 0.1 ms more as text than as a stream. */
const streamedFromLength = 16_384

/** An HTML answer with this request's policy. */
export function htmlResponse(request: Request, html: string, status = 200): Response {
  const { nonce } = requestFacts(request)
  return new Response(html.length < streamedFromLength ? html : streamOf(html), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    },
  })
}

/** The text in one piece, handed to the connection itself by Bun's own kind of stream, which the browser's types lack. */
function streamOf(html: string): ReadableStream {
  const source: Bun.DirectUnderlyingSource<string> = {
    type: 'direct',
    pull: async (controller) => {
      controller.write(html)
      await controller.end()
    },
  }
  return Reflect.construct(ReadableStream, [source])
}

/** The layer as an Elysia plugin; use it once, first. */
export function createEdge(options: EdgeOptions) {
  const isTrusted = trustList(options.trustedProxies)
  return new Elysia({ name: 'edge' })
    .onRequest(({ request, server, set }) => {
      const peer = server?.requestIP(request)?.address ?? '127.0.0.1'
      const facts: RequestFacts = {
        id: Bun.randomUUIDv7(),
        address: clientAddress(peer, request.headers.get('x-forwarded-for'), isTrusted),
        nonce: createNonce(),
        startedAtMs: performance.now(),
        isFriendlyOrigin: isFriendlyOrigin(request, options.allowedOrigins),
      }
      factsOf.set(request, facts)
      Object.assign(set.headers, baseHeaders, { 'x-request-id': facts.id })
      if (facts.isFriendlyOrigin) Object.assign(set.headers, crossOriginHeaders(request))
      if (!isKnownHost(request.headers.get('host') ?? new URL(request.url).host, options.listening())) {
        throw new Failure(
          'invalid',
          'Podium does not answer to this name. Set PODIUM_BASE_URL to the address people use.',
          {
            code: 'unknown_host',
          },
        )
      }
      if (facts.isFriendlyOrigin && isQuestionBefore(request)) {
        return new Response(null, { status: 204, headers: crossOriginHeaders(request) })
      }
    })
    .onError({ as: 'global' }, ({ error, code, request, path }) => {
      const facts = requestFacts(request)
      const failure = explain(error, String(code), request, options.explain)
      errors.inc({ class: failure === internalFailure ? 'bug' : failure.code })
      if (failure === internalFailure) options.log.error('request failed', { requestId: facts.id, path, cause: error })
      const response = withBaseHeaders(answer(failure, request, path, options), facts)
      statusOfAnswer.set(request, response.status)
      return response
    })
    .mapResponse({ as: 'global' }, ({ request, response, set }) => {
      if (!(response instanceof Response)) return
      statusOfAnswer.set(request, response.status)
      addHeaders(response.headers, set.headers)
      // Left there, Elysia would make a new answer with the old one's body as a stream, in pieces and without a length.
      set.headers = {}
      delete set.cookie
      return response
    })
    .onAfterResponse({ as: 'global' }, ({ request, set, path, route }) => {
      const facts = factsOf.get(request)
      if (facts === undefined) return
      const seconds = (performance.now() - facts.startedAtMs) / 1000
      const status = String(statusOfAnswer.get(request) ?? set.status ?? 200)
      httpRequestSeconds.observe({ method: request.method, route: route || 'none', status }, seconds)
      const fields = { requestId: facts.id, method: request.method, path, status, ms: Math.round(seconds * 1000) }
      options.log.debug('request', fields)
    })
}

function answer(failure: Failure, request: Request, path: string, options: EdgeOptions): Response {
  const facts = requestFacts(request)
  if (path.startsWith('/api/') || request.headers.get('accept')?.includes('json'))
    return problemResponse(failure, facts.id)
  if (leadsToSignIn(failure, request)) {
    const { pathname, search } = new URL(request.url)
    const location = `/sign-in?next=${encodeURIComponent(pathname + search)}`
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  }
  const status = statusOf(failure)
  const response = htmlResponse(request, options.errorPage(failure, status, facts, request), status)
  if (failure.retryAfterSeconds !== undefined) {
    response.headers.set('retry-after', String(Math.ceil(failure.retryAfterSeconds)))
  }
  return response
}

/** Somebody who opens a page that needs an account is led to the form, and from there back. */
function leadsToSignIn(failure: Failure, { method, headers }: Request): boolean {
  if (failure.code !== 'sign_in_needed' || headers.has('authorization')) return false
  return (method === 'GET' || method === 'HEAD') && headers.get('hx-request') !== 'true'
}

function explain(error: unknown, code: string, request: Request, known: EdgeOptions['explain']): Failure {
  if (error instanceof Failure) return error
  if (code === 'NOT_FOUND') return new Failure('missing', 'There is no such page.')
  if (code === 'PARSE')
    return new Failure('invalid', 'The request could not be read: its body is not what its type says.')
  // An answer that is not what its schema says is a bug, not the sender's mistake.
  const isOwnAnswer = error instanceof Error && 'type' in error && error.type === 'response'
  if (code === 'VALIDATION' && !isOwnAnswer)
    return new Failure('invalid', validationMessage(error, request), { cause: error })
  return known(error) ?? internalFailure
}

/** Names the field and what is expected of it, without repeating what was sent. */
function validationMessage(error: unknown, request: Request): string {
  const { type, value, valueError } = Object(error)
  const { path, message, schema, value: given } = Object(valueError)
  const isForm = type === 'body' && isApiCall(request) && !request.headers.get('content-type')?.includes('json')
  const wish = isForm ? '. Send JSON with content-type: application/json' : ''
  if (typeof message !== 'string') return 'A field is missing or not valid.'
  const field = (typeof path === 'string' ? path.slice(1).replaceAll('/', '.') : '') || parameterWith(value, request)
  const expected = takesWholeNumbers(schema) ? 'Expected a whole number' : message
  const trouble = field !== '' && typeof path === 'string' && given === undefined ? 'This is missing' : expected
  return `${field === '' ? '' : `${field}: `}${trouble}${wish}`
}

/** Of a number out of bounds in an address only the value is told; its name stands in the address. */
function parameterWith(value: unknown, { url }: Request): string {
  return [...new URL(url).searchParams].find(([, text]) => text.trim() !== '' && Number(text) === value)?.[0] ?? ''
}

function isApiCall({ url }: Request): boolean {
  return new URL(url).pathname.startsWith('/api/')
}

/** In an address every number is a text first, so that its schema is a choice of two. */
function takesWholeNumbers(schema: unknown): boolean {
  const { anyOf } = Object(schema)
  return Array.isArray(anyOf) && anyOf.some((one) => Object(one).format === 'integer')
}

function withBaseHeaders(response: Response, facts: RequestFacts): Response {
  for (const [name, value] of Object.entries(baseHeaders)) response.headers.set(name, value)
  response.headers.set('x-request-id', facts.id)
  return response
}

/** What the answer says itself stays; cookies come together. */
function addHeaders(to: Headers, headers: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'set-cookie') for (const line of [value].flat()) to.append(name, String(line))
    else if (!to.has(name)) to.set(name, String(value))
  }
}

function isFriendlyOrigin(request: Request, allowed: readonly string[]): boolean {
  const origin = request.headers.get('origin')
  return origin !== null && allowed.includes(origin) && isApiCall(request)
}

/** What a browser asks before it lets a script of another site send what a form could not. */
function isQuestionBefore({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method')
}

function crossOriginHeaders({ headers }: Request): Record<string, string> {
  return {
    'access-control-allow-origin': headers.get('origin') ?? '',
    vary: 'origin',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  }
}
