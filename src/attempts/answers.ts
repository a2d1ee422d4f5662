/** What the API answers of runs and verdicts: Elysia schemas, which are also the documentation, and the mapping. */
import { type Static, type TSchema, t } from 'elysia'
import type { RunResult, SqlError, StatementResult } from '../pods/run.ts'

const nullable = <S extends TSchema>(schema: S) => t.Union([schema, t.Null()])

/** An error as PostgreSQL gives it. */
export const sqlErrorSchema = t.Object({
  code: t.String({ description: 'SQLSTATE' }),
  message: t.String(),
  detail: nullable(t.String()),
  hint: nullable(t.String()),
  position: nullable(t.Integer({ description: 'Zero-based, in UTF-16 code units of the text that was sent' })),
})

const statementSchema = t.Object({
  text: t.String(),
  command: t.String({ description: 'The word of the command tag, empty where the statement failed' }),
  columns: t.Array(t.Object({ name: t.String(), type: t.String() })),
  rows: t.Array(t.Array(nullable(t.String())), { description: 'Values as PostgreSQL writes them; null is NULL' }),
  row_count: nullable(t.Integer({ description: 'Rows returned or changed' })),
  truncated_by: nullable(t.Union([t.Literal('rows'), t.Literal('bytes')])),
  notices: t.Array(
    t.Object({ severity: t.String(), message: t.String(), detail: nullable(t.String()), hint: nullable(t.String()) }),
  ),
  duration_ms: t.Number(),
  error: nullable(sqlErrorSchema),
})

const endSchema = t.Union([
  t.Literal('completed'),
  t.Literal('error'),
  t.Literal('time_limit'),
  t.Literal('memory_limit'),
  t.Literal('disk_limit'),
  t.Literal('output_limit'),
  t.Literal('cancelled'),
  t.Literal('lost'),
])

/** The answer of `POST /api/execute`. */
export const executeAnswerSchema = t.Object({
  attempt: t.String(),
  end: endSchema,
  is_rolled_back: t.Boolean({ description: 'A transaction was still open at the end and was rolled back' }),
  sandbox_lost: nullable(t.String({ description: 'Why an earlier sandbox with changes of yours is gone' })),
  duration_ms: t.Number(),
  statements: t.Array(statementSchema),
})

/** The answer of `POST /api/execute`, as a value. */
export type ExecuteAnswer = Static<typeof executeAnswerSchema>

/** Maps a run to its answer. */
export function executeAnswer(attempt: string, result: RunResult, sandboxLost: string | null): ExecuteAnswer {
  return {
    attempt,
    end: result.end,
    is_rolled_back: result.isRolledBack,
    sandbox_lost: sandboxLost,
    duration_ms: result.durationMs,
    statements: result.statements.map(statementAnswer),
  }
}

/** Maps an error to its answer. */
export function sqlErrorAnswer(error: SqlError): Static<typeof sqlErrorSchema> {
  const { code, message, detail, hint, position } = error
  return { code, message, detail, hint, position }
}

function statementAnswer(statement: StatementResult): Static<typeof statementSchema> {
  return {
    text: statement.text,
    command: statement.command,
    columns: statement.columns.map(({ name, type }) => ({ name, type })),
    rows: statement.rows,
    row_count: statement.rowCount,
    truncated_by: statement.truncatedBy,
    notices: statement.notices,
    duration_ms: statement.durationMs,
    error: statement.error === null ? null : sqlErrorAnswer(statement.error),
  }
}
