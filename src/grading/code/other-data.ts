/**
 * Grading on hidden variants of an exercise's dataset: what an answer does there is told as one item for each variant,
 * which says that it fails and never how. What is right there is what the reference does there.
 */

import type { Weight } from '../../catalog/code-exercise.ts'
import type { ImageRecipe } from '../../pods/driver.ts'
import { badEndOf } from './ends.ts'
import { gradeCases, type IoWork } from './io.ts'
import { answerFor, type CodeParts, type CodeUse, type Prepared, type PreparedAnswer, run } from './program.ts'
import { blankItem, type CodeItem } from './results.ts'
import { weightOf } from './weights.ts'
import { firstBad } from './wording.ts'

/** The same program with another database for each of its runs. */
export function withData({ shown, secret }: PreparedAnswer, recipe: ImageRecipe): PreparedAnswer {
  const turned = (prepared: Prepared): Prepared =>
    prepared.database === null ? prepared : { ...prepared, database: { ...prepared.database, recipe } }
  const turnedShown = turned(shown)
  return { shown: turnedShown, secret: secret === shown ? turnedShown : turned(secret) }
}

/** The items of so many variants, of which nothing is known yet. */
export function blankVariants(count: number, weights: readonly Weight[]): CodeItem[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `other data ${index + 1}`
    return blankItem({ name, isVisible: false, weight: weightOf(name, weights) })
  })
}

/** What is told of a variant: which end it came to, and nothing that an answer could have put there. */
export function variantItem(blank: CodeItem, items: readonly CodeItem[], compare: 'io' | 'tests'): CodeItem {
  const bad = firstBad(items, compare)
  if (bad === null) return { ...blank, outcome: 'passed' }
  const outcome = bad.outcome === 'not_run' ? 'failed' : bad.outcome
  const message = bad.limit === null ? messages[outcome] : bad.message
  return { ...blank, outcome, message: message ?? null, limit: bad.limit }
}

const messages: Partial<Record<CodeItem['outcome'], string>> = {
  failed: 'It is right on the data you see, and not on other data.',
  runtime_error: 'It runs on the data you see, and ends with an error on other data.',
}

/** What the reference prints for each case. Throws an Error where it does not run to its end: the exercise is broken. */
export async function outputsOf(
  parts: CodeParts,
  { grading, reference }: { grading: IoWork['grading']; reference: PreparedAnswer },
  use: CodeUse,
): Promise<Uint8Array[]> {
  const outputs: Uint8Array[] = []
  for (const each of grading.cases) {
    const result = await run(parts, answerFor(reference, each), { stdin: each.input }, use)
    const bad = badEndOf(result)
    if (bad !== null) throw new Error(`The reference fails on a hidden dataset in case ${each.name}: ${bad.message}`)
    outputs.push(result.stdout)
  }
  return outputs
}

/** The cases with what the reference prints in place of what was written down for the data that people see. */
export async function gradeCasesAgainst(work: IoWork, outputs: readonly Uint8Array[]): Promise<CodeItem[]> {
  const cases = work.grading.cases.map((each, index) => ({ ...each, expected: outputs[index] ?? each.expected }))
  return (await gradeCases({ ...work, grading: { ...work.grading, cases } })).items
}
