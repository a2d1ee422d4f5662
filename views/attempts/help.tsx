/** Hints, one by one with their cost told before, and the reference solution once it may be seen. */
import { nothing, raw, type SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField } from '../layout.tsx'
import { Icon } from '../parts/icon.tsx'
import { Listing, type Sheet } from '../parts/listing.tsx'
import { Empty } from '../parts/say.tsx'
import { counted, percent } from '../parts/text.tsx'

/** What an attempt has been shown, and what more costs. */
export interface HelpProps {
  attemptId: string
  csrf: string | null
  /** Sanitised HTML of the hints that were revealed; the others are not in the page. */
  hints: readonly string[]
  hintsTotal: number
  /** What the exercise is worth. */
  points: number
  /** What a right answer brings now. */
  pointsNow: number
  /** What it brings after one more hint. */
  pointsAfterHint: number
  /** What the best answer has brought, and what is left of that after one more hint. */
  pointsEarned: number
  pointsEarnedAfterHint: number
  /** What the best answer is worth, from 0 to 1. */
  bestScore: number
  /** Whether an answer that is partly right brings a part of the points. */
  givesPart: boolean
  /** In this version or an earlier one. */
  isPassed: boolean
  isGivenUp: boolean
  /** The viewer sees the reference as an author: it was neither earned nor given up. */
  isForAuthors: boolean
  /** The reference; null until the exercise is solved or given up. */
  solution: readonly Sheet[] | null
  /** Further references, for authors. */
  otherSolutions: readonly (readonly Sheet[])[]
  /** Asks before giving up. */
  asksToGiveUp: boolean
}

/** The htmx attributes of a form that answers into one of the two panels. */
function swapInto(address: string, panel: 'hints' | 'solution'): Record<string, string> {
  return { 'hx-post': address, 'hx-target': `#${panel}`, 'hx-swap': 'innerHTML' }
}

/** The answer to a form of one panel: its inside, and the other one's with it. */
export function HelpFragment({ help, panel }: { help: HelpProps; panel: 'hints' | 'solution' }): SafeHtml {
  return panel === 'hints' ? (
    <>
      <Hints {...help} isNew />
      <div id="solution" hx-swap-oob="innerHTML">
        <Solution {...help} />
      </div>
    </>
  ) : (
    <>
      <Solution {...help} isNew />
      <div id="hints" hx-swap-oob="innerHTML">
        <Hints {...help} />
      </div>
    </>
  )
}

/** The inside of `#hints`. `isNew`: the last hint was revealed just now and takes the focus. */
export function Hints(props: HelpProps & { isNew?: boolean }): SafeHtml {
  const { hints, hintsTotal, isNew = false } = props
  if (hintsTotal === 0) {
    return (
      <div class="pad">
        <Empty title="No hints">This one goes without. The Tables tab shows what there is to work with.</Empty>
      </div>
    )
  }
  return (
    <div class="pad stack">
      {hints.length === 0 ? null : (
        <ol class="hints stack">
          {hints.map((html, index) => {
            const isLast = isNew && index === hints.length - 1
            return (
              <li class="hint-shown" tabindex={isLast ? '-1' : null} autofocus={isLast}>
                <h2>
                  <Icon name="lightbulb" />
                  Hint {index + 1}
                </h2>
                <p>{raw(html)}</p>
              </li>
            )
          })}
        </ol>
      )}
      <NextHint {...props} />
    </div>
  )
}

function NextHint(props: HelpProps): SafeHtml {
  const { attemptId, csrf, hints, hintsTotal } = props
  const next = hints.length + 1
  if (next > hintsTotal) return <p class="muted">That was the last hint. {worth(props)}</p>
  const address = `/attempts/${encodeURIComponent(attemptId)}/hints`
  return (
    <form class="question stack" method="post" action={address} {...swapInto(address, 'hints')}>
      <h2>
        Hint {next} of {hintsTotal}
      </h2>
      <p class="muted">
        {hintPrice(props)} {worth(props)}
      </p>
      <button class="btn" type="submit">
        <Icon name="lightbulb" />
        Show hint {next}
      </button>
      <input type="hidden" name="number" value={String(next)} />
      <CsrfField csrf={csrf} />
    </form>
  )
}

