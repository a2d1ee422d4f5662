/**
 * What an attempt's log says of its database: which runs changed it since it was last fresh, and which could be run
 * again after it was lost or reset.
 */
import type { Queries } from '../store/connect.ts'
import { type AttemptEvent, type EventKind, lastEvent, listEvents } from '../store/events.ts'

/** Events at which the attempt's database became another one. */
const boundaryKinds: readonly EventKind[] = ['reset', 'lost', 'replay']

/** Most runs that are looked at; an attempt's log keeps 2,000 events. */
const runsMax = 2_000

/** The position in the log after which the present database's changes stand. */
async function freshSince(sql: Queries, attemptId: string): Promise<number> {
  const boundary = await lastEvent(sql, { attemptId, kinds: boundaryKinds })
  if (boundary === null) return 0
  // After a replay the database holds what was run since the boundary before the loss.
  return boundary.kind === 'replay' ? numberOf(boundary.payload['after']) : boundary.position
}

/** The texts that changed the present database, oldest first, and where they begin. */
export async function changesOf(sql: Queries, attemptId: string): Promise<{ after: number; texts: string[] }> {
  const after = await freshSince(sql, attemptId)
  const runs = await listEvents(sql, { attemptId, kinds: ['run'], after, limit: runsMax })
  return { after, texts: runs.filter(isChange).map(textOf) }
}

/** What could be run again after the latest reset or loss; empty where the latest boundary was a replay. */
export async function replayable(sql: Queries, attemptId: string): Promise<{ after: number; texts: string[] }> {
  const boundary = await lastEvent(sql, { attemptId, kinds: boundaryKinds })
  if (boundary === null || boundary.kind === 'replay') return { after: 0, texts: [] }
  const after = numberOf(boundary.payload['after'])
  const runs = await listEvents(sql, { attemptId, kinds: ['run'], after, limit: runsMax })
  return { after, texts: runs.filter((event) => event.position < boundary.position && isChange(event)).map(textOf) }
}

function isChange(event: AttemptEvent): boolean {
  return event.payload['changes'] === true
}

/** The part of the text that was run. */
function textOf(event: AttemptEvent): string {
  const { sql } = event.payload
  return typeof sql === 'string' ? sql : ''
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
