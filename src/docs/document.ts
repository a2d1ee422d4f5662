/** The API's description, made from the schemas that its routes are checked by. */
import { toOpenAPISchema } from '@elysiajs/openapi'
import type { AnyElysia } from 'elysia'
import { type OperationNotes, operationNotes } from './notes.ts'

/** Where programs get in; pages are not part of it. */
const isApi = (path: string) => /^\/(api\/|health|metrics)/.test(path)

const introduction = [
  'Send JSON with `content-type: application/json`. Sign in by `POST /api/users/login`, or send a personal API token as',
  '`authorization: Bearer pod_…`. With the cookie, every change also carries `x-csrf`, which signing in answers.',
  'An error is a problem document (`application/problem+json`) with `status`, `detail`, `code` and `request_id`.',
  'Lists come in pages: `limit` says how many, and `next` of the answer leads on. A request has 2 MB at most, its text',
  '256 KB; 429 and 503 say in `retry-after` after how many seconds to ask again.',
].join('\n')

const problemContent = {
  'application/problem+json': {
    schema: {
      type: 'object',
      required: ['title', 'status', 'detail', 'code', 'request_id'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string', description: 'A sentence for a person' },
        code: { type: 'string', description: 'Stable, for programs' },
        request_id: { type: 'string' },
      },
    },
  },
}

type Part = Record<string, unknown>

/** What stands in a path. */
const pathMeanings: Readonly<Record<string, string>> = {
  id: 'An id, as another answer gave it',
  slug: "The last part of an exercise's address",
}

/** The OpenAPI document of an app. Elements without a schema of their own answer are documented without one. */
export function apiDocument(app: AnyElysia, version: string): Part {
  const { paths } = toOpenAPISchema(app)
  const kept = Object.entries(paths).filter(([path]) => isApi(path))
  return {
    // Its schemas are those of JSON Schema: a type may be a list of types.
    openapi: '3.1.0',
    info: { title: 'Podium', version, description: introduction },
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'podium_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ cookie: [] }, { token: [] }],
    paths: Object.fromEntries(kept.map(([path, item]) => [path, noted(path, Object(withNulls(item)))])),
  }
}

/** What may be null says so in its list of types, but not among its values, where validators look for it too. */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls)
  if (typeof value !== 'object' || value === null) return value
  const { enum: values, type, ...rest }: Part = Object(value)
  const kept = Object.entries(rest).map(([name, each]) => [name, withNulls(each)])
  const isNullable = Array.isArray(type) && type.includes('null') && Array.isArray(values) && !values.includes(null)
  const own = {
    ...(type === undefined ? {} : { type: withNulls(type) }),
    ...(values === undefined ? {} : { enum: values }),
  }
  return { ...Object.fromEntries(kept), ...own, ...(isNullable ? { enum: [...values, null] } : {}) }
}

function noted(path: string, item: Part): Part {
  const operations = Object.entries(item).map(([method, given]) => {
    const operation: Part = Object(given)
    const notes = operationNotes[`${method.toUpperCase()} ${path}`] ?? { refusals: [] }
    return [
      method,
      { ...withExample(operation, notes), responses: { ...Object(operation['responses']), ...problems(notes) } },
    ]
  })
  return Object.fromEntries(operations)
}

/** The problem documents of an operation by status, and of whatever else may go wrong. */
function problems({ refusals }: OperationNotes): Part {
  const statuses = [...new Set(refusals.map(({ status }) => status))]
  const described = statuses.map((status) => {
    const reasons = refusals.filter((refusal) => refusal.status === status)
    const description = reasons.map(({ code, when }) => `\`${code}\`: ${when}`).join('\n')
    return [String(status), { description, content: problemContent }]
  })
  return { ...Object.fromEntries(described), default: { description: 'A problem document', content: problemContent } }
}

/** Puts the example's values where a reader of the document looks for them. */
function withExample(operation: Part, { example = {} }: OperationNotes): Part {
  const values: Part = { ...example.path, ...example.query }
  const parameters = Array.isArray(operation['parameters']) ? operation['parameters'].map((each) => Object(each)) : null
  const body = bodyWithExample(operation['requestBody'], example.body)
  return {
    ...operation,
    ...(parameters === null
      ? {}
      : {
          parameters: parameters.map((parameter: Part) => {
            const value = values[String(parameter['name'])]
            const meaning = parameter['in'] === 'path' ? pathMeanings[String(parameter['name'])] : undefined
            return {
              ...parameter,
              ...(meaning === undefined ? {} : { description: meaning }),
              ...(value === undefined ? {} : { example: value }),
            }
          }),
        }),
    ...(body === null ? {} : { requestBody: body }),
  }
}

/** JSON is what programs send; that forms are understood too is for pages. */
function bodyWithExample(requestBody: unknown, example: Part | undefined): Part | null {
  const json: Part | undefined = Object(Object(Object(requestBody)['content'])['application/json'])
  if (requestBody === undefined || json === undefined) return null
  const content = { 'application/json': example === undefined ? json : { ...json, example } }
  return { ...Object(requestBody), content }
}
