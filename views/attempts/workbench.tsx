/** The exercise page: task at the left, the editor over its result at the right. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, Layout, type PageProps } from '../layout.tsx'
import { Icon, Shape } from '../parts/icon.tsx'
import { Say } from '../parts/say.tsx'
import { lookOf, type State } from '../parts/state.tsx'
import { Time } from '../parts/text.tsx'
import { HelpOutOfBand, type HelpProps } from './help.tsx'
import { KeysDialog } from './keys.tsx'
import { ResultPane, type ResultProps } from './result-pane.tsx'
import { StarterDialog } from './starter.tsx'
import { swap } from './swap.ts'
import { TaskPane, type TaskPaneProps, Tries, type Try } from './task-pane.tsx'

/** The attempt as the page shows it. */
export interface AttemptFacts {
  id: string
  /** The draft: what the editor opens with. */
  text: string
  /** The draft's version, sent along when it is saved. */
  version: number
  /** When the draft was saved, ISO 8601; null where nothing was saved yet. */
  savedAt: string | null
  /** The exercise's starter, for going back to it. */
  starter: string
}

/** What the workbench is given. */
export interface WorkbenchProps extends TaskPaneProps {
  page: PageProps
  track: { slug: string; title: string }
  /** Place in the track, from 1, and how many there are. */
  place: number
  placeCount: number
  previous: { slug: string; title: string } | null
  next: { slug: string; title: string } | null
  /** For the editor's head, for example `PostgreSQL 18.4 · cinema, read only`. */
  server: string
  attempt: AttemptFacts
  /** Where the exercise stands for this person. */
  state: State
  result: ResultProps
  /** Why nothing can be run here (an exercise that needs a boxed server on a machine without one), or null. */
  unavailable: string | null
}

/** Shapes that answers may bring which the page itself does not show. */
const later = [
  'pass',
  'part',
  'fail',
  'slow',
  'gauge',
  'torn',
  'warn',
  'idle',
  'lightbulb',
  'copy',
  'download',
] as const

/** The whole page. */
export function WorkbenchPage(props: WorkbenchProps): SafeHtml {
  const { page, exercise, attempt } = props
  return (
    <Layout
      page={page}
      title={exercise.title}
      isFixed
      hasEditor
      later={later}
      crumb={<Crumb {...props} />}
      tools={<Steps {...props} />}
    >
      <PaneSwitch state={props.state} hasResult={props.result.kind !== 'empty'} />
      <main id="main">
        <div class="bench" data-attempt={attempt.id} data-version={attempt.version}>
          <TaskPane exercise={exercise} tables={props.tables} help={props.help} tries={props.tries} />
          <Splitter name="a" label="Resize the left pane" controls="width" />
          <Editor {...props} />
          <Splitter name="b" label="Resize the results" controls="height" />
          <section class="pane out" aria-label="Result" id="result">
            <ResultPane {...props.result} />
          </section>
        </div>
      </main>
      <KeysDialog />
      <StarterDialog />
      <template id="draft-conflict">
        <section class="conflict stack" aria-label="Two drafts">
          <p>
            <b>This query was changed in another tab or on another device.</b> Choose which text stays; until then
            nothing is saved.
          </p>
          <div class="two">
            <div class="stack half">
              <button class="btn sm" type="button" data-mine>
                Keep this one
              </button>
              <pre class="scroll" tabindex="0" data-mine-text />
            </div>
            <div class="stack half">
              <button class="btn sm" type="button" data-other>
                Take the other one
              </button>
              <pre class="scroll" tabindex="0" data-other-text />
            </div>
          </div>
        </section>
      </template>
      <template id="no-answer">
        <Say
          look={{ hue: 'slow', shape: 'warn' }}
          title="Podium did not answer."
          help="The connection broke or the program is being restarted. Your text is kept in this browser. Run again in a moment."
        />
      </template>
    </Layout>
  )
}

/** The answer to a form of the workbench: the pane's inside, and the list of tries with it where it changed. */
export function ResultFragment({
  result,
  tries,
  help = null,
}: {
  result: ResultProps
  tries: readonly Try[] | null
  help?: HelpProps | null
}): SafeHtml {
  return (
    <>
      <ResultPane {...result} />
      {tries === null ? null : (
        <div id="tries" hx-swap-oob="innerHTML">
          <Tries tries={tries} />
        </div>
      )}
      <HelpOutOfBand help={help} />
    </>
  )
}

function Crumb({ track, exercise }: WorkbenchProps): SafeHtml {
  return (
    <nav class="crumb" aria-label="Place">
      <a class="hide-s" href={`/exercises?track=${encodeURIComponent(track.slug)}`}>
        {track.title}
      </a>
      <span class="hide-s">
        <Icon name="chevron-right" />
      </span>
      <h1>{exercise.title}</h1>
    </nav>
  )
}

