/** The API's documentation: how to get in, then every operation with its fields. Works without scripts and offline. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type PageProps } from '../layout.tsx'

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
}

/** The whole page. */
export function DocsPage({ page, operations }: { page: PageProps; operations: readonly DocsOperation[] }): SafeHtml {
  return (
    <Layout page={page} title="API">
      <main id="main" class="page stack">
        <h1>API</h1>
        <div class="prose">
          <p>
            JSON under <code>/api</code>. Sign in by <code>POST /api/users/login</code>, or send a personal API token of{' '}
            <a href="/account">your account</a> as <code>authorization: Bearer pod_…</code>. With the cookie, every
            change also carries <code>x-csrf</code>, which signing in and <code>/api/users/me</code> answer.
          </p>
          <p>
            An error is a problem document: <code>status</code>, <code>detail</code> for people, <code>code</code> for
            programs, <code>request_id</code> to quote. Lists come in pages: <code>limit</code> says how many, and{' '}
            <code>next</code> leads on. A request has 2 MB at most and its text 256 KB; where an answer is 429 or 503,{' '}
            <code>retry-after</code> says in how many seconds to ask again. The same as an OpenAPI document:{' '}
            <a href="/docs/json">/docs/json</a>.
          </p>
        </div>
        {operations.map((operation, index) => (
          <Operation operation={operation} id={`operation-${index + 1}`} />
        ))}
      </main>
    </Layout>
  )
}

function Operation({ operation, id }: { operation: DocsOperation; id: string }): SafeHtml {
  const { method, path, summary, description, isOpen, parameters, body, status, answer } = operation
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>
        <code>
          {method} {path}
        </code>
      </h2>
      <p>
        {summary === '' ? 'For those who watch over Podium' : summary}.{description === '' ? '' : ` ${description}`}{' '}
        <span class="faint">{isOpen ? 'Open to everybody.' : ''}</span>
      </p>
      <Fields title="Parameters" of={`${method} ${path}`} fields={parameters} />
      <Fields title="Body" of={`${method} ${path}`} fields={body} />
      <Fields title={`Answer ${status}`} of={`${method} ${path}`} fields={answer} />
    </section>
  )
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
                <td>{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
