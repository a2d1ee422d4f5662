/** The API of running, handing in and parsing, and of what came of it. */
import { Elysia, t } from 'elysia'
import { requestViewer, requireViewer } from '../accounts/request-viewer.ts'
import type { Viewer } from '../accounts/viewer.ts'
import { decodeAnswer } from '../catalog/answer-files.ts'
import { Failure } from '../failure.ts'
import type { Verdict } from '../grading/verdict.ts'
import { addressKey } from '../http/client-address.ts'
import { requestFacts } from '../http/edge.ts'
import { findAttempt } from '../store/attempts.ts'
import { latestDraft } from '../store/drafts.ts'
import { listEvents } from '../store/events.ts'
import { findSubmission, listSubmissions, type SubmissionOfExercise } from '../store/submissions.ts'
import {
  attemptAnswer,
  attemptSchema,
  executeAnswerSchema,
  submissionAnswer,
  submissionSchema,
  syntaxErrorSchema,
} from './answers.ts'
import { answerOfBody, executeBody, noNul, submissionBody } from './api-work.ts'
import { beganWith, openAttempt } from './attempt.ts'
import { filesSchema } from './code-answers.ts'
import { execute, executeInLines, wantsLines } from './execute.ts'
import type { AttemptParts } from './exercise-page.ts'
import { textLengthMax } from './form.ts'
import { holderOf } from './holder.ts'
import { leaderboardOf, leaderboardRowsMax } from './leaderboard.ts'
import { oneAnswerAtATime, paceSubmission, paceValidation } from './pace.ts'
import { submit } from './submit.ts'

/** Items of a page where nothing else is asked for, and at most. */
const pageLimit = 50
const pageLimitMax = 100
const pageLimitField = t.Optional(t.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimit }))

/** Routes of /api/attempts, /api/execute, /api/leaderboard, /api/submissions and /api/validate. */
export function attemptApiRoutes(parts: AttemptParts) {
  const { bench, desk } = parts
  return new Elysia()
    .use(requestViewer(parts.door))
    .post(
      '/api/execute',
      ({ body, viewer, request }) => {
        const wish = { parts, body, viewer: requireViewer(viewer), request }
        return wantsLines(request) ? executeInLines(wish) : execute(wish)
      },
      {
        body: executeBody,
        response: { 200: executeAnswerSchema },
        detail: {
          summary: 'Run SQL in your sandbox of an exercise, or a program in a box of its own',
          description:
            'With `accept: application/x-ndjson`, programs are answered line by line: `{"stream":"stdout","text":"…"}` for each piece of output as it comes, at last `{"result":{…}}` with what is answered otherwise, or `{"problem":{…}}`.',
        },
      },
    )
    .post(
      '/api/submissions',
      async ({ body, viewer: someone, request }) => {
        const viewer = requireViewer(someone)
        const holder = holderOf(viewer, request)
        paceSubmission(holder)
        const { attempt, exercise } = await openAttempt(parts, { slug: body.exercise, viewer })
        const answer = answerOfBody(exercise, body)
        const graded = await oneAnswerAtATime(viewer.userId, () => submit(desk, { attempt, exercise, answer, holder }))
        return submissionAnswer({ ...graded, attemptId: attempt.id, exerciseSlug: exercise.slug })
      },
      {
        body: submissionBody,
        response: { 200: submissionSchema },
        detail: {
          summary: 'Hand in an answer and get its verdict',
          description:
            'At most 30 at once, then 30 a minute. Of one attempt the latest 500 are kept, and the best one.',
        },
      },
    )
    .get(
      '/api/submissions',
      async ({ query, viewer: someone }) => {
        const viewer = requireViewer(someone)
        const { exercise: slug = null, before: beforeId = null, limit = pageLimit } = query
        const found = await listSubmissions<Verdict>(bench.sql, { viewer, slug, beforeId, limit })
        const next = found.length < limit ? null : (found.at(-1)?.id ?? null)
        return { submissions: found.map(submissionAnswer), next }
      },
      {
        query: t.Object({
          exercise: t.Optional(
            t.String({ maxLength: 200, pattern: noNul, description: 'Only those of this exercise' }),
          ),
          before: t.Optional(t.String({ maxLength: 64, description: '`next` of the page before' })),
          limit: pageLimitField,
        }),
        response: { 200: t.Object({ submissions: t.Array(submissionSchema), next: t.Union([t.String(), t.Null()]) }) },
        detail: { summary: 'Your answers, the latest first' },
      },
    )
    .get(
      '/api/submissions/:id',
      async ({ params, viewer: someone }) => {
        const found = await findSubmission<Verdict>(bench.sql, { id: params.id, viewer: requireViewer(someone) })
        if (found === null) throw new Failure('missing', 'There is no such answer of yours.')
        return { ...submissionAnswer(found), ...(await writtenOf(parts, found)) }
      },
      {
        response: {
          200: t.Object({
            ...submissionSchema.properties,
            sql: t.Union([t.String(), t.Null()]),
            files: t.Union([filesSchema, t.Null()]),
          }),
        },
        detail: { summary: 'One of your answers, as it was handed in' },
      },
    )
    .use(ownAttemptRoute(parts))
    .get(
      '/api/leaderboard',
      async ({ query, viewer }) => {
        const { track = null, limit = leaderboardRowsMax } = query
        const rows = await leaderboardOf(parts, { viewer, track, limit })
        return { track, rows: rows.map(({ rank, name, points, solved }) => ({ rank, name, points, solved })) }
      },
      {
        query: t.Object({
          track: t.Optional(t.String({ maxLength: 200, description: 'Only this track; all of them where left out' })),
          limit: t.Optional(t.Integer({ minimum: 1, maximum: leaderboardRowsMax, default: leaderboardRowsMax })),
        }),
        response: {
          200: t.Object({
            track: t.Union([t.String(), t.Null()]),
            rows: t.Array(t.Object({ rank: t.Integer(), name: t.String(), points: t.Integer(), solved: t.Integer() })),
          }),
        },
        detail: {
          summary: 'Who has how many points',
          description:
            'Points for a part count, `solved` are passed exercises. Guests, authors, administrators and people who opted out are not on it.',
        },
      },
    )
    .post(
      '/api/validate',
      async ({ body, request }) => {
        paceValidation(addressKey(requestFacts(request).address))
        const error = await bench.parser.validate(body.sql)
        return {
          is_valid: error === null,
          error: error && { message: error.message, hint: error.hint, position: error.position },
        }
      },
      {
        body: t.Object({ sql: t.String({ maxLength: textLengthMax }) }),
        response: { 200: t.Object({ is_valid: t.Boolean(), error: t.Union([syntaxErrorSchema, t.Null()]) }) },
        detail: { security: [], summary: "Check the syntax with PostgreSQL's own parser; runs nothing" },
      },
    )
}

