/** How often somebody may try to sign in or to register, by page and API together. */
import { addressKey } from '../http/client-address.ts'
import { requestFacts } from '../http/edge.ts'
import { rateLimiter } from '../http/rate-limit.ts'
import { loginKeyOf } from '../store/users.ts'

// One person is slowed down soon; an office behind one address is not locked out by it.
const personRate = rateLimiter('sign_in', { burst: 10, perMinute: 6 })
const addressRate = rateLimiter('sign_in_address', { burst: 100, perMinute: 60 })

/** Counts a try with this name, however it is written. Throws `Failure('exhausted')` with the time to wait. */
export function paceSignIn(request: Request, name: string): void {
  const address = addressKey(requestFacts(request).address)
  addressRate.take(address)
  personRate.take(`${address} ${loginKeyOf(name).slice(0, 100)}`)
}
