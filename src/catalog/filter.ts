/** Which exercises pass the catalogue's filters, and how many each choice holds. */
import type { CatalogueFilters, CatalogueRow, CatalogueTrack, FilterChoice } from '../../views/catalog/catalogue.tsx'
import type { ExerciseProgress } from '../store/progress.ts'
import type { Catalog, Exercise } from './exercise.ts'

/** The filters as they stand in the address; an empty list lets everything through. */
export interface FilterValues {
  q: string
  track: readonly string[]
  difficulty: readonly string[]
  state: readonly string[]
  topic: readonly string[]
}

const stateOfOutcome = { opened: 'new', tried: 'wrong_answer', nearly: 'nearly', accepted: 'accepted' } as const
const stateChoices = [
  { value: 'new', label: 'New' },
  { value: 'nearly', label: 'Nearly' },
  { value: 'wrong_answer', label: 'Not yet' },
  { value: 'accepted', label: 'Passed' },
]
const difficultyChoices = [
  { value: 'easy', label: 'Easy' },
  { value: 'medium', label: 'Medium' },
  { value: 'hard', label: 'Hard' },
]

/** Filters the catalogue. */
export function filterCatalogue(
  catalog: Catalog,
  { progress, filters, isBoxed }: { progress: readonly ExerciseProgress[]; filters: FilterValues; isBoxed: boolean },
): { filters: CatalogueFilters; tracks: CatalogueTrack[]; total: number } {
  const outcomes = new Map(progress.map(({ slug, outcome }) => [slug, outcome]))
  const stateOf = ({ slug }: Exercise): CatalogueRow['state'] => stateOfOutcome[outcomes.get(slug) ?? 'opened']
  const all = catalog.tracks.flatMap(({ exercises }) => exercises)
  const passes = (exercise: Exercise): boolean =>
    isChosen(filters.track, exercise.track) &&
    isChosen(filters.difficulty, exercise.difficulty) &&
    isChosen(filters.state, stateOf(exercise)) &&
    (filters.topic.length === 0 || exercise.topics.some((topic) => filters.topic.includes(topic))) &&
    matches(exercise, filters.q)
  const tracks = catalog.tracks.map(({ slug, title, description, exercises }) => ({
    slug,
    title,
    description,
    rows: exercises.filter(passes).map((exercise) => rowOf(exercise, stateOf(exercise), isBoxed)),
  }))
  const count = (
    name: keyof FilterValues,
    choices: readonly Choice[],
    valuesOf: (exercise: Exercise) => readonly string[],
  ) =>
    choices.map(
      ({ value, label }): FilterChoice => ({
        value,
        label,
        exercises: all.filter((exercise) => valuesOf(exercise).includes(value)).length,
        isChosen: filters[name].includes(value),
      }),
    )
  const topics = [...new Set(all.flatMap((exercise) => exercise.topics))].sort()
  return {
    filters: {
      q: filters.q,
      tracks: count(
        'track',
        catalog.tracks.map(({ slug, title }) => ({ value: slug, label: title })),
        ({ track }) => [track],
      ),
      difficulties: count('difficulty', difficultyChoices, ({ difficulty }) => [difficulty]),
      states: count('state', stateChoices, (exercise) => [stateOf(exercise)]),
      topics: count(
        'topic',
        topics.map((topic) => ({ value: topic, label: topic })),
        (exercise) => exercise.topics,
      ),
    },
    tracks: tracks.filter(({ rows }) => rows.length > 0),
    total: all.length,
  }
}

interface Choice {
  value: string
  label: string
}

function isChosen(chosen: readonly string[], value: string): boolean {
  return chosen.length === 0 || chosen.includes(value)
}

/** Every word must stand somewhere in title, summary, topics or dataset. */
function matches(exercise: Exercise, q: string): boolean {
  const text = [exercise.title, exercise.summary, exercise.dataset, ...exercise.topics].join(' ').toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function rowOf(exercise: Exercise, state: CatalogueRow['state'], isBoxed: boolean): CatalogueRow {
  const { slug, title, summary, topics, difficulty, minutes, points, isPublished } = exercise
  const unavailable =
    exercise.kind === 'sql' && exercise.isolation === 'server' && !isBoxed
      ? 'Needs a boxed server, which this machine does not have.'
      : null
  return { slug, title, summary, topics, difficulty, minutes, points, state, isPublished, unavailable }
}
