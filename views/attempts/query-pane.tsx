/** The editor of an SQL exercise: its head, the text, and what can be done with it. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Icon, Shape } from '../parts/icon.tsx'
import { Time } from '../parts/text.tsx'
import { swap } from './swap.ts'

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

/** What the pane is given. */
export interface QueryPaneProps {
  page: PageProps
  attempt: AttemptFacts
  /** For the head, for example `PostgreSQL 18.4 · cinema, read only`. */
  server: string
  /** Why nothing can be run here (an exercise that needs a boxed server on a machine without one), or null. */
  unavailable: string | null
}

/** A form that works without scripts too: then each button sends it. */
export function QueryPane({ page, attempt, server, unavailable }: QueryPaneProps): SafeHtml {
  return (
    <section class="pane edit" aria-label="Query">
      <form id="query" method="post" action={`/attempts/${attempt.id}/runs`} autocomplete="off">
        <CsrfField csrf={page.csrf} />
        <QueryHead page={page} attempt={attempt} server={server} isAvailable={unavailable === null} />
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
            <Acts attempt={attempt} />
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

function QueryHead({
  page,
  attempt,
  server,
  isAvailable,
}: Omit<QueryPaneProps, 'unavailable'> & { isAvailable: boolean }): SafeHtml {
  const starters = `/attempts/${attempt.id}/starters`
  const resets = `/attempts/${attempt.id}/resets`
  return (
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
        {isAvailable ? (
          <button class="btn sm quiet" type="submit" formaction={resets} {...swap(resets)}>
            <Icon name="rotate-ccw" />
            Reset database
          </button>
        ) : null}
      </span>
    </div>
  )
}

function Acts({ attempt }: { attempt: AttemptFacts }): SafeHtml {
  const runs = `/attempts/${attempt.id}/runs`
  const submissions = `/attempts/${attempt.id}/submissions`
  const plans = `/attempts/${attempt.id}/explanations`
  return (
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
  )
}
