/** How much a case, test or check counts. */
import type { Weight } from '../../catalog/code-exercise.ts'

/** The weight by name: the first that fits exactly, else the first whose beginning fits, else 1. */
export function weightOf(name: string, weights: readonly Weight[]): number {
  const exact = weights.find((weight) => weight.name === name)
  const begins = weights.find((weight) => isNamed(name, weight.name))
  return (exact ?? begins)?.weight ?? 1
}

/** Whether a name is this one, or begins like this one that ends with `*`. */
export function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

/** Those that count: of each group that counts only as a whole, all or none. */
export function countedOf<Item>(
  items: readonly Item[],
  whole: readonly string[],
  { nameOf, isRight }: { nameOf(item: Item, index: number): string; isRight(item: Item): boolean },
): Set<Item> {
  const names = items.map(nameOf)
  const broken = whole.filter((pattern) =>
    items.some((item, index) => isNamed(names[index] ?? '', pattern) && !isRight(item)),
  )
  return new Set(items.filter((_, index) => !broken.some((pattern) => isNamed(names[index] ?? '', pattern))))
}
