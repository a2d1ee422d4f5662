/** The catalogue page and the exercises of the API. */
import { Elysia, t } from 'elysia'
import { CatalogueList, CataloguePage } from '../../views/catalog/catalogue.tsx'
import { type Door, requestViewer } from '../accounts/request-viewer.ts'
import { sightOf } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'
import { givesPart } from '../grading/code/weights.ts'
import { htmlResponse } from '../http/edge.ts'
import { pageProps } from '../http/page.ts'
import { listOutcomes } from '../store/progress.ts'
import type { Exercise } from './exercise.ts'
import { type FilterValues, filterCatalogue } from './filter.ts'
import type { LiveCatalog } from './live-catalog.ts'

/** What the catalogue needs. */
export interface CatalogParts {
  door: Door
  library: LiveCatalog
  /** Why an exercise can't be worked on here, as a sentence; null where it can. */
  unavailableOf: (exercise: Exercise) => string | null
}

const many = t.Optional(t.Union([t.String({ maxLength: 80 }), t.Array(t.String({ maxLength: 80 }), { maxItems: 50 })]))
const filterQuery = t.Object({
  q: t.Optional(t.String({ maxLength: 200 })),
  track: many,
  difficulty: many,
  state: many,
  topic: many,
  language: many,
})

const exerciseSchema = t.Object({
  slug: t.String(),
  version: t.String({ description: 'Changes with the content' }),
  kind: t.String(),
  track: t.String(),
  title: t.String(),
  summary: t.String(),
  difficulty: t.String({ description: '`easy`, `medium` or `hard`' }),
  minutes: t.Number(),
  topics: t.Array(t.String()),
  points: t.Number({ description: 'What a right answer without hints brings' }),
  gives_part: t.Boolean({ description: 'An answer that is partly right brings that part of the points, rounded down' }),
  is_published: t.Boolean({ description: 'False: only authors see it, and it brings no points yet' }),
})

const trackSchema = t.Object({
  slug: t.String(),
  title: t.String(),
  description: t.String(),
  exercises: t.Array(exerciseSchema),
})

const taskSchema = t.Object({
  ...exerciseSchema.properties,
  description_html: t.String({ description: 'Sanitised HTML' }),
  starter: t.String(),
  hints: t.Integer({ description: 'How many there are' }),
})

/** Routes of /exercises and /api/exercises. */
export function catalogRoutes({ door, library, unavailableOf }: CatalogParts) {
  return new Elysia()
    .use(requestViewer(door))
    .get(
      '/exercises',
      async ({ request, query, viewer, csrf }) => {
        const progress = viewer === null ? [] : await listOutcomes(door.sql, { viewer })
        const filters = valuesOf(query)
        const list = filterCatalogue(library.current(sightOf(viewer)), { progress, filters, unavailableOf })
        const isFragment = request.headers.get('hx-request') === 'true'
        const page = () => CataloguePage({ page: pageProps(request, { viewer, csrf }), ...list })
        return htmlResponse(request, (isFragment ? CatalogueList(list) : page()).toString())
      },
      { query: filterQuery },
    )
    .get(
      '/api/exercises',
      ({ viewer }) => ({
        tracks: library.current(sightOf(viewer)).tracks.map(({ slug, title, description, exercises }) => ({
          slug,
          title,
          description,
          exercises: exercises.map(exerciseAnswer),
        })),
      }),
      {
        response: { 200: t.Object({ tracks: t.Array(trackSchema) }) },
        detail: { summary: 'All tracks with their exercises, in one answer', security: [] },
      },
    )
    .get(
      '/api/exercises/:slug',
      ({ params, viewer }) => {
        const exercise = library.find(params.slug, sightOf(viewer))
        if (exercise === null) throw new Failure('missing', 'There is no such exercise.')
        const { descriptionHtml, starter, hints } = exercise
        return { ...exerciseAnswer(exercise), description_html: descriptionHtml, starter, hints: hints.length }
      },
      {
        response: { 200: taskSchema },
        detail: { summary: 'One exercise with its task', security: [] },
      },
    )
}

function exerciseAnswer(exercise: Exercise) {
  const { slug, version, kind, track, title, summary, difficulty, minutes, topics, points, isPublished } = exercise
  const shown = { slug, version, kind, track, title, summary, difficulty, minutes, topics: [...topics], points }
  return { ...shown, gives_part: givesPart(exercise), is_published: isPublished }
}

function valuesOf(query: Record<string, string | string[] | undefined>): FilterValues {
  const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat())
  return {
    q: typeof query['q'] === 'string' ? query['q'] : '',
    track: list(query['track']),
    difficulty: list(query['difficulty']),
    state: list(query['state']),
    topic: list(query['topic']),
    language: list(query['language']),
  }
}
