/** What a run returned: every statement in order, with rows, counts, notices and errors. */
import { type Child, nothing, type SafeHtml } from '#jsx/jsx-runtime'
import type { Notice, RunEnd, RunResult, StatementResult } from '../../src/pods/run.ts'
import { Empty, Say } from '../parts/say.tsx'
import { lookOf, type StateLook } from '../parts/state.tsx'
import { count, counted, duration, shortened } from '../parts/text.tsx'
import { Grid } from './grid.tsx'
import { type LostOffer, LostSay } from './lost.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { readPlan } from './plan.ts'
import { PlanTree } from './plan-tree.tsx'
import { GoToError, placeOf, SqlErrorBlock } from './sql-error.tsx'

/** A run and the text it ran. */
export interface RunPaneProps {
  kind: 'run'
  /** The whole text of the editor: error positions count in it. */
  sql: string
  /** `sql` is what was run, which the editor's text no longer holds: no place in the editor can be named. */
  isElsewhere?: boolean
  result: RunResult
  /** The run began in a fresh database because the one before was lost with its changes; null where nothing was. */
  lost: LostOffer | null
}

/** Why a run ended early, and what helps. */
const ends: Record<Exclude<RunEnd, 'completed' | 'error'>, { look: StateLook; title: string; help: string }> = {
  time_limit: {
    look: lookOf('time_limit'),
    title: 'Stopped at the time limit.',
    help: 'A join without a condition or a recursion without an end are the usual causes.',
  },
  memory_limit: {
    look: lookOf('memory_limit'),
    title: 'Stopped: it needed more memory than a sandbox has.',
    help: 'Filter rows before sorting or joining them.',
  },
  disk_limit: {
    look: lookOf('memory_limit'),
    title: 'Stopped: it needed more disk than a sandbox has.',
    help: 'What did not fit was undone. Reset brings a fresh database.',
  },
  output_limit: {
    look: lookOf('output_limit'),
    title: 'Stopped: it returned more than a page can take.',
    help: 'The rows up to there are below. LIMIT shows fewer.',
  },
  cancelled: {
    look: { hue: 'idle', shape: 'idle', word: 'Cancelled' },
    title: 'Cancelled.',
    help: 'The statement was stopped; nothing of it was kept.',
  },
  lost: {
    look: lookOf('internal_error'),
    title: 'The sandbox went away while this ran.',
    help: 'Your text is safe. Run again: a fresh database takes its place.',
  },
}

/** The pane after a run. */
export function RunPane({ sql, result, lost, isElsewhere = false }: RunPaneProps): SafeHtml {
  const { statements } = result
  const messages = messagesOf(result, sql)
  const failed = statements.find((statement) => statement.error !== null)
  const hasRows = statements.some((statement) => statement.columns.length > 0)
  const plan = planTab(statements)
  const rows = statements.reduce((sum, statement) => sum + statement.rows.length, 0)
  return (
    <PaneTabs
      label="Result of the run"
      open={plan.length > 0 ? 'pane-plan' : failed === undefined || hasRows ? 'pane-rows' : 'pane-messages'}
      aside={
        <>
          {duration(result.durationMs)}
          {statements.length > 1 ? ` · ${counted(statements.length, 'statement')}` : ''}
        </>
      }
      above={
        <>
          {lost === null ? nothing : <LostSay {...lost} />}
          <RunSay sql={sql} result={result} isElsewhere={isElsewhere} />
        </>
      }
      tabs={[
        {
          id: 'pane-rows',
          name: 'Rows',
          count: hasRows ? count(rows) : null,
          panel: <Statements statements={statements} />,
        },
        ...plan,
        {
          id: 'pane-messages',
          name: 'Messages',
          count: messages.length || null,
          panel: <Messages messages={messages} />,
        },
      ]}
    />
  )
}

/** A bar only where something needs saying: rows speak for themselves. */
function RunSay({ sql, result, isElsewhere }: { sql: string; result: RunResult; isElsewhere: boolean }): SafeHtml {
  const failed = result.statements.find((statement) => statement.error !== null)
  if (result.end !== 'completed' && result.end !== 'error') {
    const { look, title, help } = ends[result.end]
    return <Say look={look} title={title} help={help} />
  }
  if (failed?.error) {
    const error = failed.error
    const said = shortened(error.message)
    const place = `${placeOf({ error, sql })}${isElsewhere && error.position !== null ? ' of what was run' : ''}`
    const help = (
      <>
        <code>{said}</code>
        {place}
        {place === '' && /[.…]$/.test(said) ? '' : '.'}
        {error.hint ? ` ${shortened(error.hint)}` : ''}
      </>
    )
    return (
      <Say
        look={lookOf('runtime_error')}
        title={failureTitle(result)}
        help={help}
        action={isElsewhere ? undefined : <GoToError error={error} sql={sql} />}
      />
    )
  }
  if (result.isRolledBack) {
    return (
      <Say
        look={{ hue: 'slow', shape: 'warn' }}
        title="The open transaction was rolled back."
        help="A run is a session of its own. End it with COMMIT to keep what it changed."
      />
    )
  }
  return (
    <p class="sr" data-announce="polite">
      {summary(result)}
    </p>
  )
}

