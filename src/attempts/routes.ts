/** The exercise page and its forms. Every form works without scripts too: it then leads back to the page. */
import { Elysia, t } from 'elysia'
import { requestViewer, requireViewer, viewerOrGuest } from '../accounts/request-viewer.ts'
import { isAtLeast, sightOf, type Viewer } from '../accounts/viewer.ts'
import type { Exercise } from '../catalog/exercise.ts'
import { requireSql } from '../catalog/kinds.ts'
import { Failure } from '../failure.ts'
import { htmlResponse } from '../http/edge.ts'
import { findAttempt } from '../store/attempts.ts'
import { listDrafts, saveDraft } from '../store/drafts.ts'
import { insertRunEvent } from '../store/events.ts'
import { getProgress } from '../store/progress.ts'
import { noSuchExercise } from './attempt.ts'
import {
  type AttemptParts,
  answer,
  backTo,
  helpAnswer,
  nextOf,
  tableAnswer,
  type Work,
  workbench,
  workOf,
} from './exercise-page.ts'
import { formFields, formText, saveLatest, textField } from './form.ts'
import { giveUp, helpOf, showHint } from './help.ts'
import { holderOf } from './holder.ts'
import { ownRows, ownSchema, tablesNow } from './own-schema.ts'
import { oneAnswerAtATime, paceSubmission } from './pace.ts'
import { historyOf, verdictPane } from './page.ts'
import { replay, reset } from './reset.ts'
import { keptDraft, makeLatest } from './restore.ts'
import { run } from './run.ts'
import { startOf, wantOf } from './sandboxes.ts'
import { answerOfForm, sheetsOf } from './sheets.ts'
import { submit } from './submit.ts'
import type { TableRows } from './tables.ts'

export type { AttemptParts } from './exercise-page.ts'

const positionField = t.Optional(t.Numeric({ minimum: 0 }))

const draftParams = t.Object({ id: t.String(), version: t.Numeric() })

const runBody = t.Object({
  sql: formText,
  selectionStart: positionField,
  selectionEnd: positionField,
  csrf: t.Optional(t.String()),
})

/** Routes below /exercises/:slug and /attempts. */
export function attemptRoutes(parts: AttemptParts) {
  return new Elysia().use(pageRoute(parts)).use(ownRoutes(parts))
}

function pageRoute(parts: AttemptParts) {
  return new Elysia().use(requestViewer(parts.door)).get('/exercises/:slug', async (context) => {
    // Nobody becomes a guest for asking after what is not there.
    const isThere = parts.library.find(context.params.slug, sightOf(context.viewer)) !== null
    if (!isThere && context.viewer === null) throw noSuchExercise()
    const { viewer, csrf } = await viewerOrGuest(parts.door, context)
    return htmlResponse(context.request, await workbench(parts, context.request, context.params.slug, { viewer, csrf }))
  })
}

