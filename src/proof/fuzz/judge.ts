/** What every answer has to be, whatever was asked. */
import type { FuzzRequest } from './requests.ts'

/** Words that only the program's inside knows. */
const insides = /node_modules|\$bunfs|\/src\/|\bat [\w.]+ \(|postgres\.js|PostgresError|TypeError|RangeError/

/** What is wrong with an answer; null where nothing is. */
export function complaintOf(request: FuzzRequest, response: Response, body: string): string | null {
  const { status, headers } = response
  if (status >= 500) return `${status}: ${body.slice(0, 300)}`
  if (!headers.has('x-request-id')) return `${status} without the request's id: ${body.slice(0, 300)}`
  const isApi = request.target.startsWith('/api/')
  if (status < 400) return isApi && status >= 300 ? `${status}: the API led elsewhere` : null
  if (insides.test(body)) return `${status} tells of the inside: ${body.slice(0, 300)}`
  return isApi ? problemComplaint(request, response, body) : null
}

function problemComplaint({ method }: FuzzRequest, { status, headers }: Response, body: string): string | null {
  if (headers.get('content-type') !== 'application/problem+json') {
    return `${status} is ${headers.get('content-type')}: ${body.slice(0, 300)}`
  }
  if (status === 429 && !headers.has('retry-after') && !body.includes('_full'))
    return `429 without Retry-After: ${body}`
  if (method === 'HEAD') return null
  const problem = Object(parsed(body))
  const isWhole =
    problem.status === status &&
    problem.request_id === headers.get('x-request-id') &&
    [problem.title, problem.detail, problem.code].every((text) => typeof text === 'string' && text !== '')
  return isWhole ? null : `${status} with half a problem document: ${body.slice(0, 300)}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
