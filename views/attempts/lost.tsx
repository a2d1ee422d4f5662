/** A sandbox that was lost with its changes: why, and the offer to run again what changed it. */
import { nothing, type SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField } from '../layout.tsx'
import { Say } from '../parts/say.tsx'
import { counted } from '../parts/text.tsx'
import { swap } from './swap.ts'

/** The offer to run statements of the log again. */
export interface ReplayOffer {
  attemptId: string
  csrf: string | null
  /** Statements of the log that can be run again. */
  replayStatements: number
}

/** What was lost, and the offer. */
export interface LostOffer extends ReplayOffer {
  /** Why, as a sentence. */
  reason: string
}

/** The bar that says so. */
export function LostSay(props: LostOffer): SafeHtml {
  return (
    <Say
      look={{ hue: 'slow', shape: 'warn' }}
      title="Your database was replaced by a fresh one."
      help={`${props.reason} Your query is safe; what you changed in tables is not there any more.`}
      action={<ReplayForm {...props} />}
    />
  )
}

/** The button that runs them again; nothing where there are none. */
export function ReplayForm({ attemptId, csrf, replayStatements }: ReplayOffer): SafeHtml {
  if (replayStatements === 0) return nothing
  const action = `/attempts/${attemptId}/replays`
  return (
    <form method="post" action={action} {...swap(action)}>
      <CsrfField csrf={csrf} />
      <button class="btn sm" type="submit">
        Replay {counted(replayStatements, 'statement')}
      </button>
    </form>
  )
}
