/** The API of running and parsing. */
import { Elysia, t } from 'elysia'
import { requestViewer, requireViewer } from '../accounts/request-viewer.ts'
import { addressKey } from '../http/client-address.ts'
import { requestFacts } from '../http/edge.ts'
import { executeAnswer, executeAnswerSchema } from './answers.ts'
import { openAttempt } from './attempt.ts'
import { oneAnswerAtATime, paceSubmission, paceValidation } from './pace.ts'
import { type AttemptParts, holderOf, textLengthMax } from './routes.ts'
import { run } from './run.ts'
import { submit } from './submit.ts'

const work = t.Object({
  exercise: t.String({ maxLength: 200, description: "The exercise's slug" }),
  sql: t.String({ maxLength: textLengthMax, description: 'One or more statements' }),
})

/** Routes of /api/execute, /api/submissions and /api/validate. */
export function attemptApiRoutes(parts: AttemptParts) {
  const { bench, desk, library } = parts
  return new Elysia()
    .use(requestViewer(parts.door))
    .post(
      '/api/execute',
      async ({ body, viewer: someone, request }) => {
        const viewer = requireViewer(someone)
        const { attempt, exercise } = await openAttempt(bench.sql, library, { slug: body.exercise, viewer })
        const holder = holderOf(viewer, request)
        const outcome = await run(bench, { attempt, exercise, holder, sql: body.sql, selection: null })
        return executeAnswer(attempt.id, outcome.result, outcome.lost?.reason ?? null)
      },
      {
        body: work,
        response: { 200: executeAnswerSchema },
        detail: { summary: 'Run SQL in your sandbox of an exercise' },
      },
    )
    .post(
      '/api/submissions',
      async ({ body, viewer: someone, request }) => {
        const viewer = requireViewer(someone)
        paceSubmission(holderOf(viewer, request))
        const { attempt, exercise } = await openAttempt(bench.sql, library, { slug: body.exercise, viewer })
        const { id, submittedAt, verdict } = await oneAnswerAtATime(viewer.userId, () =>
          submit(desk, { attempt, exercise, answer: body.sql }),
        )
        return {
          id,
          submitted_at: submittedAt.toISOString(),
          is_correct: verdict.kind === 'accepted',
          verdict: verdict.kind,
          is_nearly: verdict.isNearly,
          summary: verdict.summary,
          help: verdict.help,
          difference: verdict.difference,
          error: verdict.error,
        }
      },
      { body: work, detail: { summary: 'Hand in an answer and get its verdict' } },
    )
    .post(
      '/api/validate',
      async ({ body, request }) => {
        paceValidation(addressKey(requestFacts(request).address))
        const error = await bench.parser.validate(body.sql)
        return { is_valid: error === null, error }
      },
      {
        body: t.Object({ sql: t.String({ maxLength: textLengthMax }) }),
        detail: { summary: "Check the syntax with PostgreSQL's own parser; runs nothing" },
      },
    )
}
