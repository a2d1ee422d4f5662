/** The API's documentation: how to get in, then every operation with its fields. Works without scripts and offline. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from '../layout.tsx'
import { piecesOf } from '../parts/code-colours.ts'
import { coloured } from '../parts/listing.tsx'

/** A field of a request or an answer. */
export interface DocsField {
  name: string
  type: string
  note: string
  isRequired: boolean
  /** How deep it is inside other fields. */
  depth: number
}

/** One operation. */
export interface DocsOperation {
  method: string
  path: string
  summary: string
  description: string
  /** Whether nobody has to be signed in for it. */
  isOpen: boolean
  parameters: readonly DocsField[]
  body: readonly DocsField[]
  status: string
  answer: readonly DocsField[]
  /** What the answer is where it has no fields, for example a text. */
  answerNote: string
  /** How it is refused; `code` is of the problem document. */
  refusals: readonly { status: number; code: string; when: string }[]
  /** A command that makes such a request. */
  example: string
}

/** The whole page. */
export function DocsPage({ page, operations }: { page: PageProps; operations: readonly DocsOperation[] }): SafeHtml {
  return (
    <Layout page={page} title="API">
      <main id="main" class="page">
        <h1>API</h1>
        <div class="cols">
          <div class="wide">
            <Introduction />
            {operations.map((operation, index) => (
              <Operation operation={operation} id={idOf(index)} />
            ))}
          </div>
          <nav class="stack contents" aria-label="Operations">
            <h2>Operations</h2>
            <ul>
              {operations.map(({ method, path }, index) => (
                <li>
                  <a href={`#${idOf(index)}`}>
                    <code>
                      {method} {path}
                    </code>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </main>
    </Layout>
  )
}

const idOf = (index: number) => `operation-${index + 1}`

function Introduction(): SafeHtml {
  return (
    <div class="prose">
      <p>
        JSON under <code>/api</code>. Sign in by <code>POST /api/users/login</code>, or send a personal API token of{' '}
        <a href="/account">your account</a> as <code>authorization: Bearer pod_…</code>. With the cookie, every change
        also carries <code>x-csrf</code>, which signing in and <code>/api/users/me</code> answer.
      </p>
      <p>
        An error is a problem document: <code>status</code>, <code>detail</code> for people, <code>code</code> for
        programs, <code>request_id</code> to quote. Lists come in pages: <code>limit</code> says how many, and{' '}
        <code>next</code> leads on. A request has 2 MB at most and its text 256 KB; where an answer is 429 or 503,{' '}
        <code>retry-after</code> says in how many seconds to ask again. The same as an OpenAPI document:{' '}
        <a href="/docs/json">/docs/json</a>.
      </p>
      <p>
        In the examples <code>$PODIUM</code> is the address of this site and <code>$TOKEN</code> an API token.
      </p>
    </div>
  )
}

function Operation({ operation, id }: { operation: DocsOperation; id: string }): SafeHtml {
  const { method, path, summary, description, isOpen, parameters, body, status, answer, answerNote } = operation
  const name = `${method} ${path}`
  return (
    <section class="stack operation" aria-labelledby={id}>
      <h2 id={id}>
        <code>{name}</code>
      </h2>
      <p>
        {withCode(summary)}.{description === '' ? '' : <> {withCode(description)}</>}{' '}
        <span class="faint">{isOpen ? 'Open to everybody.' : ''}</span>
      </p>
      <section class="example" tabindex="0" aria-label={`Example of ${name}`}>
        <pre>{piecesOf(operation.example, 'sh').map(coloured)}</pre>
      </section>
      <Fields title="Parameters" of={name} fields={parameters} />
      <Fields title="Body" of={name} fields={body} />
      {answer.length === 0 ? (
        <p>
          Answer {status}: {answerNote}
        </p>
      ) : (
        <Fields title={`Answer ${status}`} of={name} fields={answer} />
      )}
      <Refusals of={name} refusals={operation.refusals} />
    </section>
  )
}

function Refusals({ of, refusals }: { of: string; refusals: DocsOperation['refusals'] }): SafeHtml | null {
  if (refusals.length === 0) return null
  return (
    <details>
      <summary>Errors</summary>
      <section class="scroll" tabindex="0" aria-label={`Errors of ${of}`}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Code</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ status, code, when }) => (
              <tr>
                <td>{status}</td>
                <td>
                  <code>{code}</code>
                </td>
                <td>{withCode(when)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** What stands between backticks is code. */
function withCode(text: string): Child {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? <code>{piece}</code> : piece))
}

function Fields({ title, of, fields }: { title: string; of: string; fields: readonly DocsField[] }): SafeHtml | null {
  if (fields.length === 0) return null
  return (
    <details open={title === 'Body' || title === 'Parameters'}>
      <summary>{title}</summary>
      <section class="scroll" tabindex="0" aria-label={`${title} of ${of}`}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Type</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, type, note, isRequired, depth }) => (
              <tr>
                <td>
                  <code>
                    {'· '.repeat(depth)}
                    {name}
                  </code>
                  {isRequired ? '' : <span class="faint"> optional</span>}
                </td>
                <td>{type}</td>
                <td>{withCode(note)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
