/** Sandboxes that people hold now, and the question before one is ended. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Empty, Say } from '../parts/say.tsx'
import { counted, Time } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** A live sandbox. */
export interface SandboxRow {
  id: string
  sandbox: string
  pod: string
  /** Who works in it. */
  who: string
  /** The title of the exercise. */
  what: string
  createdAt: string
  expiresAt: string
  isBusy: boolean
}

/** What the page of sandboxes is given. */
export interface SandboxesProps {
  page: PageProps
  /** What came of ending one: it was ended now, or had ended before. */
  ended: 'yes' | 'before' | null
  sandboxes: readonly SandboxRow[]
}

/** All of them, the newest first. */
export function SandboxesPage({ page, ended, sandboxes }: SandboxesProps): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/sandboxes" title="Sandboxes">
      {ended === 'yes' ? (
        <Say look={{ hue: 'pass', shape: 'pass' }} title="Sandbox ended." help="Its holder is told on the next run." />
      ) : null}
      {ended === 'before' ? (
        <Say look={{ hue: 'part', shape: 'part' }} title="That sandbox had ended already." />
      ) : null}
      {sandboxes.length === 0 ? (
        <Empty title="No live sandboxes">Whoever runs something gets one, and it is listed here.</Empty>
      ) : (
        <>
          <p>{counted(sandboxes.length, 'live sandbox', 'live sandboxes')}</p>
          <Listing isFlow label="Live sandboxes" head={['Who', 'Exercise', 'Since', 'Until', 'Sandbox', 'End']}>
            {sandboxes.map((each) => (
              <Sandbox sandbox={each} />
            ))}
          </Listing>
        </>
      )}
    </AdminFrame>
  )
}

function Sandbox({ sandbox: { id, sandbox, pod, who, what, createdAt, expiresAt, isBusy } }: { sandbox: SandboxRow }) {
  return (
    <tr>
      <td class="name w">{who}</td>
      <td class="name w">
        {what}
        {isBusy ? <div class="faint">running now</div> : ''}
      </td>
      <td>
        <Time at={createdAt} />
      </td>
      <td class="hide-s">
        <Time at={expiresAt} />
      </td>
      <td class="hide-s">
        <code>{sandbox}</code>
        <div class="faint">{pod}</div>
      </td>
      <td>
        <a
          class="btn sm stop"
          href={`/admin/sandboxes/${encodeURIComponent(id)}`}
          aria-label={`End sandbox of ${who}: ${what}`}
        >
          End …
        </a>
      </td>
    </tr>
  )
}

/** The question before somebody's sandbox goes. A page of its own: it works without scripts. */
export function EndingPage({ page, sandbox }: { page: PageProps; sandbox: SandboxRow }): SafeHtml {
  const { id, who, what, createdAt, isBusy } = sandbox
  return (
    <AdminFrame page={page} place="/admin/sandboxes" title={`End the sandbox of ${who}?`}>
      <form class="question stack" method="post" action="/admin/ended-sandboxes">
        <dl class="facts">
          <dt>Exercise</dt>
          <dd>{what}</dd>
          <dt>Since</dt>
          <dd>
            <Time at={createdAt} />
          </dd>
          <dt>Now</dt>
          <dd>{isBusy ? 'Something is running in it and will be cut off.' : 'Nothing is running in it.'}</dd>
        </dl>
        <p>
          Drafts, answers and the log stay. Tables and rows that were changed in the sandbox go; {who} gets a fresh one
          with the next run and may repeat the statements of the log there.
        </p>
        <CsrfField csrf={page.csrf} />
        <input type="hidden" name="id" value={id} />
        <div class="row">
          <a class="btn key" href="/admin/sandboxes">
            Keep it
          </a>
          <button class="btn stop" type="submit">
            End sandbox
          </button>
        </div>
      </form>
    </AdminFrame>
  )
}
