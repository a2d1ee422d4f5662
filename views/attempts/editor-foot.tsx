/** What stands below every editor: the place of the cursor, when the draft was saved, and what can be done with it. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Icon, Shape } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon-shapes.ts'
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

/** A button that sends the editor's form. */
export interface EditorAct {
  /** What keys and scripts know it by. */
  act: 'explain' | 'all' | 'run' | 'check'
  /** The end of the address that it sends to, below the attempt's own. */
  to: 'explanations' | 'runs' | 'programs' | 'trials' | 'submissions'
  word: string
  /** The word while it is under way. */
  busy?: string
  keys?: string
  icon?: IconName
  /** The one yellow key of the screen. */
  isKey?: boolean
  /** A script shows it where it makes sense. */
  isHidden?: boolean
  /** Output is shown while it comes. */
  isFollowed?: boolean
}

/** What the foot is given. */
export interface EditorFootProps {
  attempt: AttemptFacts
  acts: readonly EditorAct[]
  /** Why nothing can be run here, or null. */
  unavailable: string | null
}

/** Belongs into the editor's form. */
export function EditorFoot({ attempt, acts, unavailable }: EditorFootProps): SafeHtml {
  return (
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
          {acts.map((act) => (
            <ActButton attemptId={attempt.id} {...act} />
          ))}
        </span>
      ) : (
        <p class="push v slow unavailable">
          <Shape name="warn" />
          {unavailable}
        </p>
      )}
    </div>
  )
}

function ActButton({ attemptId, act, to, word, busy, keys, icon, ...is }: EditorAct & { attemptId: string }): SafeHtml {
  const { isKey = false, isHidden = false, isFollowed = false } = is
  const address = `/attempts/${attemptId}/${to}`
  return (
    <button
      class={isKey ? 'btn sm key' : 'btn sm'}
      type="submit"
      data-act={act}
      data-output={isFollowed ? `/attempts/${attemptId}/output` : null}
      formaction={address}
      hidden={isHidden}
      {...swap(address)}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span data-busy={busy ?? null}>{word}</span>
      {keys === undefined ? null : (
        <>
          {' '}
          <kbd>{keys}</kbd>
        </>
      )}
    </button>
  )
}

/** The list of keys; scripts show the button. */
export function KeysButton(): SafeHtml {
  return (
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
  )
}

/** Goes back to what the exercise began with; a script asks first. */
export function StarterButton({ attempt }: { attempt: AttemptFacts }): SafeHtml {
  return (
    <button
      class="btn sm quiet"
      type="submit"
      formaction={`/attempts/${attempt.id}/starters`}
      data-starter={attempt.starter}
      title="Back to what the exercise began with"
    >
      Start again
    </button>
  )
}
