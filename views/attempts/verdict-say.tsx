/** The bar above a verdict, and what verdicts of all kinds of exercises have. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Verdict } from '../../src/grading/verdict.ts'
import { Say } from '../parts/say.tsx'
import { lookOf, type State } from '../parts/state.tsx'
import { counted, percent } from '../parts/text.tsx'

/** What an answer that is partly right brings. */
export interface PartFacts {
  /** What it is worth, from 0 to 1. */
  score: number
  /** What it brings, of what a right answer brings now. */
  points: number
  pointsMax: number
  /** What the best answer of all has brought. */
  pointsBest: number
}

/** A verdict and where it stands. */
export interface VerdictFacts {
  verdict: Verdict
  /** The how-manieth answer of this attempt, from 1. */
  number: number
  /** When it was handed in, ISO 8601. */
  at: string
  /** The exercise that comes next, offered once this one is passed. */
  next: { slug: string; title: string } | null
  /** Where the exercise gives points for a part and this answer was not accepted; else null. */
  part: PartFacts | null
  /** The id to quote where Podium itself failed. */
  code: string | null
}

/** The state a verdict stands for on pages. */
export function stateOf(verdict: Verdict): State {
  return verdict.kind === 'wrong_answer' && verdict.isNearly ? 'nearly' : verdict.kind
}

/** The verdict in one sentence, what helps, and the next step. `way` leads to the mistake where that has a place. */
export function VerdictSay({
  verdict,
  next,
  number,
  part,
  code,
  way = null,
}: VerdictFacts & { way?: Child }): SafeHtml {
  const help = (
    <>
      {verdict.help}
      {part === null ? '' : ` ${partSentence(part)}`}
      {verdict.kind === 'internal_error' && code !== null ? ` Code ${code}.` : ''}
    </>
  )
  return (
    <Say
      look={lookOf(stateOf(verdict))}
      title={verdict.summary}
      help={help}
      action={nextStep({ verdict, next }) ?? way ?? <span class="hide-s">Try {number}</span>}
    />
  )
}

function partSentence({ score, points, pointsMax, pointsBest }: PartFacts): string {
  if (pointsMax === 0) return 'The solution was shown, so it brings no points.'
  const all = counted(pointsMax, 'point')
  const now = score > 0 ? `That counts ${percent(score)}: ${points} of ${all}.` : `None of ${all}.`
  return pointsBest > points ? `${now} Your best answer has brought ${pointsBest}.` : now
}

function nextStep({ verdict, next }: Pick<VerdictFacts, 'verdict' | 'next'>): Child {
  if (verdict.kind !== 'accepted' || next === null) return null
  return (
    <a class="btn key" href={`/exercises/${encodeURIComponent(next.slug)}`}>
      Next: {next.title}
    </a>
  )
}
