/** The API's description, made from the schemas that its routes are checked by. */
import { toOpenAPISchema } from '@elysiajs/openapi'
import type { AnyElysia } from 'elysia'

/** Where programs get in; pages are not part of it. */
const isApi = (path: string) => /^\/(api\/|health|metrics)/.test(path)

const introduction = [
  'Send JSON with `content-type: application/json`. Sign in by `POST /api/users/login`, or send a personal API token as',
  '`authorization: Bearer pod_…`. With the cookie, every change also carries `x-csrf`, which signing in answers.',
  'An error is a problem document (`application/problem+json`) with `status`, `detail`, `code` and `request_id`.',
  'Lists come in pages: `limit` says how many, and `next` of the answer leads on. A request has 2 MB at most, its text',
  '256 KB; 429 and 503 say in `retry-after` after how many seconds to ask again.',
].join('\n')

const problem = {
  description: 'A problem document',
  content: {
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
  },
}

/** The OpenAPI document of an app. Elements without a schema of their own answer are documented without one. */
export function apiDocument(app: AnyElysia, version: string): Record<string, unknown> {
  const { paths } = toOpenAPISchema(app)
  const kept = Object.entries(paths).filter(([path]) => isApi(path))
  return {
    openapi: '3.0.3',
    info: { title: 'Podium', version, description: introduction },
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'podium_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ cookie: [] }, { token: [] }],
    paths: Object.fromEntries(kept.map(([path, item]) => [path, withProblems(Object(item))])),
  }
}

function withProblems(item: Record<string, unknown>): Record<string, unknown> {
  const operations = Object.entries(item).map(([method, operation]) => {
    const { responses, ...rest }: Record<string, unknown> = Object(operation)
    return [method, { ...rest, responses: { ...Object(responses), default: problem } }]
  })
  return Object.fromEntries(operations)
}
