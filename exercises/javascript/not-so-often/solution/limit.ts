/** Allows max tries in any perMs milliseconds. */
export function limiter(max: number, perMs: number, now: () => number): () => boolean {
  let allowed: number[] = []
  return () => {
    const time = now()
    allowed = allowed.filter((earlier) => time - earlier < perMs)
    if (allowed.length >= max) return false
    allowed.push(time)
    return true
  }
}
