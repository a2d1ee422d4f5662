/** People with accounts and their roles, a page of them at a time. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Empty, Say } from '../parts/say.tsx'
import { Secret } from '../parts/secret.tsx'
import { Time } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** Somebody with an account. */
export interface PersonRow {
  id: string
  name: string
  displayName: string | null
  email: string | null
  role: string
  lastSeenAt: string
}

/** What the page of people is given. */
export interface PeopleProps {
  page: PageProps
  /** Whether people may register themselves. */
  canRegister: boolean
  search: string
  /** How many come before those on this page. */
  offset: number
  people: readonly PersonRow[]
  /** Addresses of the pages before and after this one, or null. */
  previousPath: string | null
  nextPath: string | null
  done: string | null
  problem: string | null
  /** A link to choose a password that was just made: it is shown this once. */
  link: { name: string; address: string } | null
}

/** The whole page. */
export function PeoplePage(props: PeopleProps): SafeHtml {
  const { page, search, people, done, problem, link } = props
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
      <p class="muted">
        {props.canRegister ? 'People register themselves. ' : 'Sign-up is closed. '}
        <code class="command">podium user add NAME --role author</code>, run where Podium runs, adds somebody; an author
        sees exercises that are not published, their references and what is wrong with the content.
      </p>
      <form class="fields" method="get" action="/admin/people">
        <div class="field">
          <label for="people-search">Name or e-mail</label>
          <input id="people-search" type="search" name="q" value={search} maxlength={100} />
        </div>
        <button class="btn" type="submit">
          Find
        </button>
      </form>
      {people.length === 0 ? (
        <NobodyFound search={search} />
      ) : (
        <Listing isFlow label="People" head={['Name', 'Role', 'Last seen', 'Password']}>
          {people.map((person) => (
            <Person {...props} person={person} />
          ))}
        </Listing>
      )}
      <Pages {...props} />
    </AdminFrame>
  )
}

function NobodyFound({ search }: { search: string }): SafeHtml {
  return (
    <Empty title="Nobody found">
      {search === '' ? 'There is no one on this page of the list.' : 'No name or e-mail holds these letters.'}{' '}
      <a href="/admin/people">Show everybody</a>
    </Empty>
  )
}

/** The fields that lead back to the same place in the list. */
function PlaceFields({ page, search, offset }: PeopleProps): SafeHtml {
  return (
    <>
      <CsrfField csrf={page.csrf} />
      <input type="hidden" name="q" value={search} />
      <input type="hidden" name="offset" value={String(offset)} />
    </>
  )
}

function Person(props: PeopleProps & { person: PersonRow }): SafeHtml {
  const { person } = props
  return (
    <tr>
      <td class="name w">
        {person.name}
        <div class="faint">{[person.displayName, person.email].filter((part) => part !== null).join(' · ')}</div>
      </td>
      <td>
        <form class="row tight nowrap" method="post" action="/admin/roles">
          <PlaceFields {...props} />
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
          <button class="btn sm" type="submit" aria-label={`Save role of ${person.name}`}>
            Save
          </button>
        </form>
      </td>
      <td>
        <Time at={person.lastSeenAt} />
      </td>
      <td>
        <form method="post" action="/admin/password-links">
          <PlaceFields {...props} />
          <input type="hidden" name="id" value={person.id} />
          <button class="btn sm" type="submit" aria-label={`Make a link for a new password of ${person.name}`}>
            Make a link
          </button>
        </form>
      </td>
    </tr>
  )
}

function Pages({ offset, people, previousPath, nextPath }: PeopleProps): SafeHtml | null {
  if (previousPath === null && nextPath === null) return null
  return (
    <nav class="row" aria-label="Pages of the list">
      {previousPath === null ? null : <a href={previousPath}>Previous page</a>}
      <span class="faint num">
        {offset + 1} to {offset + people.length}
      </span>
      {nextPath === null ? null : <a href={nextPath}>Next page</a>}
    </nav>
  )
}
