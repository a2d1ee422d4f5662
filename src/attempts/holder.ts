/** Who holds the sandboxes that a viewer works in. */
import type { Viewer } from '../accounts/viewer.ts'
import { addressKey } from '../http/client-address.ts'
import { requestFacts } from '../http/edge.ts'
import type { Holder } from '../sandboxes/leases.ts'

/** The person, and where they are. */
export function holderOf(viewer: Viewer, request: Request): Holder {
  const address = addressKey(requestFacts(request).address)
  return { personId: viewer.userId, address, isGuest: viewer.role === 'guest' }
}
