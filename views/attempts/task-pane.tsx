/** The left pane: the task, its tables, its hints and what was tried. */
import { nothing, raw, type SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../../src/catalog/exercise-common.ts'
import { Level } from '../parts/level.tsx'
import { Listing, type Sheet } from '../parts/listing.tsx'
import { Empty } from '../parts/say.tsx'
import { afterMark, type State, StateMark } from '../parts/state.tsx'
import { count, counted, Time } from '../parts/text.tsx'
import { DraftsLink } from './drafts.tsx'
import { type HelpProps, Hints, Solution } from './help.tsx'
import { kindWords, type WorkKind } from './kind-words.ts'
import { PaneTabs, type Tab } from './pane-tabs.tsx'

/** The exercise as its page shows it. */
export interface ExerciseFacts {
  slug: string
  title: string
  difficulty: Difficulty
  minutes: number
  points: number
  topics: readonly string[]
  /** False: only authors see it. */
  isPublished: boolean
  /** Sanitised HTML. */
  descriptionHtml: string
}

/** A run or an answer of this attempt, newest first. */
export interface Try {
  kind: 'run' | 'answer'
  at: string
  /** What was run or handed in, as it is put back into the editor; null where the log has it no longer, or it is long. */
  text: string | null
  /** The same, to be read. */
  sheets: readonly Sheet[]
  /** For example `24 rows` or the verdict's summary. */
  outcome: string
  /** The verdict of an answer; null for a run. */
  state: State | null
}

/** What the pane shows. */
export interface TaskPaneProps {
  exercise: ExerciseFacts
  help: HelpProps
  tries: readonly Try[]
}

/** Task | what this kind of exercise has besides | Hints | Solution | Tries. */
export function TaskPane({
  kind,
  exercise,
  help,
  tries,
  more,
}: TaskPaneProps & { kind: WorkKind; more: readonly Tab[] }): SafeHtml {
  return (
    <section class="pane task" aria-label="Task">
      <PaneTabs
        label="About the exercise"
        open={help.asksToGiveUp ? 'pane-solution' : 'pane-task'}
        tabs={[
          { id: 'pane-task', name: 'Task', panel: <Task exercise={exercise} givesPart={help.givesPart} /> },
          ...more,
          {
            id: 'pane-hints',
            name: 'Hints',
            count: help.hintsTotal || null,
            panel: <div id="hints">{<Hints {...help} />}</div>,
          },
          { id: 'pane-solution', name: 'Solution', panel: <div id="solution">{<Solution {...help} />}</div> },
          {
            id: 'pane-tries',
            name: 'Tries',
            panel: (
              <>
                <DraftsLink attemptId={help.attemptId} own={kindWords[kind].own} />
                <div id="tries">{<Tries tries={tries} />}</div>
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function Task({ exercise, givesPart }: { exercise: ExerciseFacts; givesPart: boolean }): SafeHtml {
  return (
    <div class="pad prose">
      <div class="row tight">
        <Level difficulty={exercise.difficulty} />
        {exercise.topics.map((topic) => (
          <span class="tag">{topic}</span>
        ))}
        <span class="tag">{exercise.minutes} min</span>
        <span class="tag">
          {counted(exercise.points, 'point')}
          {givesPart ? ', also in parts' : ''}
        </span>
        {exercise.isPublished ? null : <span class="tag">Not published</span>}
      </div>
      <h2 class="title">{exercise.title}</h2>
      {raw(exercise.descriptionHtml)}
    </div>
  )
}

/** The list in `#tries`; answers to runs and checks bring it along. */
export function Tries({ tries }: { tries: readonly Try[] }): SafeHtml {
  if (tries.length === 0) {
    return (
      <div class="pad">
        <Empty title="No tries yet">What you run or hand in shows up here, with what came of it.</Empty>
      </div>
    )
  }
  const colouredTries = countColoured(tries)
  return (
    <>
      <p class="note-line faint">{count(tries.length)} so far, newest first</p>
      <ol class="list tries">
        {tries.map((entry, place) => (
          <li>
            <div class="row tight apart">
              {entry.state === null ? <b>Run</b> : <StateMark state={entry.state} />}
              <Time at={entry.at} />
            </div>
            <p class="muted">{entry.state === null ? entry.outcome : afterMark(entry.outcome, entry.state)}</p>
            <Tried entry={entry} isPlain={place >= colouredTries} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** Lines and UTF-16 code units that the list shows of one try: it holds many of them. */
const triedLinesMax = 200
const triedLengthMax = 8000
/** Of all tries together so much is coloured: the page is made anew after each run. */
const triedColouredMax = 10_000

/** How many of them, from the newest. */
function countColoured(tries: readonly Try[]): number {
  let left = triedColouredMax
  const tooMuch = tries.findIndex(({ sheets }) => {
    left -= beginningOf(sheets).reduce((sum, { text }) => sum + text.length, 0)
    return left < 0
  })
  return tooMuch < 0 ? tries.length : tooMuch
}

/** The same texts where all of them is shown. */
function beginningOf(sheets: readonly Sheet[]): readonly Sheet[] {
  const shown: Sheet[] = []
  let [linesLeft, lengthLeft] = [triedLinesMax, triedLengthMax]
  for (const { path, text } of sheets) {
    if (linesLeft <= 0 || lengthLeft <= 0) break
    const lines = text.split('\n', linesLeft)
    const beginning = lines.join('\n').slice(0, lengthLeft)
    linesLeft -= lines.length
    lengthLeft -= beginning.length
    shown.push({ path, text: beginning })
  }
  const isWhole = shown.length === sheets.length && shown.every(({ text }, place) => text === sheets[place]?.text)
  return isWhole ? sheets : shown
}

function Tried({ entry: { text, sheets }, isPlain }: { entry: Try; isPlain: boolean }): SafeHtml {
  if (sheets.length === 0) return nothing
  const isQuery = sheets.every(({ path }) => path === null)
  const shown = beginningOf(sheets)
  return (
    <details>
      <summary>{isQuery ? 'Query' : 'Files'}</summary>
      <div class="scroll sheets" tabindex="0">
        <Listing sheets={shown} label="What was run" isPlain={isPlain} />
      </div>
      {shown === sheets ? null : (
        <p class="faint">
          Only its beginning is shown.{' '}
          {text === null ? 'An earlier version has all of it.' : 'The editor gets all of it.'}
        </p>
      )}
      {text === null ? null : (
        <button type="button" class="btn sm" data-restore={text} hidden>
          Put it into the editor
        </button>
      )}
    </details>
  )
}
