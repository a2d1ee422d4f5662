/** The smallest counterexample: a few rows on which an answer still gives something else than expected. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Cell, Column } from '../../src/pods/run.ts'
import { Layout, type PageProps } from '../layout.tsx'
import { CellOf } from './cell.tsx'
import { GridHead } from './grid.tsx'

/** A small table with its rows. */
export interface SmallTable {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
}

/** What was found; null where nothing small shows the difference. */
export type CaseProps = {
  tables: readonly (SmallTable & { name: string })[]
  /** The table whose content is judged, for example `public.film`; null where results are. */
  judgedTable: string | null
  expected: SmallTable
  given: SmallTable
} | null

/** Asks for the counterexample when the verdict is on the page; without scripts it is a link. */
export function CaseRequest({ address }: { address: string }): SafeHtml {
  return (
    <div class="pad" hx-get={address} hx-trigger="load" hx-swap="outerHTML">
      <p class="muted">
        Looking for the smallest case on which your answer differs. <a href={address}>Show it on a page of its own</a>
      </p>
    </div>
  )
}

/** The case itself. */
export function CasePane({ found }: { found: CaseProps }): SafeHtml {
  if (found === null) {
    return (
      <div class="pad">
        <p class="muted">No small case was found in time. The Difference tab shows the rows that differ.</p>
      </div>
    )
  }
  return (
    <div class="pad stack case">
      <p>
        {found.tables.every(({ rows }) => rows.length === 0)
          ? 'Even if the tables were empty, your answer would differ:'
          : 'If the tables held only these rows, your answer would still differ:'}
      </p>
      {found.tables.map((table) => (
        <Small title={<code>{table.name}</code>} label={`Rows of ${table.name}`} table={table} />
      ))}
      {found.judgedTable === null ? null : (
        <p>
          What is in <code>{found.judgedTable}</code> afterwards:
        </p>
      )}
      <Small
        title="Expected"
        label={found.judgedTable === null ? 'Expected result' : 'Expected rows'}
        table={found.expected}
      />
      <Small title="Yours" label={found.judgedTable === null ? 'Your result' : 'Your rows'} table={found.given} />
    </div>
  )
}

/** The case as a page, for browsers without scripts. */
export function CasePage({
  page,
  title,
  back,
  found,
}: {
  page: PageProps
  title: string
  back: string
  found: CaseProps
}): SafeHtml {
  return (
    <Layout page={page} title={title}>
      <main id="main" class="page">
        <h1>{title}</h1>
        <CasePane found={found} />
        <p>
          <a href={back}>Back to the exercise</a>
        </p>
      </main>
    </Layout>
  )
}

function Small({ title, label, table }: { title: Child; label: string; table: SmallTable }): SafeHtml {
  const { columns, rows } = table
  return (
    <section class="stack half">
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p class="muted">No rows.</p>
      ) : (
        <div class="scroll">
          <table class="grid" aria-label={label}>
            <GridHead columns={columns} first="#" />
            <tbody>
              {rows.map((row, index) => (
                <tr>
                  <th scope="row">{index + 1}</th>
                  {row.map((value, place) => (
                    <CellOf value={value} column={columns[place]} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
