/** Live sandboxes as administrators see them, and ending one by hand. */
import type { SandboxRow } from '../../views/admin/sandboxes.tsx'
import type { Viewer } from '../accounts/viewer.ts'
import type { LiveCatalog } from '../catalog/live-catalog.ts'
import type { DatabasePool, DatabasePoolStatus } from '../sandboxes/create-pool.ts'
import { listExercisesOfAttempts } from '../store/attempts.ts'
import { insertAudit } from '../store/audit.ts'
import type { Sql } from '../store/connect.ts'
import { listUsersById } from '../store/users.ts'
import { requireRole } from './require-role.ts'

/** The longest list; the newest are in it. */
const rowsMax = 500

/** Where live sandboxes are looked up. */
export interface SandboxSources {
  sql: Sql
  library: LiveCatalog
  pool: DatabasePool
}

type LeaseStatus = DatabasePoolStatus['leases'][number]

/** All live sandboxes with who works in them and in which exercise, the newest first. */
export async function liveSandboxes(sources: SandboxSources): Promise<SandboxRow[]> {
  const leases = sources.pool.status().leases.toSorted((one, other) => other.createdAtMs - one.createdAtMs)
  return await rowsOf(sources, leases.slice(0, rowsMax))
}

/** One live sandbox; null where it has ended. */
export async function liveSandbox(sources: SandboxSources, id: string): Promise<SandboxRow | null> {
  const leases = sources.pool.status().leases.filter((lease) => lease.id === id)
  return (await rowsOf(sources, leases))[0] ?? null
}

async function rowsOf({ sql, library }: SandboxSources, leases: readonly LeaseStatus[]): Promise<SandboxRow[]> {
  const [people, attempts] = await Promise.all([
    listUsersById(sql, [...new Set(leases.map(({ holder }) => holder.personId))]),
    listExercisesOfAttempts(
      sql,
      leases.flatMap((lease) => attemptOf(lease) ?? []),
    ),
  ])
  const names = new Map(people.map(({ id, name, displayName }) => [id, displayName ?? name ?? 'a guest']))
  const slugs = new Map(attempts.map(({ id, exerciseSlug }) => [id, exerciseSlug]))
  return leases.map((lease) => {
    const slug = slugs.get(attemptOf(lease) ?? '')
    return {
      id: lease.id,
      sandbox: lease.sandboxId,
      pod: lease.podId,
      who: names.get(lease.holder.personId) ?? 'a guest',
      what: slug === undefined ? lease.purpose : (library.find(slug, 'all')?.title ?? slug),
      createdAt: new Date(lease.createdAtMs).toISOString(),
      expiresAt: new Date(lease.expiresAtMs).toISOString(),
      isBusy: lease.isBusy,
    }
  })
}

/** The attempt that a sandbox was claimed for, as its purpose says. */
function attemptOf({ purpose }: LeaseStatus): string | null {
  return /^attempt (\S+)$/.exec(purpose)?.[1] ?? null
}

/**
 * Ends a live sandbox and audits it; its holder is told on the next use and gets a fresh one. False where it had ended.
 *
 * @throws Failure `missing`: the viewer is no administrator
 */
export async function endSandbox(
  { sql, pool }: { sql: Sql; pool: DatabasePool },
  { id, viewer, now }: { id: string; viewer: Viewer | null; now: Date },
): Promise<boolean> {
  const { userId } = requireRole(viewer, 'admin')
  const lease = pool.find(id)
  if (lease === null) return false
  // Written first: whatever comes of it, that somebody ordered it is known.
  const detail = { holder: lease.holder.personId, purpose: lease.purpose }
  await insertAudit(sql, { actorId: userId, action: 'sandbox.ended', subject: lease.sandbox.id, detail, now })
  await pool.endLease(id)
  return true
}
