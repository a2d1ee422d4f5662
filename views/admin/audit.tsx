/** The audit log: who did what. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { PageProps } from '../layout.tsx'
import { Empty } from '../parts/say.tsx'
import { Time } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** What the page of the audit log is given. */
export interface AuditProps {
  page: PageProps
  action: string
  person: string
  /** Nobody has the name that was asked for. */
  isNobody: boolean
  rows: readonly { at: string; actor: string; action: string; subject: string; detail: string }[]
  /** The address of the next page, or null. */
  nextPath: string | null
}

/** Who did what. */
export function AuditPage({ page, action, person, isNobody, rows, nextPath }: AuditProps): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/audit" title="Audit log">
      <form class="fields" method="get" action="/admin/audit">
        <div class="field">
          <label for="audit-action">Action</label>
          <input id="audit-action" name="action" value={action} maxlength={60} aria-describedby="audit-hint" />
          <span class="hint" id="audit-hint">
            A family, as user, or one of them, as user.role_changed
          </span>
        </div>
        <div class="field">
          <label for="audit-person">Person</label>
          <input id="audit-person" name="person" value={person} maxlength={100} />
        </div>
        <button class="btn" type="submit">
          Filter
        </button>
      </form>
      {rows.length === 0 ? (
        <Empty title="Nothing like this">
          {isNobody ? 'Nobody here has this name or e-mail.' : 'Take a filter away to see more.'}
        </Empty>
      ) : (
        <Listing isFlow label="Audit log" head={['When', 'Who', 'Action', 'To', 'Detail']}>
          {rows.map((row) => (
            <tr>
              <td>
                <Time at={row.at} />
              </td>
              <td>{row.actor}</td>
              <td>
                <code>{row.action}</code>
              </td>
              <td>{row.subject}</td>
              <td class="w">{row.detail}</td>
            </tr>
          ))}
        </Listing>
      )}
      {nextPath === null ? null : <a href={nextPath}>Older entries</a>}
    </AdminFrame>
  )
}
