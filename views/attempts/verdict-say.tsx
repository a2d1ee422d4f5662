/** The bar above a verdict, and what verdicts of all kinds of exercises have. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import type { Verdict } from '../../src/grading/verdict.ts'
import { Say } from '../parts/say.tsx'
import { lookOf, type State } from '../parts/state.tsx'

/** A verdict and where it stands. */
export interface VerdictFacts {
  verdict: Verdict
  /** The how-manieth answer of this attempt, from 1. */
  number: number
  /** When it was handed in, ISO 8601. */
  at: string
  /** The exercise that comes next, offered once this one is passed. */
  next: { slug: string; title: string } | null
  /** The id to quote where Podium itself failed. */
  code: string | null
}

/** The state a verdict stands for on pages. */
export function stateOf(verdict: Verdict): State {
  return verdict.kind === 'wrong_answer' && verdict.isNearly ? 'nearly' : verdict.kind
}

/** The verdict in one sentence, what helps, and the next step. `way` leads to the mistake where that has a place. */
export function VerdictSay({ verdict, next, number, code, way = null }: VerdictFacts & { way?: Child }): SafeHtml {
  const help = (
    <>
      {verdict.help}
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

function nextStep({ verdict, next }: Pick<VerdictFacts, 'verdict' | 'next'>): Child {
  if (verdict.kind !== 'accepted' || next === null) return null
  return (
    <a class="btn key" href={`/exercises/${encodeURIComponent(next.slug)}`}>
      Next: {next.title}
    </a>
  )
}
