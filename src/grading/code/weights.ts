/** How much a case, test or check counts. */
import type { Weight } from '../../catalog/code-exercise.ts'

/** The weight by name: the first that fits exactly, else the first whose beginning fits, else 1. */
export function weightOf(name: string, weights: readonly Weight[]): number {
  const exact = weights.find((weight) => weight.name === name)
  const begins = weights.find((weight) => weight.name.endsWith('*') && name.startsWith(weight.name.slice(0, -1)))
  return (exact ?? begins)?.weight ?? 1
}
