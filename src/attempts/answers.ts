/** What the API answers of runs and verdicts: Elysia schemas, which are also the documentation, and the mapping. */
import { type Static, type TSchema, t } from 'elysia'
import type { RowsDifference, Verdict } from '../grading/verdict.ts'
import type { RunResult, SqlError, StatementResult } from '../pods/run.ts'
import type { Attempt } from '../store/attempts.ts'
import type { Draft } from '../store/drafts.ts'
import type { AttemptEvent } from '../store/events.ts'
import { codeResultsAnswer, codeResultsSchema, programSchema } from './code-answers.ts'

const nullable = <S extends TSchema>(schema: S) => t.Union([schema, t.Null()])

/** An error as PostgreSQL gives it. */
export const sqlErrorSchema = t.Object({
  code: t.String({ description: 'SQLSTATE' }),
  message: t.String(),
  detail: nullable(t.String()),
  hint: nullable(t.String()),
  position: nullable(t.Integer({ description: 'Zero-based, in UTF-16 code units of the text that was sent' })),
})

/** What PostgreSQL's parser says of a text that is no SQL. */
export const syntaxErrorSchema = t.Object({
  message: t.String(),
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
  statements: t.Array(statementSchema, { description: 'With SQL exercises' }),
  program: nullable(programSchema),
  tests: nullable(codeResultsSchema),
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
    program: null,
    tests: null,
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

const cell = nullable(t.String())

const differenceSchema = t.Object({
  columns: t.Array(t.Object({ name: t.String(), type: t.String() })),
  columns_missing: t.Array(t.String()),
  columns_extra: t.Array(t.String()),
  columns_expected: t.Array(t.String()),
  columns_given: t.Array(t.String()),
  columns_mistyped: t.Array(t.Object({ name: t.String(), expected: t.String(), given: t.String() })),
  rows_missing: t.Integer(),
  rows_extra: t.Integer(),
  rows_differing: t.Integer(),
  rows_expected: t.Integer(),
  rows_given: t.Integer(),
  order_by: nullable(t.Array(t.String(), { description: 'Right rows in the wrong order: what decides it' })),
  rows: t.Array(
    t.Object({
      state: t.String({ description: '`missing`, `extra`, `differs` or `same`' }),
      number: nullable(t.Integer()),
      number_expected: nullable(t.Integer()),
      cells: t.Array(t.Object({ value: cell, expected: t.Optional(cell) })),
    }),
    { description: 'At most 50 rows of visible data' },
  ),
})

/** A graded answer, or one that waits for its verdict. */
export const submissionSchema = t.Object({
  id: t.String(),
  attempt: t.String(),
  exercise: t.String(),
  submitted_at: t.String({ format: 'date-time' }),
  is_correct: nullable(t.Boolean({ description: 'null until it is graded' })),
  verdict: nullable(t.String({ description: '`accepted`, `wrong_answer`, `time_limit`, …; null until it is graded' })),
  score: nullable(
    t.Number({
      description:
        'What it is worth, from 0 to 1. 1: accepted. Between 0 and 1 only where the exercise has `gives_part`. null until it is graded',
    }),
  ),
  is_nearly: t.Boolean({ description: 'A wrong answer with most of it right' }),
  summary: t.String({ description: 'The first cause in one sentence' }),
  help: nullable(t.String()),
  differences: nullable(differenceSchema),
  table: nullable(t.String({ description: 'The table whose content differs; null where a result does' })),
  violations: t.Array(
    t.Object({
      kind: t.String({ description: '`check`, `plan`, `construct` or `table`' }),
      name: t.String(),
      message: t.String(),
      detail: nullable(t.String({ description: 'What was found' })),
    }),
  ),
  datasets_passed: t.Integer({ description: 'Datasets on which the answer was right, hidden ones included' }),
  datasets_graded: t.Integer(),
  error: nullable(sqlErrorSchema),
  tests: nullable(codeResultsSchema),
})

/** Maps a submission to its answer. */
export function submissionAnswer(given: {
  id: string
  attemptId: string
  exerciseSlug: string
  submittedAt: Date
  verdict: Verdict | null
  score: number | null
}): Static<typeof submissionSchema> {
  const { verdict } = given
  return {
    id: given.id,
    attempt: given.attemptId,
    exercise: given.exerciseSlug,
    submitted_at: given.submittedAt.toISOString(),
    is_correct: verdict === null ? null : verdict.kind === 'accepted',
    verdict: verdict?.kind ?? null,
    score: given.score,
    is_nearly: verdict?.isNearly ?? false,
    summary: verdict?.summary ?? '',
    help: verdict?.help ?? null,
    differences: verdict?.difference == null ? null : differenceAnswer(verdict.difference),
    table: verdict?.table ?? null,
    violations: (verdict?.violations ?? []).map(({ kind, name, message, detail = null }) => ({
      ...{ kind, name, message, detail },
    })),
    datasets_passed: verdict?.datasetsPassed ?? 0,
    datasets_graded: verdict?.datasetsGraded ?? 0,
    error: verdict?.error == null ? null : sqlErrorAnswer(verdict.error),
    tests: verdict?.code === undefined ? null : codeResultsAnswer(verdict.code),
  }
}

function differenceAnswer(difference: RowsDifference): Static<typeof differenceSchema> {
  return {
    columns: difference.columns.map(({ name, type }) => ({ name, type })),
    columns_missing: difference.columnsMissing,
    columns_extra: difference.columnsExtra,
    columns_expected: difference.columnsExpected,
    columns_given: difference.columnsGiven,
    columns_mistyped: difference.columnsMistyped,
    rows_missing: difference.rowsMissing,
    rows_extra: difference.rowsExtra,
    rows_differing: difference.rowsDiffering,
    rows_expected: difference.rowsExpected,
    rows_given: difference.rowsGiven,
    order_by: difference.orderBy,
    rows: difference.rows.map(({ state, number, numberExpected, cells }) => ({
      state,
      number,
      number_expected: numberExpected ?? null,
      cells: cells.map(({ value, expected }) => (expected === undefined ? { value } : { value, expected })),
    })),
  }
}

/** The answer of `GET /api/attempts/:id`. */
export const attemptSchema = t.Object({
  id: t.String(),
  exercise: t.String(),
  exercise_version: t.String(),
  outcome: t.String({ description: 'The best that came of it: `opened`, `tried`, `nearly` or `accepted`' }),
  accepted_at: nullable(t.String({ format: 'date-time' })),
  best_score: t.Number({ description: 'The most that an answer of it was worth, from 0 to 1; it never falls' }),
  hints_shown: t.Integer(),
  is_given_up: t.Boolean(),
  created_at: t.String({ format: 'date-time' }),
  last_active_at: t.String({ format: 'date-time' }),
  draft: nullable(t.Object({ version: t.Integer(), text: t.String(), saved_at: t.String({ format: 'date-time' }) })),
  events: t.Array(
    t.Object({
      position: t.Integer(),
      kind: t.String({ description: '`opened`, `run`, `reset`, `hint`, `submission`, `verdict`, …' }),
      at: t.String({ format: 'date-time' }),
      payload: t.Record(t.String(), t.Unknown()),
    }),
    { description: 'The log, the oldest first; a page of it' },
  ),
  next: nullable(t.Integer({ description: 'Send it as `after` for the next page of the log; null at its end' })),
})

/** Maps an attempt with a page of its log to its answer. */
export function attemptAnswer(
  attempt: Attempt,
  { draft, events, limit }: { draft: Draft | null; events: readonly AttemptEvent[]; limit: number },
): Static<typeof attemptSchema> {
  return {
    id: attempt.id,
    exercise: attempt.exerciseSlug,
    exercise_version: attempt.exerciseVersion,
    outcome: attempt.outcome,
    accepted_at: attempt.acceptedAt?.toISOString() ?? null,
    best_score: attempt.bestScore,
    hints_shown: attempt.hintsShown,
    is_given_up: attempt.solutionShownAt !== null,
    created_at: attempt.createdAt.toISOString(),
    last_active_at: attempt.lastActiveAt.toISOString(),
    draft: draft && { version: draft.version, text: draft.text, saved_at: draft.savedAt.toISOString() },
    events: events.map(({ position, kind, createdAt, payload }) => ({
      position,
      kind,
      at: createdAt.toISOString(),
      payload,
    })),
    next: events.length < limit ? null : (events.at(-1)?.position ?? null),
  }
}
