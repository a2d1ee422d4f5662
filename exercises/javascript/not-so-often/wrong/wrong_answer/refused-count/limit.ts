// Counts refused tries, too: whoever keeps trying is never let in again.
export function limiter(max: number, perMs: number, now: () => number): () => boolean {
  let tries: number[] = []
  return () => {
    const time = now()
    tries = tries.filter((earlier) => time - earlier < perMs)
    tries.push(time)
    return tries.length <= max
  }
}
