/** The left pane: the task, its tables, its hints and what was tried. */
import { raw, type SafeHtml } from '#jsx/jsx-runtime'
import type { Difficulty } from '../../src/catalog/exercise.ts'
import { Level } from '../parts/level.tsx'
import { Empty } from '../parts/say.tsx'
import { afterMark, type State, StateMark } from '../parts/state.tsx'
import { count, counted, Time } from '../parts/text.tsx'
import { DraftsLink } from './drafts.tsx'
import { type HelpProps, Hints, Solution } from './help.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { type SchemaFacts, Tables } from './tables.tsx'

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
  sql: string
  /** For example `24 rows` or the verdict's summary. */
  outcome: string
  /** The verdict of an answer; null for a run. */
  state: State | null
}

/** What the pane shows. */
export interface TaskPaneProps {
  exercise: ExerciseFacts
  /** Null where it is still being read. */
  schema: SchemaFacts | null
  help: HelpProps
  tries: readonly Try[]
}

/** Task | Tables | Hints | Solution | Tries. */
export function TaskPane({ exercise, schema, help, tries }: TaskPaneProps): SafeHtml {
  return (
    <section class="pane task" aria-label="Task">
      <PaneTabs
        label="About the exercise"
        open={help.asksToGiveUp ? 'pane-solution' : 'pane-task'}
        tabs={[
          { id: 'pane-task', name: 'Task', panel: <Task exercise={exercise} /> },
          {
            id: 'pane-tables',
            name: 'Tables',
            count: schema?.tables.length || null,
            panel: (
              <div id="tables">
                <Tables schema={schema} attemptId={help.attemptId} slug={exercise.slug} />
              </div>
            ),
          },
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
                <DraftsLink attemptId={help.attemptId} />
                <div id="tries">{<Tries tries={tries} />}</div>
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function Task({ exercise }: { exercise: ExerciseFacts }): SafeHtml {
  return (
    <div class="pad prose">
      <div class="row tight">
        <Level difficulty={exercise.difficulty} />
        {exercise.topics.map((topic) => (
          <span class="tag">{topic}</span>
        ))}
        <span class="tag">{exercise.minutes} min</span>
        <span class="tag">{counted(exercise.points, 'point')}</span>
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
        <Empty title="No tries yet">Run a query and it shows up here, with its result and the time it took.</Empty>
      </div>
    )
  }
  return (
    <>
      <p class="note-line faint">{count(tries.length)} so far, newest first</p>
      <ol class="list tries">
        {tries.map((entry) => (
          <li>
            <div class="row tight apart">
              {entry.state === null ? <b>Run</b> : <StateMark state={entry.state} />}
              <Time at={entry.at} />
            </div>
            <p class="muted">{entry.state === null ? entry.outcome : afterMark(entry.outcome, entry.state)}</p>
            <details>
              <summary>Query</summary>
              <pre class="scroll" tabindex="0">
                {entry.sql}
              </pre>
              <button type="button" class="btn sm" data-restore hidden>
                Put it into the editor
              </button>
            </details>
          </li>
        ))}
      </ol>
    </>
  )
}
