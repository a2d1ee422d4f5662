/** The API's description as the page shows it: one entry for each operation, schemas as rows of fields. */
import type { DocsField, DocsOperation } from '../../views/docs/docs.tsx'
import { type OperationNotes, operationNotes } from './notes.ts'

type Part = Record<string, unknown>

/** Deeper than this a schema is only named. */
const depthMax = 5

/** The operations of an OpenAPI document in the order of their paths. */
export function operationsOf(document: Part): DocsOperation[] {
  return Object.entries(part(document['paths'])).flatMap(([path, item]) =>
    Object.entries(part(item)).map(([method, operation]) => operationOf(path, method, part(operation))),
  )
}

function operationOf(path: string, method: string, operation: Part): DocsOperation {
  const answers = Object.entries(part(operation['responses'])).filter(([status]) => status !== 'default')
  const [status = '200', answer] = answers[0] ?? []
  const verb = method.toUpperCase()
  const notes = operationNotes[`${verb} ${path}`] ?? { refusals: [] }
  return {
    method: verb,
    path,
    summary: text(operation['summary']),
    description: text(operation['description']),
    isOpen: isOpenTo(operation),
    parameters: list(operation['parameters']).map((parameter) => ({
      name: text(parameter['name']),
      type: `${text(parameter['in'])}, ${typeOf(part(parameter['schema']))}`,
      note: noteOf(part(parameter['schema'])) || text(parameter['description']),
      isRequired: parameter['required'] === true,
      depth: 0,
    })),
    body: fieldsOf(schemaOf(operation['requestBody']), 0),
    status,
    answer: fieldsOf(schemaOf(answer), 0),
    answerNote: text(part(answer)['description']),
    refusals: notes.refusals,
    example: commandOf(verb, path, { isOpen: isOpenTo(operation), example: notes.example ?? {} }),
  }
}

function isOpenTo(operation: Part): boolean {
  return Array.isArray(operation['security']) && operation['security'].length === 0
}

/** A command that makes a request of this kind; `$PODIUM` stands for the address, `$TOKEN` for an API token. */
function commandOf(
  method: string,
  path: string,
  { isOpen, example }: { isOpen: boolean; example: NonNullable<OperationNotes['example']> },
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => example.path?.[name] ?? name)
  const query = new URLSearchParams(example.query).toString()
  const address = `"$PODIUM${filled}${query === '' ? '' : `?${query}`}"`
  const body = example.body === undefined ? null : JSON.stringify(example.body).replaceAll("'", "'\\''")
  return [
    `curl ${address}`,
    isOpen ? null : `-H "authorization: Bearer $TOKEN"`,
    body === null ? null : `-H 'content-type: application/json'`,
    // With a body curl posts by itself.
    body === null ? (method === 'GET' ? null : `-X ${method}`) : `-d '${body}'`,
  ]
    .filter((line) => line !== null)
    .join(' \\\n  ')
}

/** The schema of a body's JSON form. */
function schemaOf(body: unknown): Part {
  return part(part(part(part(body)['content'])['application/json'])['schema'])
}

/** The fields of an object, of an array's items, or of whichever alternative has some. */
function fieldsOf(schema: Part, depth: number): DocsField[] {
  if (depth > depthMax) return []
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const own = Object.entries(part(schema['properties'])).flatMap(([name, given]) => {
    const field = part(given)
    const isRequired = required.has(name)
    return [{ name, type: typeOf(field), note: noteOf(field), isRequired, depth }, ...fieldsOf(field, depth + 1)]
  })
  if (own.length > 0) return own
  if (schema['items'] !== undefined) return fieldsOf(part(schema['items']), depth)
  return alternatives(schema).flatMap((each) => fieldsOf(each, depth))
}

function typeOf(schema: Part): string {
  const choices = alternatives(schema)
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(' or ')
  const or = schema['nullable'] === true ? ' or null' : ''
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' or ') + or
  if (schema['const'] !== undefined) return JSON.stringify(schema['const'])
  if (Array.isArray(schema['type']) && schema['enum'] === undefined) {
    return schema['type'].map((type) => typeOf({ ...schema, type })).join(' or ')
  }
  if (schema['type'] === 'array') return `list of ${typeOf(part(schema['items']))}${or}`
  return (text(schema['format']) || text(schema['type']) || 'any value') + or
}

function noteOf(schema: Part): string {
  const bounds = [
    ['minimum', 'from'],
    ['maximum', 'to'],
    ['maxLength', 'characters at most:'],
    ['default', 'otherwise'],
  ] as const
  const said = bounds.filter(([key]) => schema[key] !== undefined).map(([key, word]) => `${word} ${schema[key]}`)
  return [text(schema['description']), said.join(', ')].filter(Boolean).join('; ')
}

function alternatives(schema: Part): Part[] {
  return [...list(schema['anyOf']), ...list(schema['oneOf'])]
}

function part(value: unknown): Part {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function list(value: unknown): Part[] {
  return Array.isArray(value) ? value.map(part) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
