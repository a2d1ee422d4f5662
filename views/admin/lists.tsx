/** Catalogue problems, people, live sandboxes and the audit log, for administrators. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Empty, Say } from '../parts/say.tsx'
import { Secret } from '../parts/secret.tsx'
import { counted, Time } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** Something that is wrong with a folder of content. */
export interface ProblemRow {
  file: string
  line: number | null
  key: string | null
  message: string
}

/** What is wrong with the catalogue. */
export function ProblemsPage({ page, problems }: { page: PageProps; problems: readonly ProblemRow[] }): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/catalogue" title="Catalogue">
      {problems.length === 0 ? (
        <Empty title="No problems">Every exercise folder could be read. Mistakes show up here within seconds.</Empty>
      ) : (
        <Listing label="Problems of the catalogue" head={['File', 'Line', 'Key', 'What is wrong']}>
          {problems.map(({ file, line, key, message }) => (
            <tr>
              <td>
                <code>{file}</code>
              </td>
              <td class="n">{line ?? ''}</td>
              <td>{key ?? ''}</td>
              <td>{message}</td>
            </tr>
          ))}
        </Listing>
      )}
    </AdminFrame>
  )
}

/** What the page of people is given. */
export interface PeopleProps {
  page: PageProps
  search: string
  people: readonly { id: string; name: string; displayName: string | null; role: string; lastSeenAt: string }[]
  /** The address of the next page, or null. */
  nextPath: string | null
  done: string | null
  problem: string | null
  /** A link to choose a password that was just made: it is shown this once. */
  link: { name: string; address: string } | null
}

/** People with accounts and their roles. */
export function PeoplePage({ page, search, people, nextPath, done, problem, link }: PeopleProps): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/people" title="People">
      {done === null ? null : <Say look={{ hue: 'pass', shape: 'pass' }} title={done} />}
      {problem === null ? null : <Say look={{ hue: 'fail', shape: 'fail' }} title={problem} />}
      {link === null ? null : (
        <Say
          look={{ hue: 'pass', shape: 'pass' }}
          title={`Give this link to ${link.name}. It works once, for 24 hours, and is not shown again.`}
          help={<Secret label="The link" text={link.address} />}
        />
      )}
      <form class="row" method="get" action="/admin/people">
        <div class="field">
          <label for="people-search">Name or e-mail</label>
          <input id="people-search" type="search" name="q" value={search} maxlength={100} />
        </div>
        <button class="btn" type="submit">
          Find
        </button>
      </form>
      <Listing label="People" head={['Name', 'Role', 'Last seen', 'Password']}>
        {people.map((person) => (
          <tr>
            <td>
              {person.name}
              {person.displayName === null ? '' : <div class="faint">{person.displayName}</div>}
            </td>
            <td>
              <form class="row tight" method="post" action="/admin/roles">
                <CsrfField csrf={page.csrf} />
                <input type="hidden" name="id" value={person.id} />
                <span class="field">
                  <select name="role" aria-label={`Role of ${person.name}`}>
                    {['learner', 'author', 'admin'].map((role) => (
                      <option value={role} selected={role === person.role}>
                        {role}
                      </option>
                    ))}
                  </select>
                </span>
                <button class="btn sm" type="submit" aria-label={`Store role of ${person.name}`}>
                  Store
                </button>
              </form>
            </td>
            <td>
              <Time at={person.lastSeenAt} />
            </td>
            <td>
              <form method="post" action="/admin/password-links">
                <CsrfField csrf={page.csrf} />
                <input type="hidden" name="id" value={person.id} />
                <button class="btn sm" type="submit" aria-label={`Make a link for a new password of ${person.name}`}>
                  Make a link
                </button>
              </form>
            </td>
          </tr>
        ))}
      </Listing>
      {nextPath === null ? null : <a href={nextPath}>Next page</a>}
    </AdminFrame>
  )
}

/** What the page of sandboxes is given. */
export interface SandboxesProps {
  page: PageProps
  isDone: boolean
  sandboxes: readonly {
    id: string
    sandbox: string
    pod: string
    who: string
    purpose: string
    createdAt: string
    expiresAt: string
    isBusy: boolean
  }[]
}

/** Sandboxes that people hold now, each with a button that ends it. */
export function SandboxesPage({ page, isDone, sandboxes }: SandboxesProps): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/sandboxes" title="Sandboxes">
      {isDone ? <Say look={{ hue: 'pass', shape: 'pass' }} title="Sandbox ended. Its holder is told." /> : null}
      {sandboxes.length === 0 ? (
        <Empty title="No live sandboxes">Whoever runs something gets one, and it is listed here.</Empty>
      ) : (
        <>
          <p>{counted(sandboxes.length, 'live sandbox', 'live sandboxes')}</p>
          <Listing label="Live sandboxes" head={['Sandbox', 'Who', 'What for', 'Since', 'Until', 'End']}>
            {sandboxes.map((each) => (
              <tr>
                <td>
                  <code>{each.sandbox}</code>
                  <div class="faint">{each.pod}</div>
                </td>
                <td>{each.who}</td>
                <td>
                  {each.purpose}
                  {each.isBusy ? <div class="faint">running now</div> : ''}
                </td>
                <td>
                  <Time at={each.createdAt} />
                </td>
                <td>
                  <Time at={each.expiresAt} />
                </td>
                <td>
                  <form method="post" action="/admin/ended-sandboxes">
                    <CsrfField csrf={page.csrf} />
                    <input type="hidden" name="id" value={each.id} />
                    <button class="btn sm stop" type="submit" aria-label={`End sandbox ${each.sandbox}`}>
                      End
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </Listing>
        </>
      )}
    </AdminFrame>
  )
}

/** What the page of the audit log is given. */
export interface AuditProps {
  page: PageProps
  action: string
  person: string
  rows: readonly { at: string; actor: string; action: string; subject: string; detail: string }[]
  /** The address of the next page, or null. */
  nextPath: string | null
}

/** Who did what. */
export function AuditPage({ page, action, person, rows, nextPath }: AuditProps): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/audit" title="Audit log">
      <form class="row" method="get" action="/admin/audit">
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
        <Empty title="Nothing like this">Take a filter away to see more.</Empty>
      ) : (
        <Listing label="Audit log" head={['When', 'Who', 'Action', 'To', 'Detail']}>
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
              <td>{row.detail}</td>
            </tr>
          ))}
        </Listing>
      )}
      {nextPath === null ? null : <a href={nextPath}>Older entries</a>}
    </AdminFrame>
  )
}
