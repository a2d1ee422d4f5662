/** The exercise page and the answers to its forms: a part of the page for scripts, the whole page without them. */

import { CodeBenchPage } from '../../views/attempts/code-workbench.tsx'
import type { HelpProps } from '../../views/attempts/help.tsx'
import { HelpFragment } from '../../views/attempts/help.tsx'
import type { ResultProps } from '../../views/attempts/result-pane.tsx'
import { type TablesShown, UnfoldedRows } from '../../views/attempts/tables.tsx'
import { ResultFragment, WorkbenchPage } from '../../views/attempts/workbench.tsx'
import { type Door, requireViewer } from '../accounts/request-viewer.ts'
import { isAtLeast, sightOf, type Viewer } from '../accounts/viewer.ts'
import type { CodeExercise } from '../catalog/code-exercise.ts'
import type { Exercise, SqlExercise } from '../catalog/exercise.ts'
import type { KeptVersions } from '../catalog/kept-versions.ts'
import { type LiveCatalog, listExercises, type Sight } from '../catalog/live-catalog.ts'
import { Failure } from '../failure.ts'
import type { CodeGrader } from '../grading/code/code-grader.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { type Attempt, findAttempt } from '../store/attempts.ts'
import { connectionFailure } from '../store/connect.ts'
import { latestDraft } from '../store/drafts.ts'
import { beganWith, openAttempt } from './attempt.ts'
import { filesOf, languageOf, samplesOf, trialName } from './code-page.ts'
import { type CodeGround, expectRun } from './code-warmth.ts'
import { helpOf } from './help.ts'
import type { LiveOutput } from './live-output.ts'
import { noTables, schemaNow, schemaWaitMs } from './own-schema.ts'
import { historyOf, serverLine } from './page.ts'
import type { Workbench } from './run.ts'
import { startOf, wantOf } from './sandboxes.ts'
import type { Desk } from './submit.ts'
import type { TableBook, TableRows } from './tables.ts'

/** What the exercise page needs. */
export interface AttemptParts {
  door: Door
  library: LiveCatalog
  versions: KeptVersions
  bench: Workbench
  desk: Desk
  tables: TableBook
  serverVersion: string
  codeGrader: CodeGrader
  /** Output of programs that run now. */
  live: LiveOutput
  code: CodeGround
  isBoxed: boolean
}

/** An attempt and the version of the exercise that it keeps. */
export interface Work {
  attempt: Attempt
  exercise: Exercise
}

/** The viewer's own attempt and the exercise version it began with; what isn't theirs isn't found. */
export async function findWork(parts: AttemptParts, id: string, viewer: Viewer): Promise<Work> {
  const attempt = await findAttempt(parts.bench.sql, { id, viewer })
  if (attempt === null) throw new Failure('missing', 'There is no such attempt here.')
  const sight = sightOf(viewer)
  const { exerciseSlug: slug, exerciseVersion } = attempt
  const exercise = (await beganWith(parts, { slug, exerciseVersion }, sight)) ?? parts.library.find(slug, sight)
  if (exercise === null) throw new Failure('missing', 'This exercise is not there any more.')
  return { attempt, exercise }
}

/**
 * For `derive` before routes below /attempts/:id: gives them `work`, as `findWork` finds it. That comes before the
 * request is checked in any other way, so that nobody can tell somebody else's attempt from none.
 */
export function workOf(parts: AttemptParts) {
  return async ({ params, viewer }: { params: { id?: string }; viewer: Viewer | null }): Promise<{ work: Work }> => ({
    work: await findWork(parts, params.id ?? '', requireViewer(viewer)),
  })
}

/** Whether htmx asked, for a part of the page. */
export function isFragmentRequest(request: Request): boolean {
  return request.headers.get('hx-request') === 'true'
}

/** What a form of the editor answers: the pane's content, and what else changed with it. */
export interface Answer {
  result: ResultProps
  tries: Parameters<typeof ResultFragment>[0]['tries']
  /** Where an accepted answer changed what may be seen. */
  help?: HelpProps | null
  /** Where the tables are others than before. */
  tables?: TablesShown | null
}

