/** The API's documentation: nothing of an operation is left to guess. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { operationNotes } from '../docs/notes.ts'
import { type Site, startSite } from './site.ts'

const timeoutMs = 60_000

interface Parameter {
  name: string
  in: string
  example?: unknown
}

interface Operation {
  summary?: string
  parameters?: readonly Parameter[]
  requestBody?: { content: Record<string, { example?: unknown }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>
}

let site: Site
let operations: [string, Operation][]

beforeAll(async () => {
  site = await startSite()
  const document = await (await site.visitor().get('/docs/json')).json()
  const paths: [string, Record<string, Operation>][] = Object.entries(Object(document).paths)
  operations = paths.flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  )
}, timeoutMs)

afterAll(async () => await site.stop(), timeoutMs)

test('every operation of the API has notes, and all notes have an operation', () => {
  expect(operations.map(([name]) => name).sort()).toEqual(Object.keys(operationNotes).sort())
})

test('every operation has a summary, an answer that is described, and how it is refused', () => {
  for (const [name, { summary, responses }] of operations) {
    expect([name, summary ?? '']).not.toEqual([name, ''])
    const [good] = Object.entries(responses).filter(([status]) => status.startsWith('2'))
    const contents = Object.values(good?.[1].content ?? {})
    expect([name, contents.some(({ schema }) => schema !== undefined)]).toEqual([name, true])
    const refusals = Object.entries(responses).filter(([status]) => /^[45]/.test(status))
    if (name !== 'GET /health') expect([name, refusals.length > 0]).toEqual([name, true])
    for (const [, { description }] of refusals) expect(description).toMatch(/^`[a-z_]+`: \S/)
  }
})

test('whoever has to send something is shown a request that works', () => {
  for (const [name, { parameters = [], requestBody }] of operations) {
    for (const parameter of parameters) {
      if (parameter.in === 'path') expect([name, parameter.example === undefined]).toEqual([name, false])
    }
    if (requestBody !== undefined) {
      expect([name, requestBody.content['application/json']?.example === undefined]).toEqual([name, false])
    }
  }
})

test('a list says how long its pages are and how to go on', () => {
  for (const name of ['GET /api/submissions', 'GET /api/attempts/{id}']) {
    const names = operations.find(([each]) => each === name)?.[1].parameters?.map((parameter) => parameter.name) ?? []
    expect(names).toContain('limit')
    expect(names.some((each) => each === 'before' || each === 'after')).toBe(true)
  }
})

test(
  'the examples of what a guest may do are taken as they stand',
  async () => {
    const guest = site.visitor()
    await guest.get('/exercises/whole-shelf')
    for (const name of [
      'POST /api/validate',
      'POST /api/execute',
      'POST /api/submissions',
      'POST /api/users/register',
    ]) {
      const [method = '', path = ''] = name.split(' ')
      const answer = await guest.api(method, path, operationNotes[name]?.example?.body)
      expect([name, answer.ok]).toEqual([name, true])
    }
  },
  timeoutMs,
)

test('the page tells the errors and shows a command for each operation', async () => {
  const page = await (await site.visitor().get('/docs')).text()
  expect(page.match(/curl /g)?.length).toBe(operations.length)
  expect(page.includes('name_taken')).toBe(true)
  expect(page.includes('string or null')).toBe(true)
  expect(/<td>any value/.test(page)).toBe(false)
})
