/** How often people may ask for what costs most: every answer is kept for good and graded on several databases. */
import { Failure } from '../failure.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import type { Holder } from '../sandboxes/leases.ts'

const personRate = rateLimiter('submissions', { burst: 30, perMinute: 30 })
// A class of thirty behind one address; guests are made as fast as pages are opened.
const addressRate = rateLimiter('submissions_address', { burst: 300, perMinute: 300 })
const textRate = rateLimiter('validations', { burst: 60, perMinute: 120 })

/** Counts an answer that is handed in. Throws `Failure('exhausted')` with the time to wait. */
export function paceSubmission({ personId, address }: Pick<Holder, 'personId' | 'address'>): void {
  personRate.take(personId)
  addressRate.take(address)
}

/** Counts a text that somebody, who may be nobody, wants read. Throws `Failure('exhausted')` with the time to wait. */
export function paceValidation(address: string): void {
  textRate.take(address)
}

const beingGraded = new Set<string>()

/**
 * Grades a person's answers one at a time: slow ones, each on several databases, would take everybody's turns. Throws
 * `Failure('conflict')` where one is being graded.
 */
export async function oneAnswerAtATime<Value>(personId: string, body: () => Promise<Value>): Promise<Value> {
  if (beingGraded.has(personId)) {
    throw new Failure('conflict', 'An answer of yours is still being checked. Wait for its verdict.', {
      code: 'already_checking',
    })
  }
  beingGraded.add(personId)
  try {
    return await body()
  } finally {
    beingGraded.delete(personId)
  }
}
