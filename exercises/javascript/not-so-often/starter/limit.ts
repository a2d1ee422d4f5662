/** Allows max tries in any perMs milliseconds. */
export function limiter(max: number, perMs: number, now: () => number): () => boolean {
  return () => true
}
