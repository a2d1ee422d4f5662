/** Values of a result as people can tell them apart: NULL, empty text, blanks at an end, line breaks, long text. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Cell, Column } from '../../src/pods/run.ts'

/** Longest text that a cell shows at once, in characters. */
const cellCharactersMax = 60

const numericTypes = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'money', 'oid'])

/** Whether a column's values stand at the right. */
export function isNumeric(column: Column | undefined): boolean {
  return column !== undefined && numericTypes.has(column.type)
}

/** What stands inside a cell. */
export function cellContent(value: Cell): Child {
  if (value === null) return <i>NULL</i>
  if (value === '') return <i>''</i>
  if (value.length > cellCharactersMax) {
    return (
      <details class="long">
        <summary>{visible(value.slice(0, cellCharactersMax))}…</summary>
        <pre>{value}</pre>
      </details>
    )
  }
  return visible(value)
}

/** A table cell of a result; one that differs from what is expected is marked. */
export function CellOf({
  value,
  column,
  differs = false,
}: {
  value: Cell
  column: Column | undefined
  differs?: boolean
}): SafeHtml {
  const isEmpty = value === null || value === ''
  const classes = [isNumeric(column) ? 'n' : '', isEmpty ? 'null' : '', differs ? 'cell' : ''].filter(Boolean)
  // Copying takes the value itself where something else is shown in its place.
  const isOther = value !== null && value !== '' && (value.length > cellCharactersMax || visible(value) !== value)
  return (
    <td class={classes.length > 0 ? classes.join(' ') : null} data-value={isOther ? value : null}>
      {cellContent(value)}
    </td>
  )
}

/** Blanks at an end as `·`, line breaks as `↵`, tabs as `⇥`: each would otherwise look like nothing. */
function visible(text: string): string {
  return text
    .replace(/^ +| +$/g, (blanks) => '·'.repeat(blanks.length))
    .replaceAll('\r\n', '↵')
    .replaceAll('\n', '↵')
    .replaceAll('\t', '⇥')
}
