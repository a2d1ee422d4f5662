/** A statement's rows as a table. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Cell, Column } from '../../src/pods/run.ts'
import { Icon } from '../parts/icon.tsx'
import { count } from '../parts/text.tsx'
import { CellOf, isNumeric } from './cell.tsx'

/** Rows in a chunk: the page shows the first chunk and unfolds one more at a time. */
const chunkRows = 500

/** Most rows a page carries; more belong into a file, not into a page. */
const pageRowsMax = 2000

/** A result's columns with their types. */
export function GridHead({ columns, first }: { columns: readonly Column[]; first: string }): SafeHtml {
  return (
    <thead>
      <tr>
        <th scope="col" class="corner">
          {first}
        </th>
        {columns.map((column) => (
          <th scope="col" class={isNumeric(column) ? 'n' : null}>
            {column.name}
            <small>{column.type}</small>
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** A sticky head, row numbers, and chunks of rows that `static/client/grid.ts` unfolds. */
export function Grid({
  columns,
  rows,
  label,
}: {
  columns: readonly Column[]
  rows: readonly Cell[][]
  label: string
}): SafeHtml {
  const shown = rows.slice(0, pageRowsMax)
  const chunks: SafeHtml[] = []
  for (let start = 0; start < shown.length; start += chunkRows) {
    chunks.push(
      <tbody>{shown.slice(start, start + chunkRows).map((row, index) => gridRow(row, start + index, columns))}</tbody>,
    )
  }
  return (
    <podium-grid>
      <table class="grid" aria-label={label}>
        <GridHead columns={columns} first="#" />
        {chunks}
      </table>
      <button type="button" class="btn sm more" data-more hidden>
        Show {chunkRows} more
      </button>
      {rows.length === 0 ? null : (
        <div class="row tight grid-acts" data-acts hidden>
          <button type="button" class="btn sm quiet" data-copy>
            <Icon name="copy" />
            Copy
          </button>
          <button type="button" class="btn sm quiet" data-csv>
            <Icon name="download" />
            CSV
          </button>
          <span class="faint" data-said />
        </div>
      )}
      {rows.length > pageRowsMax ? (
        <p class="faint note-line">
          The page shows the first {count(pageRowsMax)} of {count(rows.length)} rows.
        </p>
      ) : null}
    </podium-grid>
  )
}

function gridRow(row: readonly Cell[], index: number, columns: readonly Column[]): SafeHtml {
  return (
    <tr>
      <th scope="row">{index + 1}</th>
      {row.map((value, place) => (
        <CellOf value={value} column={columns[place]} />
      ))}
    </tr>
  )
}
