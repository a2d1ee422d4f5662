/** Earlier versions of what somebody wrote: the list of those that are kept, and one of them with the way to bring it back. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField } from '../layout.tsx'
import { Listing, type Sheet } from '../parts/listing.tsx'
import { Empty } from '../parts/say.tsx'
import { counted, Time } from '../parts/text.tsx'

/** The kept versions, newest first. */
export interface DraftsProps {
  attemptId: string
  drafts: readonly {
    version: number
    bytes: number
    /** ISO 8601. */
    savedAt: string
  }[]
}

/** One version. */
export interface DraftProps {
  attemptId: string
  csrf: string | null
  version: number
  /** As it is put back into the editor. */
  text: string
  /** The same, to be read. */
  sheets: readonly Sheet[]
  /** ISO 8601. */
  savedAt: string
}

/** The htmx attributes of a link whose answer replaces the inside of the result pane. */
function swapIn(address: string): Record<string, string> {
  return { 'hx-get': address, 'hx-target': '#result', 'hx-swap': 'innerHTML' }
}

function addressOf(attemptId: string): string {
  return `/attempts/${encodeURIComponent(attemptId)}/drafts`
}

/** Leads to the list. */
export function DraftsLink({ attemptId, own }: { attemptId: string; own: string }): SafeHtml {
  const address = addressOf(attemptId)
  return (
    <p class="note-line">
      <a href={address} {...swapIn(address)}>
        Earlier versions of your {own}
      </a>
    </p>
  )
}

/** The list, in the result pane. */
export function Drafts({ attemptId, drafts }: DraftsProps): SafeHtml {
  return (
    <>
      <div class="head">
        <h2 class="file" data-announce="polite">
          Earlier versions
        </h2>
      </div>
      <section class="body scroll" tabindex="0" aria-label="Earlier versions">
        {drafts.length === 0 ? (
          <div class="pad">
            <Empty title="No versions yet">What you write is saved by itself; every saved version shows up here.</Empty>
          </div>
        ) : (
          <table class="data">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Saved</th>
                <th scope="col" class="n">
                  Size
                </th>
              </tr>
            </thead>
            <tbody>
              {drafts.map(({ version, bytes, savedAt }) => (
                <tr>
                  <td>
                    <a href={`${addressOf(attemptId)}/${version}`} {...swapIn(`${addressOf(attemptId)}/${version}`)}>
                      Version {version}
                    </a>
                  </td>
                  <td>
                    <Time at={savedAt} />
                  </td>
                  <td class="n">{counted(bytes, 'byte')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}

/** One version, in the result pane. */
export function DraftPane({ attemptId, csrf, version, text, sheets, savedAt }: DraftProps): SafeHtml {
  const address = addressOf(attemptId)
  const isQuery = sheets.every(({ path }) => path === null)
  return (
    <>
      <div class="head">
        <h2 class="file" data-announce="polite">
          Version {version}
        </h2>
        <span class="faint hide-s">
          <Time at={savedAt} />
        </span>
        <span class="push row tight">
          <a class="btn sm quiet" href={address} {...swapIn(address)}>
            All versions
          </a>
          <form method="post" action={`${address}/${version}/restorations`}>
            <button class="btn sm" type="submit" data-restore={text}>
              Put it into the editor
            </button>
            <CsrfField csrf={csrf} />
          </form>
        </span>
      </div>
      <section class="body scroll" tabindex="0" aria-label={`Version ${version}`}>
        <Listing sheets={sheets} label={`Version ${version} of the ${isQuery ? 'query' : 'program'}`} />
      </section>
    </>
  )
}
