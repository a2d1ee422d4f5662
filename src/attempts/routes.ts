/** The exercise page and its forms. Every form works without scripts too: it then leads back to the page. */
import { Elysia, t } from 'elysia'
import type { ResultProps } from '../../views/attempts/result-pane.tsx'
import { ResultFragment, WorkbenchPage } from '../../views/attempts/workbench.tsx'
import { type Door, requestViewer, requireViewer, viewerOrGuest } from '../accounts/request-viewer.ts'
import type { Viewer } from '../accounts/viewer.ts'
import type { Exercise } from '../catalog/exercise.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import { trackOf } from '../catalog/track.ts'
import { Failure } from '../failure.ts'
import { addressKey } from '../http/client-address.ts'
import { htmlResponse, requestFacts } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import type { Holder } from '../sandboxes/leases.ts'
import { type Attempt, findAttempt } from '../store/attempts.ts'
import { connectionFailure } from '../store/connect.ts'
import { latestDraft, saveDraft } from '../store/drafts.ts'
import { insertRunEvent } from '../store/events.ts'
import { openAttempt } from './attempt.ts'
import { historyOf, serverLine, verdictPane } from './page.ts'
import { replay, reset } from './reset.ts'
import { run, type Workbench } from './run.ts'
import { wantOf } from './sandboxes.ts'
import { type Desk, submit } from './submit.ts'
import type { TableBook } from './tables.ts'

/** What the exercise page needs. */
export interface AttemptParts {
  door: Door
  library: LiveCatalog
  bench: Workbench
  desk: Desk
  tables: TableBook
  serverVersion: string
  isBoxed: boolean
}

/** The longest text of an editor, in UTF-16 code units; the parser names its own limit in bytes. */
export const textLengthMax = 262_144

const textField = t.String({ maxLength: textLengthMax })
/** Forms send line ends as CRLF, whatever was typed; positions count in the text with LF. */
const formText = t
  .Transform(textField)
  .Decode((text) => text.replaceAll('\r\n', '\n'))
  .Encode((text) => text)
const positionField = t.Optional(t.Numeric({ minimum: 0 }))
/** How long a page waits for tables that nobody has read yet. */
const tablesWaitMs = 1_500

/** Who holds the sandboxes that a viewer works in. */
export function holderOf(viewer: Viewer, request: Request): Holder {
  const address = addressKey(requestFacts(request).address)
  return { personId: viewer.userId, address, isGuest: viewer.role === 'guest' }
}

