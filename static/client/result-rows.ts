/** A result's rows out of its table, as CSV and as text for the clipboard. */

/** A value as it was returned; null is NULL. */
export type Value = string | null

/** CSV after RFC 4180. NULL is nothing between the commas, empty text a pair of quotes. */
export function csvOf(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => `${row.map(csvValue).join(',')}\r\n`).join('')
}

function csvValue(value: Value): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** Tabs and lines, as spreadsheets take them; line breaks and tabs inside values become blanks. */
export function clipboardText(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => row.map((value) => (value ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

/** The names of the columns and all rows, also those not yet unfolded. */
export function rowsOf(table: HTMLTableElement): Value[][] {
  const head = [...table.querySelectorAll('thead th:not(.corner)')].map((cell) => cell.firstChild?.textContent ?? '')
  const rows = [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map(cellValue))
  return [head, ...rows]
}

/** What a cell shows differs from its value where blanks and breaks were made visible; then it carries the value. */
function cellValue(cell: HTMLTableCellElement): Value {
  if (cell.dataset.value !== undefined) return cell.dataset.value
  if (!cell.classList.contains('null')) return cell.textContent
  return cell.textContent === 'NULL' ? null : ''
}
