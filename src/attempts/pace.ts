/** How often people may ask for what costs most: every answer is kept for good and graded on several databases. */
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
