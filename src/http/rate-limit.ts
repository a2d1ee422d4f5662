/** Limits on how often something may be tried: a token bucket for each key, forgotten when unused. */
import { LRUCache } from 'lru-cache'
import { Failure } from '../failure.ts'

interface Bucket {
  tokens: number
  filledAtMs: number
}

/** How many tries at once, and how fast they come back. */
export interface Rate {
  /** Tries that may be made at once. */
  burst: number
  /** Tries that come back in a minute. */
  perMinute: number
}

/** At most this many keys are remembered; the least used are forgotten first. */
const keysMax = 50_000

/** Makes a limiter. `take` throws `Failure('exhausted')` with the seconds to wait when a key has used up its tries. */
export function rateLimiter(name: string, rate: Rate, now: () => number = Date.now): { take(key: string): void } {
  const buckets = new LRUCache<string, Bucket>({ max: keysMax })
  return {
    take(key) {
      const time = now()
      const bucket = buckets.get(key) ?? { tokens: rate.burst, filledAtMs: time }
      const refill = ((time - bucket.filledAtMs) / 60_000) * rate.perMinute
      bucket.tokens = Math.min(rate.burst, bucket.tokens + refill)
      bucket.filledAtMs = time
      buckets.set(key, bucket)
      if (bucket.tokens < 1) {
        const retryAfterSeconds = Math.ceil(((1 - bucket.tokens) / rate.perMinute) * 60)
        throw new Failure('exhausted', `Too many tries. Try again in ${retryAfterSeconds} s.`, {
          code: `rate_${name}`,
          retryAfterSeconds,
        })
      }
      bucket.tokens -= 1
    },
  }
}
