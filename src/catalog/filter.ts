/** Which exercises pass the catalogue's filters, and how many each choice holds. */
import type { CatalogueFilters, CatalogueRow, CatalogueTrack, FilterChoice } from '../../views/catalog/catalogue.tsx'
import type { ExerciseOutcome } from '../store/progress.ts'
import type { Catalog, Exercise } from './exercise.ts'
import { languageName, languageOf } from './language-names.ts'

/** The filters as they stand in the address; an empty list lets everything through. */
export interface FilterValues {
  q: string
  track: readonly string[]
  difficulty: readonly string[]
  state: readonly string[]
  topic: readonly string[]
  /** `sql`, or what programs are written in. */
  language: readonly string[]
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

/** Filters the catalogue. What does not depend on who asks is the same value each time, so that it is rendered once. */
export function filterCatalogue(
  catalog: Catalog,
  {
    progress,
    filters,
    unavailableOf,
  }: {
    progress: readonly ExerciseOutcome[]
    filters: FilterValues
    /** Why an exercise can't be worked on here; null where it can. */
    unavailableOf: (exercise: Exercise) => string | null
  },
): { filters: CatalogueFilters; tracks: CatalogueTrack[]; total: number } {
  const reached = new Map(progress.map((each) => [each.slug, each]))
  const stateOf = ({ slug }: Exercise): CatalogueRow['state'] => stateOfOutcome[reached.get(slug)?.outcome ?? 'opened']
  const standing = (exercise: Exercise): Standing => ({
    state: stateOf(exercise),
    part: partOf(reached.get(exercise.slug)?.bestScore ?? 0),
    unavailable: unavailableOf(exercise),
  })
  const all = catalog.tracks.flatMap(({ exercises }) => exercises)
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean)
  const passes = (exercise: Exercise): boolean =>
    isChosen(filters.track, exercise.track) &&
    isChosen(filters.difficulty, exercise.difficulty) &&
    isChosen(filters.state, stateOf(exercise)) &&
    isChosen(filters.language, languageOf(exercise)) &&
    (filters.topic.length === 0 || exercise.topics.some((topic) => filters.topic.includes(topic))) &&
    matches(exercise, words)
  const tracks = catalog.tracks.map(({ slug, title, description, exercises }) => ({
    slug,
    title,
    description,
    rows: exercises.filter(passes).map((exercise) => rowOf(exercise, standing(exercise))),
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
      languages: chosenOf(choices.languages, filters.language),
    },
    tracks: tracks.filter(({ rows }) => rows.length > 0),
    total: all.length,
  }
}

type CommonChoices = Record<'tracks' | 'difficulties' | 'topics' | 'languages', readonly FilterChoice[]>

const commonChoices = new WeakMap<Catalog, CommonChoices>()

/** The choices that are the same for everybody, none of them chosen. */
function choicesOf(catalog: Catalog): CommonChoices {
  const known = commonChoices.get(catalog)
  if (known !== undefined) return known
  const all = catalog.tracks.flatMap(({ exercises }) => exercises)
  const tracks = catalog.tracks.map(({ slug, title }) => ({ value: slug, label: title }))
  const topics = [...new Set(all.flatMap((exercise) => exercise.topics))].sort()
  const languages = [...new Set(all.map(languageOf))]
  const choices = {
    tracks: counted(tracks, all, ({ track }) => [track]),
    difficulties: counted(difficultyChoices, all, ({ difficulty }) => [difficulty]),
    topics: counted(
      topics.map((topic) => ({ value: topic, label: topic })),
      all,
      (exercise) => exercise.topics,
    ),
    languages: counted(
      languages.map((language) => ({ value: language, label: languageName(language) })),
      all,
      (exercise) => [languageOf(exercise)],
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

/** Every word must stand somewhere in title, summary, language, topics or dataset. */
function matches(exercise: Exercise, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const { title, summary, dataset, topics } = exercise
  const text = [title, summary, languageOf(exercise), dataset, ...topics].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

const knownRows = new WeakMap<Exercise, Map<string, CatalogueRow>>()

/** What of a row is not the same for everybody. */
type Standing = Pick<CatalogueRow, 'state' | 'part' | 'unavailable'>

/** In whole hundredths, so that there are few different rows. */
function partOf(score: number): number | null {
  const part = Math.floor(score * 100 + 1e-9) / 100
  return part > 0 && part < 1 ? part : null
}

/** The same row for everybody who stands there. */
function rowOf(exercise: Exercise, standing: Standing): CatalogueRow {
  const rows = knownRows.get(exercise) ?? new Map<string, CatalogueRow>()
  knownRows.set(exercise, rows)
  const key = `${standing.state} ${standing.part} ${standing.unavailable}`
  const row = rows.get(key) ?? newRow(exercise, standing)
  rows.set(key, row)
  return row
}

function newRow(exercise: Exercise, standing: Standing): CatalogueRow {
  const { slug, title, summary, topics, difficulty, minutes, points, isPublished } = exercise
  const language = languageName(languageOf(exercise))
  return { slug, title, summary, language, topics, difficulty, minutes, points, isPublished, ...standing }
}