/** Routes below /exercises/:slug and /attempts. */
export function attemptRoutes(parts: AttemptParts) {
  const { bench, desk } = parts
  const find = async (id: string, viewer: Viewer | null) => await findWork(parts, id, requireViewer(viewer))
  return new Elysia()
    .use(requestViewer(parts.door))
    .get('/exercises/:slug', async (context) => {
      const { viewer, csrf } = await viewerOrGuest(parts.door, context)
      return htmlResponse(
        context.request,
        await workbench(parts, context.request, context.params.slug, { viewer, csrf }),
      )
    })
    .post(
      '/attempts/:id/runs',
      async ({ params, body, viewer, csrf, request }) => {
        const { attempt, exercise, holder } = await find(params.id, viewer).then(withHolder(viewer, request))
        const { sql, selectionStart: start, selectionEnd: end } = body
        const selection = start === undefined || end === undefined ? null : { start, end }
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          await saveLatest(bench, request, attempt, sql)
          const { result, lost } = await run(bench, { attempt, exercise, holder, sql, selection })
          const offer =
            lost === null
              ? null
              : { attemptId: attempt.id, csrf, reason: lost.reason, replayStatements: lost.replayTexts }
          const { tries } = await historyOf(bench.sql, attempt, null)
          return { result: { kind: 'run', sql, result, lost: offer }, tries }
        })
      },
      {
        body: t.Object({
          sql: formText,
          selectionStart: positionField,
          selectionEnd: positionField,
          csrf: t.Optional(t.String()),
        }),
      },
    )
    .post(
      '/attempts/:id/submissions',
      async ({ params, body, viewer, csrf, request }) => {
        const { attempt, exercise } = await find(params.id, viewer)
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          await saveLatest(bench, request, attempt, body.sql)
          const graded = await submit(desk, { attempt, exercise, answer: body.sql })
          const next = nextOf(parts.library, exercise)
          const { tries } = await historyOf(bench.sql, attempt, next)
          const number = tries.filter(({ kind }) => kind === 'answer').length
          return { result: verdictPane({ ...graded, text: body.sql }, number, next), tries }
        })
      },
      { body: t.Object({ sql: formText, csrf: t.Optional(t.String()) }) },
    )
    .post('/attempts/:id/cancellations', async ({ params, viewer, set }) => {
      const { attempt } = await find(params.id, viewer)
      if (bench.sandboxes.cancel(attempt.id)) {
        await insertRunEvent(bench.sql, { attemptId: attempt.id, kind: 'cancel', payload: {} })
      }
      set.status = 204
    })
    .put(
      '/attempts/:id/draft',
      async ({ params, body, viewer, set }) => {
        const { attempt } = await find(params.id, viewer)
        const outcome = await saveDraft(bench.sql, { attemptId: attempt.id, ...body })
        if (outcome.isSaved) return { version: outcome.version, savedAt: outcome.savedAt.toISOString() }
        set.status = 409
        return { ...outcome.current, savedAt: outcome.current.savedAt.toISOString() }
      },
      { body: t.Object({ text: textField, version: t.Integer({ minimum: 0 }) }) },
    )
    .post(
      '/attempts/:id/resets',
      async ({ params, body, viewer, csrf, request }) => {
        const { attempt, exercise } = await find(params.id, viewer)
        return await answer({ parts, request, viewer, csrf, exercise }, async () => {
          const outcome = await reset(bench, { attempt, isConfirmed: body.confirmed === 'yes' })
          if (!outcome.isDone) return { result: { kind: 'reset-question', attemptId: attempt.id, csrf }, tries: null }
          const result = {
            kind: 'reset-done' as const,
            attemptId: attempt.id,
            csrf,
            replayStatements: outcome.replayTexts,
          }
          return { result, tries: null }
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
    .post('/attempts/:id/replays', async ({ params, viewer, csrf, request }) => {
      const { attempt, exercise, holder } = await find(params.id, viewer).then(withHolder(viewer, request))
      return await answer({ parts, request, viewer, csrf, exercise }, async () => {
        const { texts, failed, last } = await replay(bench, { attempt, exercise, holder })
        const shown = last === null ? null : { kind: 'run' as const, ...last, lost: null }
        return {
          result: { kind: 'replayed', statementsRun: texts, statementsFailed: failed, last: shown },
          tries: null,
        }
      })
    })
}

interface Work {
  attempt: Attempt
  exercise: Exercise
}

/** The viewer's own attempt and the exercise version it began with; what isn't theirs isn't found. */
async function findWork({ bench, library }: AttemptParts, id: string, viewer: Viewer): Promise<Work> {
  const attempt = await findAttempt(bench.sql, { id, viewer })
  if (attempt === null) throw new Failure('missing', 'There is no such attempt here.')
  const exercise =
    library.findVersion(attempt.exerciseSlug, attempt.exerciseVersion) ?? library.find(attempt.exerciseSlug)
  if (exercise === null) throw new Failure('missing', 'This exercise is not there any more.')
  return { attempt, exercise }
}

const withHolder = (viewer: Viewer | null, request: Request) => (work: Work) => ({
  ...work,
  holder: holderOf(requireViewer(viewer), request),
})

/** A form without scripts has no autosave: what it runs or hands in is its newest draft. */
async function saveLatest({ sql }: Workbench, request: Request, attempt: Attempt, text: string): Promise<void> {
  if (isFragmentRequest(request)) return
  const latest = await latestDraft(sql, attempt.id)
  if (latest?.text === text) return
  await saveDraft(sql, { attemptId: attempt.id, text, version: latest?.version ?? 0 })
}

function isFragmentRequest(request: Request): boolean {
  return request.headers.get('hx-request') === 'true'
}

interface Answer {
  result: ResultProps
  tries: Parameters<typeof ResultFragment>[0]['tries']
}

/** Who asked, and for which exercise. */
interface Asking {
  parts: AttemptParts
  request: Request
  viewer: Viewer | null
  csrf: string | null
  exercise: Exercise
}

/**
 * A fragment for htmx, with a refusal shown in the pane. A browser without scripts is led back to the page, which
 * shows what the log has of it, or gets the page with what no log has: a question, a fresh start.
 */
async function answer(asking: Asking, work: () => Promise<Answer>): Promise<Response> {
  const { request, exercise } = asking
  if (isFragmentRequest(request)) {
    const { result, tries } = await work().catch(refusal)
    return htmlResponse(request, ResultFragment({ result, tries }).toString())
  }
  const { result } = await work()
  if (result.kind === 'run' || result.kind === 'verdict') {
    return new Response(null, { status: 303, headers: { location: `/exercises/${exercise.slug}` } })
  }
  const known = { viewer: requireViewer(asking.viewer), csrf: asking.csrf }
  return htmlResponse(request, await workbench(asking.parts, request, exercise.slug, known, result))
}

/** What the pane shows where Podium could not take the request now. */
function refusal(cause: unknown): Answer {
  const failure = cause instanceof Failure ? cause : connectionFailure(cause)
  if (failure === null) throw cause
  const { message, code, retryAfterSeconds = null } = failure
  return { result: { kind: 'refused', message, code, retryAfterSeconds, at: new Date().toISOString() }, tries: null }
}

async function workbench(
  parts: AttemptParts,
  request: Request,
  slug: string,
  { viewer, csrf }: { viewer: Viewer; csrf: string | null },
  shown: ResultProps | null = null,
): Promise<string> {
  const { bench, library } = parts
  const { attempt, exercise } = await openAttempt(bench.sql, library, { slug, viewer })
  const isAvailable = exercise.isolation === 'database' || parts.isBoxed
  if (isAvailable) bench.pool.expect(wantOf(exercise))
  const next = nextOf(library, exercise)
  const [draft, history, tables] = await Promise.all([
    latestDraft(bench.sql, attempt.id),
    historyOf(bench.sql, attempt, next),
    isAvailable ? parts.tables.tablesWithin(exercise, tablesWaitMs) : [],
  ])
  const { exercises, title } = trackOf(library.current(), exercise)
  const place = exercises.findIndex((other) => other.slug === exercise.slug)
  const page = WorkbenchPage({
    page: pageProps(request, { viewer, csrf }),
    exercise,
    track: { slug: exercise.track, title },
    place: place + 1,
    placeCount: exercises.length,
    previous: exercises[place - 1] ?? null,
    next,
    server: serverLine(exercise, parts.serverVersion),
    attempt: {
      id: attempt.id,
      text: draft?.text ?? exercise.starter,
      version: draft?.version ?? 0,
      savedAt: draft?.savedAt.toISOString() ?? null,
      starter: exercise.starter,
    },
    state: history.state ?? 'new',
    result: shown ?? history.latest,
    tables,
    tries: history.tries,
    unavailable: isAvailable ? null : 'This exercise needs a server of its own, which this machine cannot box safely.',
  })
  return page.toString()
}

function nextOf(library: LiveCatalog, exercise: Exercise): { slug: string; title: string } | null {
  const { exercises } = trackOf(library.current(), exercise)
  const next = exercises[exercises.findIndex(({ slug }) => slug === exercise.slug) + 1]
  return next === undefined ? null : { slug: next.slug, title: next.title }
}
