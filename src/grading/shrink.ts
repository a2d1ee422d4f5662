/** Delta debugging: the fewest items on which something still shows. Pure but for the question it asks. */

/** Tells which of the candidates, if any, still shows it: the number of the first, or -1. */
export type StillShows<T> = (candidates: readonly (readonly T[])[]) => Promise<number>

/**
 * Takes items away as long as it still shows. The result is minimal where time allows: no single item could be left
 * out. `isLate` is asked before each round, and ends the search with what there is.
 */
export async function shrink<T>(
  items: readonly T[],
  stillShows: StillShows<T>,
  isLate: () => boolean,
): Promise<readonly T[]> {
  if ((await stillShows([[]])) === 0) return []
  let rest = items
  let parts = 2
  while (rest.length > 1 && !isLate()) {
    const chunks = split(rest, parts)
    const complements = parts === 2 ? [] : chunks.map((chunk) => without(rest, chunk))
    const found = await stillShows([...chunks, ...complements])
    const next = found < 0 ? undefined : [...chunks, ...complements][found]
    if (next !== undefined) {
      rest = next
      parts = found < chunks.length ? 2 : Math.max(parts - 1, 2)
    } else if (parts >= rest.length) break
    else parts = Math.min(parts * 2, rest.length)
  }
  return rest
}

function split<T>(items: readonly T[], parts: number): T[][] {
  const size = Math.ceil(items.length / parts)
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

function without<T>(items: readonly T[], left: readonly T[]): T[] {
  const gone = new Set(left)
  return items.filter((item) => !gone.has(item))
}