/** The attempt is looked for before the request is checked, so that somebody else's can't be told from none. */
function ownAttemptRoute({ door, bench }: AttemptParts) {
  return new Elysia()
    .use(requestViewer(door))
    .derive(async ({ params, viewer }: { params: { id?: string }; viewer: Viewer | null }) => {
      const attempt = await findAttempt(bench.sql, { id: params.id ?? '', viewer: requireViewer(viewer) })
      if (attempt === null) throw new Failure('missing', 'There is no such attempt here.')
      return { attempt }
    })
    .get(
      '/api/attempts/:id',
      async ({ attempt, query }) => {
        const { after = 0, limit = pageLimit } = query
        const [draft, events] = await Promise.all([
          latestDraft(bench.sql, attempt.id),
          listEvents(bench.sql, { attemptId: attempt.id, after, limit }),
        ])
        return attemptAnswer(attempt, { draft, events, limit })
      },
      {
        query: t.Object({
          after: t.Optional(
            t.Integer({ minimum: 0, maximum: 2_147_483_647, description: '`next` of the page before' }),
          ),
          limit: pageLimitField,
        }),
        response: { 200: attemptSchema },
        detail: { summary: 'One of your attempts, its draft and its log' },
      },
    )
}

/** What was handed in: a query, or files. */
async function writtenOf(
  parts: AttemptParts,
  { exerciseSlug: slug, exerciseVersion, text, verdict }: SubmissionOfExercise<Verdict>,
): Promise<{ sql: string | null; files: Record<string, string> | null }> {
  const exercise = await beganWith(parts, { slug, exerciseVersion }, 'all')
  // Where the exercise is gone, the verdict tells.
  const isCode = exercise === null ? verdict?.code !== undefined : exercise.kind === 'code'
  return isCode ? { sql: null, files: Object.fromEntries(decodeAnswer(text)) } : { sql: text, files: null }
}
