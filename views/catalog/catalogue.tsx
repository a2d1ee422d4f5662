/** The catalogue: all exercises, with filters that live in the address. */
import { nothing, type SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../../src/catalog/exercise-common.ts'
import { remembered } from '../jsx/remembered.ts'
import { Layout, type PageProps } from '../layout.tsx'
import { Icon } from '../parts/icon.tsx'
import { Level, levelSymbols } from '../parts/level.tsx'
import { Empty } from '../parts/say.tsx'
import { type State, StateMark, stateSymbols } from '../parts/state.tsx'
import { counted, percent } from '../parts/text.tsx'

/** An exercise in the list. The same one is given for everybody who stands where this one stands, and never changes. */
export interface CatalogueRow {
  slug: string
  title: string
  summary: string
  /** What answers are written in, for example `SQL`. */
  language: string
  topics: readonly string[]
  difficulty: Difficulty
  minutes: number
  points: number
  state: State
  /** What the best answer is worth where that is a part, from 0 to 1 in whole hundredths; else null. */
  part: number | null
  /** False: only authors see it. */
  isPublished: boolean
  /** Why it cannot be opened on this machine, or null. */
  unavailable: string | null
}

/** Exercises of one track that pass the filters. */
export interface CatalogueTrack {
  slug: string
  title: string
  description: string
  rows: readonly CatalogueRow[]
}

/** One choice of a filter. */
export interface FilterChoice {
  value: string
  label: string
  /** How many exercises it holds, before filtering. */
  exercises: number
  isChosen: boolean
}

/** The filters as the address has them. Fields: q, track, language, difficulty, state, topic; all but q may repeat. */
export interface CatalogueFilters {
  q: string
  tracks: readonly FilterChoice[]
  difficulties: readonly FilterChoice[]
  states: readonly FilterChoice[]
  topics: readonly FilterChoice[]
  languages: readonly FilterChoice[]
}

/** What the catalogue is given. */
export interface CatalogueProps {
  page: PageProps
  filters: CatalogueFilters
  tracks: readonly CatalogueTrack[]
  /** Exercises before filtering. */
  total: number
}

/** What the filters replace: the list and its count. */
const live = {
  'hx-get': '/exercises',
  'hx-target': '#list',
  'hx-select': '#list',
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:replace',
}

/** What exercises that a filter brings may show. */
const later = [...stateSymbols, ...levelSymbols]

/** The whole page. A filter's answer may be this page as well: the form picks `#list` out of it. */
export function CataloguePage(props: CatalogueProps): SafeHtml {
  const { page, filters, total } = props
  return (
    <Layout page={page} title="Practice" current="practice" tools={nothing} later={later}>
      <main id="main" class="page">
        <div class="stack half">
          <h1>Practice</h1>
          <p class="muted">
            {counted(total, 'exercise')}: queries on real PostgreSQL, programs that really run. Nothing here is multiple
            choice.
          </p>
        </div>
        <form
          class="cols rail"
          method="get"
          action="/exercises"
          aria-label="Exercises"
          data-address
          hx-trigger="input delay:200ms, change, submit"
          {...live}
        >
          <Filters filters={filters} />
          <div class="stack">
            <div class="row">
              <div class="field grow">
                <input
                  type="search"
                  name="q"
                  value={filters.q}
                  aria-label="Filter by word"
                  placeholder="Filter by word or topic"
                  data-shortcut="/"
                />
              </div>
              <button class="btn" type="submit" data-scriptless>
                <Icon name="search" />
                Filter
              </button>
            </div>
            <CatalogueList {...props} />
          </div>
        </form>
      </main>
    </Layout>
  )
}

/** The list alone. */
export function CatalogueList({ tracks, total }: Pick<CatalogueProps, 'tracks' | 'total'>): SafeHtml {
  const shown = tracks.reduce((sum, track) => sum + track.rows.length, 0)
  const filled = tracks.filter((track) => track.rows.length > 0)
  return (
    <div id="list" class="wide">
      <p class="faint" data-announce="polite">
        {shown === total ? `All ${counted(total, 'exercise')}` : `${shown} of ${counted(total, 'exercise')} shown`}
        {shown === total || shown === 0 ? null : (
          <>
            {' · '}
            <a href="/exercises">Show all</a>
          </>
        )}
      </p>
      {filled.length === 0 ? (
        <Empty title="Nothing fits">
          No exercise passes these filters. <a href="/exercises">Show all</a>
        </Empty>
      ) : (
        filled.map((track) => <TrackTable track={track} />)
      )}
    </div>
  )
}

function TrackTable({ track }: { track: CatalogueTrack }): SafeHtml {
  const passed = track.rows.filter((row) => row.state === 'accepted').length
  return (
    <section class="stack half">
      <div class="row apart base">
        <h2>{track.title}</h2>
        <span class="faint num">
          {passed} of {track.rows.length} passed
        </span>
      </div>
      <p class="muted">{track.description}</p>
      <table class="data flow exercises" aria-label={track.title}>
        <thead>
          <tr>
            <th scope="col">Exercise</th>
            <th scope="col" class="hide-s">
              Kind
            </th>
            <th scope="col">Difficulty</th>
            <th scope="col" class="hide-s">
              Takes
            </th>
            <th scope="col">You</th>
          </tr>
        </thead>
        <tbody>{track.rows.map(tableRow)}</tbody>
      </table>
    </section>
  )
}

const tableRow = remembered(
  (row: CatalogueRow): SafeHtml => (
    <tr>
      <td class="w">
        <a class="t" href={`/exercises/${encodeURIComponent(row.slug)}`}>
          {row.title}
        </a>
        {row.isPublished ? null : <span class="tag">Not published</span>}
        <div class="muted">{row.summary}</div>
        {row.unavailable === null ? null : <div class="slow-ink">{row.unavailable}</div>}
      </td>
      <td class="hide-s">
        {row.language}
        <div class="faint topics">{row.topics.join(', ')}</div>
      </td>
      <td>
        <Level difficulty={row.difficulty} />{' '}
        <span class="faint only-s">
          · {row.language} · {row.minutes} min
        </span>
      </td>
      <td class="hide-s num">{row.minutes} min</td>
      <td>
        <StateMark state={row.state} />
        {row.part === null ? null : <div class="faint num">{percent(row.part)} right</div>}
      </td>
    </tr>
  ),
)

const trackChoices = choicesOf('Track', 'track')
const stateChoices = choicesOf('Your progress', 'state')
const difficultyChoices = choicesOf('Difficulty', 'difficulty')
const languageChoices = choicesOf('Language', 'language')

/** Topics that are shown at once: those of most exercises. */
const topicsMax = 12

/** All others are there, folded; what is chosen is among those that are seen. */
const topicChoices = remembered((topics: readonly FilterChoice[]): SafeHtml => {
  if (topics.length === 0) return nothing
  const seen = new Set([...topics].sort((one, other) => other.exercises - one.exercises).slice(0, topicsMax))
  const isSeen = (choice: FilterChoice) => choice.isChosen || seen.has(choice)
  const folded = topics.filter((choice) => !isSeen(choice))
  return (
    <fieldset>
      <legend>
        <b>Topic</b>
      </legend>
      {topics.filter(isSeen).map((choice) => (
        <Choice name="topic" choice={choice} />
      ))}
      {folded.length === 0 ? null : (
        <details class="folded">
          <summary>{folded.length} more topics</summary>
          {folded.map((choice) => (
            <Choice name="topic" choice={choice} />
          ))}
        </details>
      )}
    </fieldset>
  )
})

/** The rail; on a phone it folds. */
function Filters({ filters }: { filters: CatalogueFilters }): SafeHtml {
  const chosen = [filters.tracks, filters.languages, filters.difficulties, filters.states, filters.topics]
    .flat()
    .filter((choice) => choice.isChosen).length
  return (
    <details class="filters" data-open-wide open>
      <summary class="btn sm">
        <Icon name="list-filter" />
        Filters{chosen > 0 ? ` (${chosen})` : ''}
      </summary>
      <div class="stack">
        {trackChoices(filters.tracks)}
        {filters.languages.length > 1 ? languageChoices(filters.languages) : null}
        {stateChoices(filters.states)}
        {difficultyChoices(filters.difficulties)}
        {topicChoices(filters.topics)}
      </div>
    </details>
  )
}

/** A person's own counts are made anew each time; of all others there is one list. */
function choicesOf(legend: string, name: string): (choices: readonly FilterChoice[]) => SafeHtml {
  return remembered((choices) =>
    choices.length === 0 ? (
      nothing
    ) : (
      <fieldset>
        <legend>
          <b>{legend}</b>
        </legend>
        {choices.map((choice) => (
          <Choice name={name} choice={choice} />
        ))}
      </fieldset>
    ),
  )
}

function Choice({ name, choice }: { name: string; choice: FilterChoice }): SafeHtml {
  return (
    <label class="tick">
      <input type="checkbox" name={name} value={choice.value} checked={choice.isChosen} />
      {choice.label}
      <span class="num">{choice.exercises}</span>
    </label>
  )
}
