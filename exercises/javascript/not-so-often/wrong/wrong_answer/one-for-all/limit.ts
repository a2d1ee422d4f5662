// Keeps the times outside, so that all limiters share them.
let allowed: number[] = []

export function limiter(max: number, perMs: number, now: () => number): () => boolean {
  return () => {
    const time = now()
    allowed = allowed.filter((earlier) => time - earlier < perMs)
    if (allowed.length >= max) return false
    allowed.push(time)
    return true
  }
}