/** Names the statement where there are several: those before it did run. */
function failureTitle({ statements }: RunResult): string {
  if (statements.length < 2) return 'The query did not run.'
  return `Statement ${statements.findIndex(({ error }) => error !== null) + 1} did not run.`
}

function summary(result: RunResult): string {
  return result.statements.map(outcome).join('. ') || 'There was nothing to run.'
}

/** The first line that says something, without the rest of a long statement. */
function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '' && !candidate.trim().startsWith('--')) ?? ''
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** `24 rows`, `3 rows changed by UPDATE`, `CREATE TABLE`. */
function outcome(statement: StatementResult): string {
  if (statement.error !== null) return 'Did not run'
  if (statement.columns.length > 0) return counted(statement.rowCount ?? statement.rows.length, 'row')
  if (statement.rowCount !== null) return `${statement.command}: ${counted(statement.rowCount, 'row')}`
  return statement.command || 'Done'
}

function Statements({ statements }: { statements: readonly StatementResult[] }): SafeHtml {
  if (statements.length === 0) {
    return (
      <div class="pad">
        <Empty title="Nothing to run">The text holds no statement, only blanks or comments.</Empty>
      </div>
    )
  }
  const isAlone = statements.length === 1
  return (
    <>
      {statements.map((statement, index) => (
        <div class="statement">
          {isAlone && statement.columns.length > 0 ? null : (
            <StatementHead statement={statement} number={index + 1} isAlone={isAlone} />
          )}
          <StatementBody statement={statement} number={index + 1} />
        </div>
      ))}
    </>
  )
}

function StatementHead({
  statement,
  number,
  isAlone,
}: {
  statement: StatementResult
  number: number
  isAlone: boolean
}): SafeHtml {
  return (
    <div class="statement-head">
      {isAlone ? null : <span class="faint num">{number}</span>}
      <code>{firstLine(statement.text)}</code>
      <b class={statement.error === null ? null : 'v fail'}>{outcome(statement)}</b>
      <span class="push faint">{duration(statement.durationMs)}</span>
    </div>
  )
}

function StatementBody({ statement, number }: { statement: StatementResult; number: number }): SafeHtml {
  if (statement.columns.length === 0) return nothing
  return (
    <>
      <Grid columns={statement.columns} rows={statement.rows} label={`Rows of statement ${number}`} />
      {statement.rows.length > 0 || statement.truncatedBy !== null ? null : (
        <p class="note-line muted">
          {statement.error === null ? 'No rows. The query ran and nothing matched.' : 'No rows came before it ended.'}
        </p>
      )}
      {statement.truncatedBy === null ? null : <Truncated statement={statement} />}
    </>
  )
}

function Truncated({ statement }: { statement: StatementResult }): SafeHtml {
  const kept = counted(statement.rows.length, 'row')
  const total =
    statement.rowCount !== null && statement.rowCount > statement.rows.length ? ` of ${count(statement.rowCount)}` : ''
  const why = statement.truncatedBy === 'rows' ? 'a result keeps no more rows' : 'a result keeps no more bytes'
  return (
    <p class="note-line slow-ink">
      Cut short: {kept}
      {total} kept, because {why}.
    </p>
  )
}

/** The plan of the first EXPLAIN that was run: a tree, or its text where it can't be read. */
function planTab(statements: readonly StatementResult[]): { id: string; name: string; panel: Child }[] {
  const explain = statements.find(
    (statement) => statement.columns.length === 1 && statement.columns[0]?.name === 'QUERY PLAN',
  )
  if (explain === undefined) return []
  const plan = readPlan(explain.rows)
  const text = explain.rows.map((row) => row[0] ?? '').join('\n')
  const panel = plan === null ? <pre class="plan-text">{text}</pre> : <PlanTree plan={plan} text={text} />
  return [{ id: 'pane-plan', name: 'Plan', panel }]
}

function messagesOf(result: RunResult, sql: string): SafeHtml[] {
  return result.statements.flatMap((statement) => [
    ...statement.notices.map((notice) => <NoticeLine notice={notice} />),
    ...(statement.error === null ? [] : [<SqlErrorBlock error={statement.error} sql={sql} />]),
  ])
}

function NoticeLine({ notice }: { notice: Notice }): SafeHtml {
  return (
    <p class="mono">
      <b>{notice.severity}</b> {notice.message}
      {notice.detail === null ? null : <span class="muted"> {notice.detail}</span>}
      {notice.hint === null ? null : <span class="muted"> {notice.hint}</span>}
    </p>
  )
}

function Messages({ messages }: { messages: readonly SafeHtml[] }): SafeHtml {
  return (
    <div class="pad stack">
      {messages.length === 0 ? <p class="muted">No messages. PostgreSQL had nothing to add.</p> : messages}
    </div>
  )
}