/** What the next hint costs, as a sentence. */
function hintPrice(props: HelpProps): string {
  const { points, pointsNow, pointsAfterHint, pointsEarned, pointsEarnedAfterHint, isPassed, isGivenUp } = props
  if (isPassed || isGivenUp) return 'It costs nothing now.'
  const cost = pointsNow - pointsAfterHint
  if (cost === 0) return 'It costs nothing: a fifth of the points is yours in any case.'
  const price = `It costs ${cost} of the ${counted(points, 'point')}`
  if (pointsEarned === pointsEarnedAfterHint) return `${price}.`
  return `${price}, and of the ${pointsEarned} that you have ${pointsEarnedAfterHint} stay.`
}

/** What a right answer brings, as a sentence. */
function worth({ points, pointsNow, pointsEarned, bestScore, givesPart, isPassed, isGivenUp }: HelpProps): string {
  if (isPassed) return `The exercise brought you ${counted(pointsEarned, 'point')}.`
  if (isGivenUp) return 'You asked for the solution, so a right answer brings no points.'
  const all =
    pointsNow === points
      ? `A right answer brings all ${points} now`
      : `A right answer brings ${pointsNow} of ${counted(points, 'point')} now`
  if (bestScore > 0) return `${all}; your best one counts ${percent(bestScore)} and has brought ${pointsEarned}.`
  return givesPart ? `${all}, one that is partly right a part of them.` : `${all}.`
}

/** The inside of `#solution`. */
export function Solution(props: HelpProps & { isNew?: boolean }): SafeHtml {
  const { solution, otherSolutions, isNew = false } = props
  if (solution === null) return <NoSolution {...props} />
  return (
    <>
      <p class="note-line muted" tabindex={isNew ? '-1' : null} autofocus={isNew}>
        {aboutSolution(props)}
      </p>
      <Listing sheets={solution} label="Reference solution" />
      {otherSolutions.map((sheets, index) => (
        <>
          <p class="note-line muted">Right as well:</p>
          <Listing sheets={sheets} label={`Reference solution ${index + 2}`} />
        </>
      ))}
    </>
  )
}

function aboutSolution({ isForAuthors, isGivenUp }: HelpProps): string {
  if (isForAuthors) return 'The reference, because you are an author. Learners see it once they pass or give up.'
  return isGivenUp
    ? 'The reference. Read it, then write it yourself: the exercise can still be passed.'
    : 'The reference. Yours may read otherwise: what counts is the result.'
}

function NoSolution(props: HelpProps): SafeHtml {
  const { attemptId, csrf, asksToGiveUp, pointsNow, isPassed } = props
  const address = `/attempts/${encodeURIComponent(attemptId)}/solutions`
  const isLoss = pointsNow > 0 && !isPassed
  return (
    <div class="pad">
      <form class="question stack" method="post" action={address} {...swapInto(address, 'solution')}>
        {asksToGiveUp ? (
          <>
            <h2 tabindex="-1" autofocus>
              {isLoss ? `Give up ${counted(pointsNow, 'point')} for the solution?` : 'Show the solution?'}
            </h2>
            <p class="muted">{priceOfSolution(props)}</p>
            <div class="row">
              <button class="btn" type="submit" name="confirmed" value="no">
                Keep trying
              </button>
              <button class="btn stop" type="submit" name="confirmed" value="yes">
                Show the solution
              </button>
            </div>
          </>
        ) : (
          <>
            <h2>The reference solution</h2>
            <p class="muted">
              It shows up here once your answer passes. Stuck?{' '}
              {isPassed ? 'You keep your points if you look.' : 'You can see it without the points.'}
            </p>
            <button class="btn" type="submit">
              Give up and show it
            </button>
          </>
        )}
        <CsrfField csrf={csrf} />
      </form>
    </div>
  )
}

function priceOfSolution({ isPassed, pointsEarned }: HelpProps): string {
  if (isPassed) return `You passed this exercise before, and keep ${counted(pointsEarned, 'point')}.`
  const lost = pointsEarned > 0 ? ` The ${counted(pointsEarned, 'point')} that you have for a part are gone too.` : ''
  return `The exercise can still be passed afterwards, but it brings no points any more.${lost}`
}

/** What goes along with a verdict: both panels, for an accepted answer opens the solution. */
export function HelpOutOfBand({ help }: { help: HelpProps | null }): SafeHtml {
  if (help === null) return nothing
  return (
    <>
      <div id="hints" hx-swap-oob="innerHTML">
        <Hints {...help} />
      </div>
      <div id="solution" hx-swap-oob="innerHTML">
        <Solution {...help} />
      </div>
    </>
  )
}
