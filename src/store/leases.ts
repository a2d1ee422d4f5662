/** Leases in the control plane: who held which sandbox until when. The program's memory decides; these rows tell. */
import type { Queries, Sql } from './connect.ts'

/** A lease as it is kept. */
export interface LeaseRow {
  id: string
  /** What was leased, for example `database`. */
  kind: string
  sandbox: string
  pod: string
  image: string
  userId: string
  address: string
  /** What for, for example the attempt. */
  purpose: string
  createdAt: Date
  renewedAt: Date
  expiresAt: Date
  endedAt: Date | null
  endReason: string | null
}

/** What the pool asks of the store. */
export interface LeaseRecords {
  write(rows: readonly LeaseRow[]): Promise<void>
  /** Ends the rows an earlier program left open; returns how many. */
  closeOpen(at: Date): Promise<number>
  /** Deletes rows that ended before; returns how many. */
  deleteEnded(before: Date): Promise<number>
}

/** Binds the verbs below to a control plane. */
export function leaseRecords(sql: Sql): LeaseRecords {
  return {
    write: async (rows) => await writeLeases(sql, rows),
    closeOpen: async (at) => await closeOpenLeases(sql, at),
    deleteEnded: async (before) => await deleteEndedLeases(sql, before),
  }
}

/**
 * Inserts leases or brings them up to date, all in one statement, without waiting for the disk. A lease of somebody
 * whose account is gone is left out.
 */
export async function writeLeases(sql: Sql, rows: readonly LeaseRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql.begin(async (transaction) => {
    await transaction`set local synchronous_commit = off`
    await transaction`
      insert into leases (id, kind, sandbox, pod, image, user_id, address, purpose,
        created_at, renewed_at, expires_at, ended_at, end_reason)
      select row.id, row.kind, row.sandbox, row.pod, row.image, users.id, row.address, row.purpose,
        row.created_at, row.renewed_at, row.expires_at, row.ended_at, row.end_reason
      from jsonb_to_recordset(${transaction.json(rows.map(asJson))}) as row (id uuid, kind text, sandbox text, pod text,
        image text, user_id uuid, address text, purpose text, created_at timestamptz, renewed_at timestamptz,
        expires_at timestamptz, ended_at timestamptz, end_reason text)
      join users on users.id = row.user_id
      for key share of users
      on conflict (id) do update set renewed_at = excluded.renewed_at, expires_at = excluded.expires_at,
        ended_at = excluded.ended_at, end_reason = excluded.end_reason`
  })
}

/** Ends all rows that are still open: at start, nothing of an earlier program lives on. Returns how many. */
export async function closeOpenLeases(sql: Queries, at: Date): Promise<number> {
  const closed = await sql`update leases set ended_at = ${at}, end_reason = 'restart' where ended_at is null`
  return closed.count
}

/** Deletes rows that ended before a time; returns how many. */
export async function deleteEndedLeases(sql: Queries, before: Date): Promise<number> {
  const deleted = await sql`delete from leases where ended_at < ${before}`
  return deleted.count
}

/** Finds one lease. */
export async function findLease(sql: Queries, id: string): Promise<LeaseRow | null> {
  const [row] = await sql<LeaseRow[]>`
    select id, kind, sandbox, pod, image, user_id, address, purpose, created_at, renewed_at, expires_at, ended_at,
      end_reason
    from leases where id = ${id}`
  return row ?? null
}

function asJson(row: LeaseRow) {
  return {
    id: row.id,
    kind: row.kind,
    sandbox: row.sandbox,
    pod: row.pod,
    image: row.image,
    user_id: row.userId,
    address: row.address,
    purpose: row.purpose,
    created_at: row.createdAt.toISOString(),
    renewed_at: row.renewedAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
    end_reason: row.endReason,
  }
}