/** Of these, everyone finds their own only. */
function ownRoutes(parts: AttemptParts) {
  const { bench, desk } = parts
  return new Elysia()
    .use(requestViewer(parts.door))
    .derive(workOf(parts))
    .post('/attempts/:id/runs', async (context) => await runAnswer(parts, context, false), { body: runBody })
    .post('/attempts/:id/explanations', async (context) => await runAnswer(parts, context, true), { body: runBody })
    .post(
      '/attempts/:id/submissions',
      async ({ work, body, viewer, csrf, request }) => {
        const { attempt, exercise } = work
        const holder = holderOf(requireViewer(viewer), request)
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          const text = answerOfForm(exercise, body)
          await saveLatest(bench, request, attempt, text)
          paceSubmission(holder)
          const graded = await oneAnswerAtATime(holder.personId, () =>
            submit(desk, { attempt, exercise, answer: text, holder }),
          )
          const next = nextOf(parts.library, exercise, sightOf(viewer))
          const { tries, answers: number, standing } = await historyOf(bench.sql, { attempt, exercise }, next)
          const help = graded.score > 0 ? await helpNow(parts, { attempt, exercise }, viewer, csrf) : null
          const judged = { ...graded, attemptId: attempt.id, text }
          return { result: verdictPane(exercise, judged, { number, next, standing }), tries, help }
        })
      },
      { body: formFields },
    )
    .post('/attempts/:id/cancellations', async ({ work: { attempt }, set }) => {
      if (bench.sandboxes.cancel(attempt.id)) {
        await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'cancel', payload: {} })
      }
      set.status = 204
    })
    .put(
      '/attempts/:id/draft',
      async ({ work: { attempt }, body, set }) => {
        const outcome = await saveDraft(bench.sql, { attemptId: attempt.id, ...body })
        if (outcome.isSaved) return { version: outcome.version, savedAt: outcome.savedAt.toISOString() }
        set.status = 409
        return { ...outcome.current, savedAt: outcome.current.savedAt.toISOString() }
      },
      { body: t.Object({ text: textField, version: t.Integer({ minimum: 0 }) }) },
    )
    .get('/attempts/:id/drafts', async ({ work: { attempt, exercise }, viewer, csrf, request }) => {
      return await answer({ parts, request, viewer, csrf, exercise }, async () => {
        const kept = await listDrafts(bench.sql, { attemptId: attempt.id })
        const drafts = kept.map(({ savedAt, ...draft }) => ({ ...draft, savedAt: savedAt.toISOString() }))
        return { result: { kind: 'drafts', attemptId: attempt.id, drafts }, tries: null }
      })
    })
    .get(
      '/attempts/:id/drafts/:version',
      async ({ work: { attempt, exercise }, params, viewer, csrf, request }) => {
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          const { version, text, savedAt } = await keptDraft(bench.sql, attempt, params.version)
          const shown = { version, text, sheets: sheetsOf(exercise, text), savedAt: savedAt.toISOString() }
          return { result: { kind: 'draft', attemptId: attempt.id, csrf, ...shown }, tries: null }
        })
      },
      { params: draftParams },
    )
    .post(
      '/attempts/:id/drafts/:version/restorations',
      async ({ work: { attempt, exercise }, params }) => {
        const { text } = await keptDraft(bench.sql, attempt, params.version)
        await makeLatest(bench.sql, attempt, text)
        return backTo(exercise)
      },
      { params: draftParams },
    )
    .post(
      '/attempts/:id/starters',
      async ({ work: { attempt, exercise }, body }) => {
        await makeLatest(bench.sql, attempt, answerOfForm(exercise, body))
        await makeLatest(bench.sql, attempt, exercise.starter)
        return backTo(exercise)
      },
      { body: formFields },
    )
    .post(
      '/attempts/:id/resets',
      async ({ work: { attempt, exercise }, body, viewer, csrf, request }) => {
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          const outcome = await reset(bench, { attempt, isConfirmed: body.confirmed === 'yes' })
          if (!outcome.isDone) return { result: { kind: 'reset-question', attemptId: attempt.id, csrf }, tries: null }
          const result = {
            kind: 'reset-done' as const,
            attemptId: attempt.id,
            csrf,
            replayStatements: outcome.replayTexts,
          }
          return { result, tries: null, tables: await tablesNow(parts, { attempt, exercise: requireSql(exercise) }) }
        })
      },
      {
        body: t.Object({
          confirmed: t.Optional(t.String()),
          sql: t.Optional(t.String()),
          csrf: t.Optional(t.String()),
        }),
      },
    )
    .post('/attempts/:id/replays', async ({ work, viewer, csrf, request }) => {
      const { attempt, exercise } = work
      const holder = holderOf(requireViewer(viewer), request)
      return await answer({ parts, request, viewer, csrf, exercise }, async () => {
        const { texts, failed, last } = await replay(bench, { attempt, exercise: requireSql(exercise), holder })
        const shown = last === null ? null : { kind: 'run' as const, ...last, lost: null }
        return {
          result: { kind: 'replayed', statementsRun: texts, statementsFailed: failed, last: shown },
          tries: null,
          tables: await tablesNow(parts, { attempt, exercise: requireSql(exercise) }),
        }
      })
    })
    .get('/attempts/:id/tables/:name', async ({ work: { attempt, exercise }, params, viewer, csrf, request }) => {
      const table =
        ownSchema(bench.sandboxes, attempt.id) === null
          ? await startRows(parts, exercise, params.name)
          : await ownRows(bench, attempt.id, params.name)
      if (table === null) throw new Failure('missing', 'There is no such table in this exercise.')
      return await tableAnswer({ parts, request, viewer, csrf, exercise }, table)
    })
    .get('/attempts/:id/schema', async ({ work: { attempt, exercise } }) => {
      const own = ownSchema(bench.sandboxes, attempt.id)
      const { tables } = own ?? (await parts.tables.schemaOf(wantOf(requireSql(exercise))))
      return tables.map(({ name, columns }) => ({ name, columns: columns.map(({ name, type }) => ({ name, type })) }))
    })
    .post(
      '/attempts/:id/hints',
      async ({ work, body, viewer, csrf, request }) => {
        await showHint(bench.sql, work, body.number)
        const help = await helpNow(parts, work, viewer, csrf)
        return await helpAnswer({ parts, request, viewer, csrf, exercise: work.exercise }, { help, panel: 'hints' })
      },
      { body: t.Object({ number: t.Numeric(), csrf: t.Optional(t.String()) }) },
    )
    .post(
      '/attempts/:id/solutions',
      async ({ work, body, viewer, csrf, request }) => {
        if (body.confirmed === 'yes') await giveUp(bench.sql, work, new Date())
        const known = await helpNow(parts, work, viewer, csrf)
        const help = { ...known, asksToGiveUp: body.confirmed === undefined && known.solution === null }
        return await helpAnswer({ parts, request, viewer, csrf, exercise: work.exercise }, { help, panel: 'solution' })
      },
      { body: t.Object({ confirmed: t.Optional(t.String()), csrf: t.Optional(t.String()) }) },
    )
}

