/** An error as PostgreSQL gives it, with the place and, where there is one, a plain explanation. */
import { nothing, type SafeHtml } from '#jsx/jsx-runtime'
import type { SqlError } from '../../src/pods/run.ts'
import { explainSqlState, lineAndColumn } from './sql-state.ts'

/** An error and the text it speaks of. */
export interface SqlErrorProps {
  error: SqlError
  /** The whole text that was run: positions count in it. */
  sql: string
}

/** `, line 9`, or nothing where PostgreSQL named no place. */
export function placeOf({ error, sql }: SqlErrorProps): string {
  return error.position === null ? '' : `, line ${lineAndColumn(sql, error.position).line}`
}

/** Of the line with the error, so much goes along, so that the editor can tell whether it still has it. */
const errorLineMax = 500

/** A link to the place, which the editor's script follows; without it the link leads to the editor. */
export function GoToError({ error, sql }: SqlErrorProps): SafeHtml {
  if (error.position === null) return nothing
  const { line, column } = lineAndColumn(sql, error.position)
  return (
    <a
      class="btn sm"
      href="#sql"
      data-error-position={error.position}
      data-error-column={column - 1}
      data-error-line={sql.split('\n')[line - 1]?.slice(0, errorLineMax)}
      data-error-message={error.message}
    >
      Go to line {line}
    </a>
  )
}

/** Message, excerpt with the place marked, detail, hint, explanation, code. */
export function SqlErrorBlock({ error, sql }: SqlErrorProps): SafeHtml {
  const explanation = explainSqlState(error.code)
  return (
    <div class="fault stack">
      <p class="mono">
        <b>ERROR</b> {error.message}
      </p>
      {error.position === null ? null : <Excerpt sql={sql} position={error.position} />}
      <dl class="facts">
        {fact('Detail', error.detail)}
        {fact('Hint', error.hint)}
        {fact('In short', explanation)}
        {fact('SQLSTATE', error.code)}
      </dl>
    </div>
  )
}

function fact(name: string, value: string | null): SafeHtml {
  return value === null || value === '' ? (
    nothing
  ) : (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** The line of the error with a mark under the place. */
function Excerpt({ sql, position }: { sql: string; position: number }): SafeHtml {
  const { line, column } = lineAndColumn(sql, position)
  const text = sql.split('\n')[line - 1] ?? ''
  const start = Math.max(0, column - 61)
  const shown = text.slice(start, start + 120)
  const mark = column - 1 - start
  return (
    <pre class="excerpt" tabindex="0">
      <span class="faint">{line} </span>
      {shown.slice(0, mark)}
      <u>{shown.slice(mark, mark + 1) || ' '}</u>
      {shown.slice(mark + 1)}
    </pre>
  )
}
