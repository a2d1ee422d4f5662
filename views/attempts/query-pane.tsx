/** The editor of an SQL exercise: its head, the text, and what can be done with it. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Icon } from '../parts/icon.tsx'
import { type AttemptFacts, type EditorAct, EditorFoot, KeysButton, StarterButton } from './editor-foot.tsx'
import { swap } from './swap.ts'

/** What can be done with a query. */
const acts: readonly EditorAct[] = [
  { act: 'explain', to: 'explanations', word: 'Explain', busy: 'Explaining' },
  { act: 'all', to: 'runs', word: 'Run all', isHidden: true },
  { act: 'run', to: 'runs', word: 'Run', busy: 'Running', keys: 'Ctrl ↵', icon: 'play' },
  { act: 'check', to: 'submissions', word: 'Check answer', busy: 'Checking', keys: '⇧ Ctrl ↵', isKey: true },
]

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
        <EditorFoot attempt={attempt} acts={acts} unavailable={unavailable} />
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
  const resets = `/attempts/${attempt.id}/resets`
  return (
    <div class="head">
      <h2 class="file">query.sql</h2>
      <span class="faint hide-s">{server}</span>
      <span class="push row tight">
        <KeysButton />
        <button class="btn sm quiet" type="button" data-format={page.assets['format.js']} hidden>
          Format
        </button>
        <StarterButton attempt={attempt} />
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
