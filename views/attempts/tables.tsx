/** The tables an exercise begins with: columns, keys and, on demand, the first rows. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Cell, Column } from '../../src/pods/run.ts'
import { Icon } from '../parts/icon.tsx'
import { Empty } from '../parts/say.tsx'
import { count, counted } from '../parts/text.tsx'
import { Grid } from './grid.tsx'

/** A table of the dataset. */
export interface TableFacts {
  name: string
  rows: number | null
  columns: readonly {
    name: string
    type: string
    isNullable: boolean
    isKey: boolean
    /** The table a foreign key points to. */
    references: string | null
  }[]
}

/** The first rows of a table. */
export interface TableRowsProps {
  name: string
  columns: readonly Column[]
  rows: readonly Cell[][]
  /** How many there are; null where nobody counted. */
  total: number | null
}

/** Every table of the exercise; null: they are still being read. `attemptId` is whose page it is. */
export function Tables({
  tables,
  attemptId,
  slug,
}: {
  tables: readonly TableFacts[] | null
  attemptId: string
  slug: string
}): SafeHtml {
  if (tables === null) {
    return (
      <div class="pad">
        <Empty title="Tables are being read">
          The first look at an exercise takes a moment.{' '}
          <a href={`/exercises/${encodeURIComponent(slug)}`}>Load the page again</a> to see them.
        </Empty>
      </div>
    )
  }
  if (tables.length === 0) {
    return (
      <div class="pad">
        <Empty title="No tables">This exercise begins with an empty database.</Empty>
      </div>
    )
  }
  return (
    <div class="pad stack">
      {tables.map((table, index) => (
        <TableCard table={table} attemptId={attemptId} place={index + 1} />
      ))}
    </div>
  )
}

function TableCard({ table, attemptId, place }: { table: TableFacts; attemptId: string; place: number }): SafeHtml {
  const address = `/attempts/${encodeURIComponent(attemptId)}/tables/${encodeURIComponent(table.name)}`
  return (
    <div class="er">
      <h2>
        {table.name} {table.rows === null ? null : <small>{counted(table.rows, 'row')}</small>}
      </h2>
      <ul>
        {table.columns.map((column) => (
          <li>
            {column.isKey ? <Icon name="key-round" /> : column.references !== null ? <Icon name="link-2" /> : <i />}
            <span>
              {column.name}
              {column.isKey ? <span class="sr">, key</span> : null}
            </span>
            <small>
              {column.type}
              {column.references === null ? '' : ` → ${column.references}`}
              {column.isNullable ? ', null' : ''}
            </small>
          </li>
        ))}
      </ul>
      <div class="first-rows" id={`rows-${place}`}>
        <a
          href={address}
          hx-get={address}
          hx-target={`#rows-${place}`}
          hx-swap="innerHTML"
          aria-label={`First rows of ${table.name}`}
        >
          <Icon name="table-2" />
          First rows
        </a>
      </div>
    </div>
  )
}

/** The rows below the columns, folded away at will. */
export function UnfoldedRows(props: TableRowsProps): SafeHtml {
  return (
    <details open>
      <summary>First rows</summary>
      <FirstRows {...props} isFocused />
    </details>
  )
}

/** The rows and how many there are. `isFocused`: the rows take the focus. */
export function FirstRows({
  name,
  columns,
  rows,
  total,
  isFocused,
}: TableRowsProps & { isFocused: boolean }): SafeHtml {
  return (
    <>
      <section class="scroll" tabindex="0" aria-label={`First rows of ${name}`} autofocus={isFocused}>
        <Grid columns={columns} rows={rows} label={`First rows of ${name}`} />
      </section>
      <p class="note-line faint" data-announce="polite">
        {rows.length === 0
          ? 'The table is empty.'
          : total !== null && total > rows.length
            ? `${count(rows.length)} of ${counted(total, 'row')}, as the exercise begins.`
            : `${counted(rows.length, 'row')}, as the exercise begins.`}
      </p>
    </>
  )
}
