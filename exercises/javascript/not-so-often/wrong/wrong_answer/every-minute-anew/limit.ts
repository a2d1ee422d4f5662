// Begins to count anew when a minute is over, so around that moment twice as many are let through.
export function limiter(max: number, perMs: number, now: () => number): () => boolean {
  let start = now()
  let count = 0
  return () => {
    if (now() - start >= perMs) {
      start = now()
      count = 0
    }
    count += 1
    return count <= max
  }
}