/** Who asked, and for which exercise. */
export interface Asking {
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
export async function answer(asking: Asking, work: () => Promise<Answer>): Promise<Response> {
  const { request, exercise } = asking
  if (isFragmentRequest(request)) {
    const { result, tries, help = null, tables = null } = await work().catch(refusal)
    return htmlResponse(request, ResultFragment({ result, tries, help, tables }).toString())
  }
  const { result } = await work()
  const isLogged = ['run', 'verdict', 'code-run', 'code-verdict'].includes(result.kind)
  if (isLogged) return backTo(exercise)
  const known = { viewer: requireViewer(asking.viewer), csrf: asking.csrf }
  return htmlResponse(request, await workbench(asking.parts, request, exercise.slug, known, { result }))
}

/** What the pane shows where Podium could not take the request now. */
function refusal(cause: unknown): Answer {
  const failure = cause instanceof Failure ? cause : connectionFailure(cause)
  if (failure === null) throw cause
  const { message, code, retryAfterSeconds = null } = failure
  return { result: { kind: 'refused', message, code, retryAfterSeconds, at: new Date().toISOString() }, tries: null }
}

/** Leads a browser without scripts back to the exercise, to a part of its page. */
export function backTo(exercise: Exercise, part = ''): Response {
  return new Response(null, { status: 303, headers: { location: `/exercises/${exercise.slug}${part}` } })
}

/** The answer to a form of the hints or the solution. */
export async function helpAnswer(
  asking: Asking,
  { help, panel }: { help: HelpProps; panel: 'hints' | 'solution' },
): Promise<Response> {
  const { request, exercise, parts, viewer, csrf } = asking
  if (isFragmentRequest(request)) return htmlResponse(request, HelpFragment({ help, panel }).toString())
  if (!help.asksToGiveUp) return backTo(exercise, `#pane-${panel}`)
  const known = { viewer: requireViewer(viewer), csrf }
  return htmlResponse(request, await workbench(parts, request, exercise.slug, known, { asksToGiveUp: true }))
}

/** The first rows of a table: below its columns, or in the result pane where there are no scripts. */
export async function tableAnswer(
  { parts, request, exercise, viewer, csrf }: Asking,
  table: TableRows,
): Promise<Response> {
  if (isFragmentRequest(request)) return htmlResponse(request, UnfoldedRows(table).toString())
  const known = { viewer: requireViewer(viewer), csrf }
  const result = { kind: 'table' as const, ...table }
  return htmlResponse(request, await workbench(parts, request, exercise.slug, known, { result }))
}

/** What a page shows that the log does not have. */
interface Shown {
  result?: ResultProps
  asksToGiveUp?: boolean
}

/** The whole page. */
export async function workbench(
  parts: AttemptParts,
  request: Request,
  slug: string,
  { viewer, csrf }: { viewer: Viewer; csrf: string | null },
  shown: Shown = {},
): Promise<string> {
  const { bench, library } = parts
  const { attempt, exercise } = await openAttempt(parts, { slug, viewer })
  const sight = sightOf(viewer)
  const next = nextOf(library, exercise, sight)
  const own = exercise.kind === 'sql' ? sqlFacts(parts, attempt, exercise) : codeFacts(parts, exercise)
  const [draft, history, facts] = await Promise.all([
    latestDraft(bench.sql, attempt.id),
    historyOf(bench.sql, { attempt, exercise }, next),
    own,
  ])
  // An exercise, or its whole track, may have been taken from the site while somebody is in the middle of it.
  const track = library.current(sight).tracks.find((other) => other.slug === exercise.track)
  const exercises = track?.exercises ?? []
  const text = draft?.text ?? exercise.starter
  const place = exercises.findIndex((other) => other.slug === exercise.slug)
  const isRunning = parts.live.isRunning(attempt.id)
  const latest = isRunning ? { kind: 'running' as const, attemptId: attempt.id } : history.latest(text)
  const common = {
    page: pageProps(request, { viewer, csrf }),
    exercise,
    track: { slug: exercise.track, title: track?.title ?? exercise.track },
    place: place + 1,
    placeCount: exercises.length,
    previous: exercises[place - 1] ?? null,
    next,
    attempt: {
      id: attempt.id,
      text,
      version: draft?.version ?? 0,
      savedAt: draft?.savedAt.toISOString() ?? null,
      starter: exercise.starter,
    },
    state: history.state ?? 'new',
    result: shown.result ?? latest,
    help: helpOf(
      { attempt, exercise },
      { standing: history.standing, csrf, isAuthor: isAtLeast(viewer, 'author'), ...shown },
    ),
    tries: history.tries,
  }
  if (facts.kind === 'sql') return WorkbenchPage({ ...common, ...facts }).toString()
  return CodeBenchPage({ ...common, ...facts, files: facts.filesOf(text) }).toString()
}

/** What only the page of an SQL exercise shows. */
async function sqlFacts(parts: AttemptParts, attempt: Attempt, exercise: SqlExercise) {
  const { bench, isBoxed, serverVersion } = parts
  const isAvailable = exercise.isolation === 'database' || isBoxed
  const { isLow } = await bench.room.status()
  if (isAvailable && !isLow) bench.pool.expect(wantOf(exercise))
  return {
    kind: 'sql' as const,
    schema: await (isAvailable ? schemaNow(parts, { attempt, exercise }) : noTables),
    server: serverLine(exercise, serverVersion),
    unavailable: isAvailable ? null : 'This exercise needs a server of its own, which this machine cannot box safely.',
  }
}

/** What only the page of a code exercise shows. */
async function codeFacts(parts: AttemptParts, exercise: CodeExercise) {
  const { codeGrader, code, tables } = parts
  const unavailable = await codeGrader.problemOf(exercise)
  if (unavailable === null) expectRun(parts, exercise)
  const start = startOf(exercise)
  const schema = start && (await tables.schemaWithin(start, schemaWaitMs))
  return {
    kind: 'code' as const,
    filesOf: (text: string) => filesOf(exercise, text),
    ...languageOf(code.runtimes, exercise),
    samples: samplesOf(exercise),
    trial: trialName(exercise),
    unavailable,
    database: exercise.database && { schema, writes: exercise.database.writes },
  }
}

/** The exercise after this one, in its track or at the beginning of the next one; null where nothing follows. */
export function nextOf(library: LiveCatalog, exercise: Exercise, sight: Sight): { slug: string; title: string } | null {
  const exercises = listExercises(library.current(sight))
  const place = exercises.findIndex(({ slug }) => slug === exercise.slug)
  // Where the exercise was taken from the site meanwhile, nothing comes after it.
  const next = place === -1 ? undefined : exercises[place + 1]
  return next === undefined ? null : { slug: next.slug, title: next.title }
}
