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

/** How far somebody came with an exercise. */
type Reached = Pick<ExerciseProgress, 'slug' | 'outcome'>

/** Filters the catalogue. What does not depend on who asks is the same value each time, so that it is rendered once. */
export function filterCatalogue(
  catalog: Catalog,
  {
    progress,
    filters,
    unavailableOf,
  }: {
    progress: readonly Reached[]
    filters: FilterValues
    /** Why an exercise can't be worked on here; null where it can. */
    unavailableOf: (exercise: Exercise) => string | null
  },
): { filters: CatalogueFilters; tracks: CatalogueTrack[]; total: number } {
  const outcomes = new Map(progress.map(({ slug, outcome }) => [slug, outcome]))
  const stateOf = ({ slug }: Exercise): CatalogueRow['state'] => stateOfOutcome[outcomes.get(slug) ?? 'opened']
  const all = catalog.tracks.flatMap(({ exercises }) => exercises)
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean)
  const passes = (exercise: Exercise): boolean =>
    isChosen(filters.track, exercise.track) &&
    isChosen(filters.difficulty, exercise.difficulty) &&
    isChosen(filters.state, stateOf(exercise)) &&
    (filters.topic.length === 0 || exercise.topics.some((topic) => filters.topic.includes(topic))) &&
    matches(exercise, words)
  const tracks = catalog.tracks.map(({ slug, title, description, exercises }) => ({
    slug,
    title,
    description,
    rows: exercises.filter(passes).map((exercise) => rowOf(exercise, stateOf(exercise), unavailableOf(exercise))),
  }))
  const choices = choicesOf(catalog)
  return {
    filters: {
      q: filters.q,
      tracks: chosenOf(choices.tracks, filters.track),
      difficulties: chosenOf(choices.difficulties, filters.difficulty),
      states: chosenOf(
        counted(stateChoices, all, (exercise) => [stateOf(exercise)]),
        filters.state,
      ),
      topics: chosenOf(choices.topics, filters.topic),
    },
    tracks: tracks.filter(({ rows }) => rows.length > 0),
    total: all.length,
  }
}

type CommonChoices = Record<'tracks' | 'difficulties' | 'topics', readonly FilterChoice[]>

const commonChoices = new WeakMap<Catalog, CommonChoices>()

/** The choices that are the same for everybody, none of them chosen. */
function choicesOf(catalog: Catalog): CommonChoices {
  const known = commonChoices.get(catalog)
  if (known !== undefined) return known
  const all = catalog.tracks.flatMap(({ exercises }) => exercises)
  const tracks = catalog.tracks.map(({ slug, title }) => ({ value: slug, label: title }))
  const topics = [...new Set(all.flatMap((exercise) => exercise.topics))].sort()
  const choices = {
    tracks: counted(tracks, all, ({ track }) => [track]),
    difficulties: counted(difficultyChoices, all, ({ difficulty }) => [difficulty]),
    topics: counted(
      topics.map((topic) => ({ value: topic, label: topic })),
      all,
      (exercise) => exercise.topics,
    ),
  }
  commonChoices.set(catalog, choices)
  return choices
}

/** How many exercises each choice holds. */
function counted(
  choices: readonly Choice[],
  all: readonly Exercise[],
  valuesOf: (exercise: Exercise) => readonly string[],
): FilterChoice[] {
  const counts = new Map<string, number>()
  for (const exercise of all) {
    for (const value of new Set(valuesOf(exercise))) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return choices.map(({ value, label }) => ({ value, label, exercises: counts.get(value) ?? 0, isChosen: false }))
}

function chosenOf(choices: readonly FilterChoice[], chosen: readonly string[]): readonly FilterChoice[] {
  if (chosen.length === 0) return choices
  return choices.map((choice) => ({ ...choice, isChosen: chosen.includes(choice.value) }))
}

interface Choice {
  value: string
  label: string
}

function isChosen(chosen: readonly string[], value: string): boolean {
  return chosen.length === 0 || chosen.includes(value)
}

/** Every word must stand somewhere in title, summary, topics or dataset. */
function matches(exercise: Exercise, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = [exercise.title, exercise.summary, exercise.dataset, ...exercise.topics].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

const knownRows = new WeakMap<Exercise, Map<string, CatalogueRow>>()

/** The same row for everybody in this state. */
function rowOf(exercise: Exercise, state: CatalogueRow['state'], unavailable: string | null): CatalogueRow {
  const rows = knownRows.get(exercise) ?? new Map<string, CatalogueRow>()
  knownRows.set(exercise, rows)
  const key = `${state} ${unavailable}`
  const row = rows.get(key) ?? newRow(exercise, state, unavailable)
  rows.set(key, row)
  return row
}

function newRow(exercise: Exercise, state: CatalogueRow['state'], unavailable: string | null): CatalogueRow {
  const { slug, title, summary, topics, difficulty, minutes, points, isPublished } = exercise
  return { slug, title, summary, topics, difficulty, minutes, points, state, isPublished, unavailable }
}