/** A request to run something, as its route hands it on. */
interface RunContext {
  work: Work
  body: { sql: string; selectionStart?: number | undefined; selectionEnd?: number | undefined }
  viewer: Viewer | null
  csrf: string | null
  request: Request
}

/** The first rows of a table as the exercise begins; null where there is none of that name. */
async function startRows({ tables }: AttemptParts, exercise: Exercise, name: string): Promise<TableRows | null> {
  const start = startOf(exercise)
  return start && (await tables.rowsOf(start, name))
}

/** Runs the chosen statements, or shows the plan of the first. */
async function runAnswer(parts: AttemptParts, context: RunContext, isExplained: boolean): Promise<Response> {
  const { bench } = parts
  const { work, body, viewer, csrf, request } = context
  const { attempt, exercise } = work
  const holder = holderOf(requireViewer(viewer), request)
  const { sql, selectionStart: start, selectionEnd: end } = body
  const selection = start === undefined || end === undefined ? null : { start, end }
  return await answer({ parts, request, viewer, csrf, exercise }, async () => {
    await saveLatest(bench, request, attempt, sql)
    const sqlWork = { attempt, exercise: requireSql(exercise) }
    const { result, lost, isSchemaNew } = await run(bench, { ...sqlWork, holder, sql, selection, isExplained })
    const offer =
      lost === null ? null : { attemptId: attempt.id, csrf, reason: lost.reason, replayStatements: lost.replayTexts }
    const { tries } = await historyOf(bench.sql, sqlWork, null)
    const tables = isSchemaNew ? await tablesNow(parts, sqlWork) : null
    return { result: { kind: 'run', sql, result, lost: offer }, tries, tables }
  })
}

/** What may be seen of hints and solution, now that something has changed. */
async function helpNow(
  { bench }: AttemptParts,
  { attempt, exercise }: Work,
  viewer: Viewer | null,
  csrf: string | null,
) {
  const [changed, standing] = await Promise.all([
    findAttempt(bench.sql, { id: attempt.id, viewer: requireViewer(viewer) }),
    getProgress(bench.sql, { viewer: requireViewer(viewer), slug: attempt.exerciseSlug }),
  ])
  return helpOf({ attempt: changed ?? attempt, exercise }, { standing, csrf, isAuthor: isAtLeast(viewer, 'author') })
}
