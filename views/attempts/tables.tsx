/** The tables of a database: drawn, and as a list with columns, keys and, on demand, the first rows. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { Cell, Column } from '../../src/pods/run.ts'
import { Icon } from '../parts/icon.tsx'
import { Empty } from '../parts/say.tsx'
import { count, counted } from '../parts/text.tsx'
import { Diagram, type DiagramFacts } from './diagram.tsx'
import { Grid } from './grid.tsx'
import type { Tab } from './pane-tabs.tsx'

/** A table and what it points to. */
export interface TableFacts {
  name: string
  isView: boolean
  /** Null where nobody counted. */
  rows: number | null
  columns: readonly { name: string; type: string; isNullable: boolean; isKey: boolean }[]
  foreignKeys: readonly { columns: readonly string[]; table: string; referenced: readonly string[] }[]
}

/** What a database has. */
export interface SchemaFacts {
  tables: readonly TableFacts[]
  diagram: DiagramFacts | null
  /** The person's own database, after changes; else what the exercise begins with. */
  isOwn: boolean
  /** Another one for each reading: the editor fetches names anew where it changed. */
  key: string
}

/** The first rows of a table. */
export interface TableRowsProps {
  name: string
  columns: readonly Column[]
  rows: readonly Cell[][]
  /** How many there are; null where nobody counted. */
  total: number | null
  /** Of the person's own database, after changes. */
  isOwn: boolean
}

/** Whose page it is. */
interface TablesPlace {
  attemptId: string
  slug: string
}

/** Tables for a page that is open. */
export interface TablesShown extends TablesPlace {
  schema: SchemaFacts
}

/** What the list of tables is given. */
interface TablesProps extends TablesPlace {
  /** Null: they are still being read. */
  schema: SchemaFacts | null
  /** A sentence above them about what they are. */
  about?: string | null
}

const ownSentence = 'As your database is now, after what you changed. A reset brings the exercise’s tables back.'

/** Every table, drawn and as a list. */
export function Tables({ schema, about = null, ...place }: TablesProps): SafeHtml {
  if (schema === null) return <TablesLater slug={place.slug} />
  const { tables, diagram, isOwn, key } = schema
  const sentence = isOwn ? ownSentence : about
  return (
    <div class="pad stack" data-schema={key}>
      {sentence === null ? null : <p class="muted">{sentence}</p>}
      {tables.length === 0 ? (
        <Empty title="No tables">
          {isOwn ? 'Your database has no tables now.' : 'This exercise begins with an empty database.'}
        </Empty>
      ) : null}
      {diagram === null ? null : <Diagram diagram={diagram} />}
      {tables.map((table, index) => (
        <TableCard table={table} attemptId={place.attemptId} number={index + 1} />
      ))}
    </div>
  )
}

/** The tab of the page that has them. */
export function tablesTab(props: TablesProps): Tab {
  const count = props.schema?.tables.length || null
  return { id: 'pane-tables', name: 'Tables', count, panel: <div id="tables">{<Tables {...props} />}</div> }
}

/** Asks again by itself; without scripts a link does. */
function TablesLater({ slug }: { slug: string }): SafeHtml {
  const address = `/exercises/${encodeURIComponent(slug)}`
  const again = { 'hx-get': address, 'hx-trigger': 'load delay:3s', 'hx-target': '#tables', 'hx-swap': 'innerHTML' }
  return (
    <div class="pad" {...again} hx-select="#tables > *" hx-select-oob="#pane-tables-count">
      <Empty title="Tables are being read">
        The first look at an exercise takes a moment. They show up here, or when you{' '}
        <a href={address}>load the page again</a>.
      </Empty>
    </div>
  )
}

/** The same in a page that has it already, with the number beside the tab's name. */
export function TablesOutOfBand({ schema, ...place }: TablesShown): SafeHtml {
  return (
    <>
      <div id="tables" hx-swap-oob="innerHTML">
        <Tables schema={schema} {...place} />
      </div>
      <span id="pane-tables-count" hx-swap-oob="innerHTML">
        {schema.tables.length || ''}
      </span>
    </>
  )
}

function TableCard({ table, attemptId, number }: { table: TableFacts; attemptId: string; number: number }): SafeHtml {
  const address = `/attempts/${encodeURIComponent(attemptId)}/tables/${encodeURIComponent(table.name)}`
  const composite = table.foreignKeys.filter(({ columns }) => columns.length > 1)
  return (
    <div class="er">
      <h2>
        {table.name}{' '}
        <small>
          {[table.isView ? 'view' : '', table.rows === null ? '' : counted(table.rows, 'row')].join(' ').trim()}
        </small>
      </h2>
      {table.columns.length === 0 ? <p class="note-line faint">No columns.</p> : null}
      <ul>
        {table.columns.map((column) => (
          <TableColumn column={column} table={table} />
        ))}
      </ul>
      {composite.map(({ columns, table: other, referenced }) => (
        <p class="er-pair">
          <Icon name="link-2" />
          <span>
            ({columns.join(', ')}) → {other} ({referenced.join(', ')})
          </span>
        </p>
      ))}
      <div class="first-rows" id={`rows-${number}`}>
        <a
          href={address}
          hx-get={address}
          hx-target={`#rows-${number}`}
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

/** A column, and each column elsewhere that it alone points to. */
function TableColumn({ column, table }: { column: TableFacts['columns'][number]; table: TableFacts }): SafeHtml {
  const targets = table.foreignKeys.flatMap(({ columns, table: other, referenced }) =>
    columns.length === 1 && columns[0] === column.name ? [`${other}.${referenced[0] ?? ''}`] : [],
  )
  const isLinked = table.foreignKeys.some(({ columns }) => columns.includes(column.name))
  return (
    <li>
      {column.isKey ? <Icon name="key-round" /> : isLinked ? <Icon name="link-2" /> : <i />}
      <span>
        {column.name}
        {column.isKey ? <span class="sr">, key</span> : null}
      </span>
      <small>
        {column.type}
        {column.isNullable && !table.isView ? ', null' : ''}
        {targets.map((target) => (
          <>
            <span class="sr">, points to</span> <span class="er-target">→ {target}</span>
          </>
        ))}
      </small>
    </li>
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
export function FirstRows(props: TableRowsProps & { isFocused: boolean }): SafeHtml {
  const { name, columns, rows, isFocused } = props
  return (
    <>
      <section class="scroll" tabindex="0" aria-label={`First rows of ${name}`} autofocus={isFocused}>
        <Grid columns={columns} rows={rows} label={`First rows of ${name}`} />
      </section>
      <p class="note-line faint" data-announce="polite">
        {howMany(props)}
      </p>
    </>
  )
}

function howMany({ rows, total, isOwn }: TableRowsProps): string {
  if (rows.length === 0) return 'The table is empty.'
  const when = isOwn ? 'as your database is now' : 'as the exercise begins'
  if (total !== null && total > rows.length) return `${count(rows.length)} of ${counted(total, 'row')}, ${when}.`
  return `${isOwn && total === null ? 'The first ' : ''}${counted(rows.length, 'row')}, ${when}.`
}
