/** Ending somebody's sandbox by hand. */
import type { Viewer } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import { insertAudit } from '../store/audit.ts'
import type { Sql } from '../store/connect.ts'
import { requireRole } from './require-role.ts'

/**
 * Ends a live sandbox and audits it; its holder is told on the next use and gets a fresh one.
 *
 * @throws Failure `missing`: no such live sandbox, or the viewer is no administrator
 */
export async function endSandbox(
  { sql, pool }: { sql: Sql; pool: DatabasePool },
  { id, viewer, now }: { id: string; viewer: Viewer | null; now: Date },
): Promise<void> {
  const { userId } = requireRole(viewer, 'admin')
  const lease = pool.find(id)
  if (lease === null) throw new Failure('missing', 'This sandbox has ended already.')
  // Written first: whatever comes of it, that somebody ordered it is known.
  const detail = { holder: lease.holder.personId, purpose: lease.purpose }
  await insertAudit(sql, { actorId: userId, action: 'sandbox.ended', subject: lease.sandbox.id, detail, now })
  await pool.endLease(id)
}
