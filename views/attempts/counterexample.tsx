/** The smallest counterexample: a few rows on which an answer still gives something else than expected, or fails a check. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { RowMark } from '../../src/grading/case-marks.ts'
import type { Cell, Column } from '../../src/pods/run.ts'
import { Layout, type PageProps } from '../layout.tsx'
import { Shape } from '../parts/icon.tsx'
import { CellOf } from './cell.tsx'
import { GridHead } from './grid.tsx'

/** A small table with its rows. */
export interface SmallTable {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
  /** What is not as in the other result; absent in what is no result. */
  marks?: readonly RowMark[]
}

/** What was found; null where nothing small shows the difference. */
export type CaseProps = {
  tables: readonly (SmallTable & { name: string })[]
  /** The table whose content is judged, for example `public.film`; null where results are. */
  judgedTable: string | null
  /** The check that fails, with the rows that it finds as `given`; null where rows are compared. */
  check: { message: string } | null
  expected: SmallTable
  given: SmallTable
} | null

type Found = NonNullable<CaseProps>

/** Asks for the counterexample when the verdict is on the page; without scripts it is a link. */
export function CaseRequest({ address }: { address: string }): SafeHtml {
  return (
    <div class="pad" hx-get={address} hx-trigger="load" hx-swap="outerHTML">
      <p class="muted">
        Looking for the fewest rows that show it. <a href={address}>Show it on a page of its own</a>
      </p>
    </div>
  )
}

/** The case itself. */
export function CasePane({ found }: { found: CaseProps }): SafeHtml {
  if (found === null) {
    return (
      <div class="pad">
        <p class="muted">No small case was found in time. The other tabs show what is wrong on all the data.</p>
      </div>
    )
  }
  return (
    <div class="pad stack case">
      <p>{opening(found)}</p>
      {found.tables.map((table) => (
        <Small title={<code>{table.name}</code>} label={`Rows of ${table.name}`} table={table} />
      ))}
      {found.check === null ? <BothResults found={found} /> : <CheckFinds check={found.check} rows={found.given} />}
    </div>
  )
}

function opening({ tables, check }: Found): string {
  if (check !== null) return 'If the tables held only these rows, this check would still fail:'
  return tables.every(({ rows }) => rows.length === 0)
    ? 'Even if the tables were empty, your answer would differ:'
    : 'If the tables held only these rows, your answer would still differ:'
}

function BothResults({ found: { judgedTable, expected, given } }: { found: Found }): SafeHtml {
  return (
    <>
      {judgedTable === null ? null : (
        <p>
          What is in <code>{judgedTable}</code> afterwards:
        </p>
      )}
      <Small title="Expected" label={judgedTable === null ? 'Expected result' : 'Expected rows'} table={expected} />
      <Small title="Yours" label={judgedTable === null ? 'Your result' : 'Your rows'} table={given} />
    </>
  )
}

/** What a check says, and its rows unless they are there to be counted only, as those of SELECT 1 are. */
function CheckFinds({ check, rows }: { check: NonNullable<Found['check']>; rows: SmallTable }): SafeHtml {
  return (
    <>
      <p>
        <span class="v fail wraps">
          <Shape name="fail" />
          {check.message}
        </span>
      </p>
      {rows.columns.every(({ name }) => name === '?column?') ? null : (
        <Small title="Found by the check" label="Rows that the check finds" table={rows} />
      )}
    </>
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
      <p class="part-name">{title}</p>
      {rows.length === 0 ? (
        <p class="muted">No rows.</p>
      ) : (
        <section class="scroll" tabindex="0" aria-label={`${label}, to be scrolled`}>
          <table class="grid" aria-label={label}>
            <GridHead columns={columns} first="#" />
            <tbody>{rows.map((row, index) => smallRow(row, index, table))}</tbody>
          </table>
        </section>
      )}
    </section>
  )
}

const markClasses = { missing: 'd-miss', extra: 'd-extra', differs: 'd-diff' } as const

function smallRow(row: readonly Cell[], index: number, { columns, marks = [] }: SmallTable): SafeHtml {
  const mark = marks.find((one) => one.row === index)
  return (
    <tr class={mark === undefined ? null : markClasses[mark.state]}>
      <th scope="row" class={mark === undefined ? null : 'v-cell'}>
        {mark === undefined ? index + 1 : mark.state}
      </th>
      {row.map((value, place) => (
        <CellOf value={value} column={columns[place]} differs={mark?.columns.includes(place) ?? false} />
      ))}
    </tr>
  )
}