function Steps({ place, placeCount, previous, next }: WorkbenchProps): SafeHtml {
  return (
    <>
      <span class="faint hide-s on-bar-2">{place === 0 ? 'No longer in its track' : `${place} of ${placeCount}`}</span>
      {previous === null ? null : (
        <a
          class="btn sm icon"
          href={`/exercises/${encodeURIComponent(previous.slug)}`}
          aria-label={`Previous exercise: ${previous.title}`}
        >
          <Icon name="arrow-left" />
        </a>
      )}
      {next === null ? null : (
        <a
          class="btn sm icon"
          href={`/exercises/${encodeURIComponent(next.slug)}`}
          aria-label={`Next exercise: ${next.title}`}
        >
          <Icon name="arrow-right" />
        </a>
      )}
    </>
  )
}

/** On a phone one pane shows at a time; radio buttons and CSS do it. */
function PaneSwitch({ state, hasResult }: { state: State; hasResult: boolean }): SafeHtml {
  const { hue, shape, word } = lookOf(state)
  return (
    <nav class="switch-place" aria-label="Panes">
      <fieldset class="switch">
        <legend class="sr">Show pane</legend>
        <label>
          <input type="radio" name="pane" value="task" checked={!hasResult} />
          Task
        </label>
        <label>
          <input type="radio" name="pane" value="edit" />
          Query
        </label>
        <label>
          <input type="radio" name="pane" value="out" checked={hasResult} />
          Result
          <span class={`v ${hue}`} id="switch-state">
            <Shape name={shape} />
            <span class="sr">{word}</span>
          </span>
        </label>
      </fieldset>
    </nav>
  )
}

function Splitter({
  name,
  label,
  controls,
}: {
  name: 'a' | 'b'
  label: string
  controls: 'width' | 'height'
}): SafeHtml {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter takes the focus and values, which hr does not.
    <div
      class={`split split-${name}`}
      role="separator"
      tabindex="0"
      aria-orientation={controls === 'width' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow={controls === 'width' ? '28' : '50'}
      data-split={name}
    />
  )
}

function Editor({ page, attempt, server, unavailable }: WorkbenchProps): SafeHtml {
  const runs = `/attempts/${attempt.id}/runs`
  const submissions = `/attempts/${attempt.id}/submissions`
  const plans = `/attempts/${attempt.id}/explanations`
  const starters = `/attempts/${attempt.id}/starters`
  const resets = `/attempts/${attempt.id}/resets`
  return (
    <section class="pane edit" aria-label="Query">
      <form id="query" method="post" action={runs} autocomplete="off">
        <CsrfField csrf={page.csrf} />
        <div class="head">
          <h2 class="file">query.sql</h2>
          <span class="faint hide-s">{server}</span>
          <span class="push row tight">
            <button
              class="btn sm quiet icon hide-s"
              type="button"
              data-keys
              aria-label="Keys"
              title="Keys (?)"
              aria-haspopup="dialog"
              hidden
            >
              <Icon name="keyboard" />
            </button>
            <button class="btn sm quiet" type="button" data-format={page.assets['format.js']} hidden>
              Format
            </button>
            <button class="btn sm quiet" type="submit" formaction={starters} data-starter={attempt.starter}>
              Starter
            </button>
            {unavailable === null ? (
              <button class="btn sm quiet" type="submit" formaction={resets} {...swap(resets)}>
                <Icon name="rotate-ccw" />
                Reset database
              </button>
            ) : null}
          </span>
        </div>
        <div class="body editor">
          <label class="sr" for="sql">
            Query
          </label>
          <textarea id="sql" name="sql" class="plain-editor" spellcheck="false" autocapitalize="off" wrap="off">
            {`\n${attempt.text}`}
          </textarea>
        </div>
        <div class="foot">
          <span class="faint hide-s" id="caret" />
          <span class="faint" id="saved" role="status">
            {attempt.savedAt === null ? null : (
              <>
                saved <Time at={attempt.savedAt} as="clock" />
              </>
            )}
          </span>
          {unavailable === null ? (
            <span class="push row tight">
              <button class="btn sm stop" type="button" data-cancel={`/attempts/${attempt.id}/cancellations`} hidden>
                <Icon name="square" />
                Cancel
              </button>
              <button class="btn sm" type="submit" data-act="explain" formaction={plans} {...swap(plans)}>
                <span data-busy="Explaining">Explain</span>
              </button>
              <button class="btn sm" type="submit" data-act="all" {...swap(runs)} hidden>
                Run all
              </button>
              <button class="btn sm" type="submit" data-act="run" {...swap(runs)}>
                <Icon name="play" />
                <span data-busy="Running">Run</span> <kbd>Ctrl ↵</kbd>
              </button>
              <button class="btn sm key" type="submit" data-act="check" formaction={submissions} {...swap(submissions)}>
                <span data-busy="Checking">Check answer</span> <kbd>⇧ Ctrl ↵</kbd>
              </button>
            </span>
          ) : (
            <p class="push v slow">
              <Shape name="warn" />
              {unavailable}
            </p>
          )}
        </div>
      </form>
    </section>
  )
}
