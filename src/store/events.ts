/** The append-only log of an attempt: everything that happened, in order, within limits. */
import { Failure } from '../failure.ts'
import type { Queries, Sql } from './connect.ts'
import { type CuttableResult, keptResultJson } from './kept-result.ts'
import { storableJson } from './storable.ts'

/** Events kept of one attempt. */
export const eventsMax = 2_000

/** Bytes of payloads and results kept of one attempt. */
export const eventBytesMax = 20 * 1024 * 1024

// When a limit is met the log is brought down to this, so that not every further event has to make room.
const eventsAfterTrim = 1_900
const eventBytesAfterTrim = 18 * 1024 * 1024

/** What happened. */
export type EventKind =
  | 'opened'
  | 'draft'
  | 'run'
  | 'cancel'
  | 'reset'
  | 'lost'
  | 'replay'
  | 'hint'
  | 'solution'
  | 'submission'
  | 'verdict'

/** These stay as long as anything else can go. */
const lastingKinds: readonly EventKind[] = ['opened', 'hint', 'solution', 'submission', 'verdict']

/** Something that happened in an attempt. */
export interface AttemptEvent {
  /** Its number in the attempt, from 1; numbers of events that were let go are not used again. */
  position: number
  kind: EventKind
  payload: Record<string, unknown>
  /** What is kept of a run's result: see `kept-result.ts`. Null for other kinds, and where it was let go. */
  result: unknown
  createdAt: Date
}

/** An event to write. `payload` is small: the statement of a run, the number of a hint, the id of a submission. */
export interface NewEvent {
  attemptId: string
  kind: EventKind
  payload: Record<string, unknown>
  result?: CuttableResult | null
}

/**
 * Appends an event and makes room where the attempt has come to a limit. Returns the event's position.
 *
 * @throws Failure `missing`: no such attempt
 */
export async function insertEvent(sql: Queries, event: NewEvent): Promise<number> {
  return await append(sql, event, { first: sql``, condition: sql`` })
}

/** `first` is put before the statement's own tables: empty, or what must hold for its commit. */
async function append(
  sql: Queries,
  { attemptId, kind, payload, result }: NewEvent,
  { first, condition }: Wait,
): Promise<number> {
  const payloadText = storableJson(payload)
  const resultText = result ? keptResultJson(result) : null
  const payloadBytes = Buffer.byteLength(payloadText)
  const resultBytes = resultText === null ? 0 : Buffer.byteLength(resultText)
  const [written] = await sql<{ position: number; kept: number; bytes: string }[]>`
    with ${first} counted as (
      update attempts set events_written = events_written + 1, events_kept = events_kept + 1,
        event_bytes = event_bytes + ${payloadBytes + resultBytes}::int, last_active_at = now()
      where id = ${attemptId}${condition}
      returning id, events_written, events_kept, event_bytes
    ), written as (
      insert into events (attempt_id, position, kind, payload, result, payload_bytes, result_bytes)
      select id, events_written, ${kind}, ${payloadText}::text::jsonb, ${resultText}::text::jsonb,
        ${payloadBytes}::int, ${resultBytes}::int
      from counted
    )
    select events_written as position, events_kept as kept, event_bytes as bytes from counted
  `
  if (!written) throw new Failure('missing', 'There is no such attempt here.')
  if (Number(written.bytes) > eventBytesMax) await letResultsGo(sql, attemptId)
  if (Number(written.bytes) > eventBytesMax || written.kept > eventsMax) await letEventsGo(sql, attemptId)
  return written.position
}

/** Appends an event without waiting for the disk: for runs, which a crash may take with it. */
export async function insertRunEvent(sql: Sql, event: NewEvent): Promise<number> {
  return await append(sql, event, noWait(sql))
}

/** For the statement's own transaction: one way to the server and back in place of four. */
function noWait(sql: Queries): Wait {
  return {
    first: sql`no_wait as (select set_config('synchronous_commit', 'off', true) as value),`,
    condition: sql` and (select value from no_wait) = 'off'`,
  }
}

interface Wait {
  first: ReturnType<Queries>
  condition: ReturnType<Queries>
}

/** Which events of an attempt. */
export interface EventFilter {
  attemptId: string
  /** Only these kinds; all of them where left out. */
  kinds?: readonly EventKind[]
  /** Only events after this position. */
  after?: number
  order?: 'oldest' | 'newest'
  limit?: number
}

/** Events of an attempt. */
export async function listEvents(sql: Queries, filter: EventFilter): Promise<AttemptEvent[]> {
  const { attemptId, kinds = null, after = 0, order = 'oldest', limit = 200 } = filter
  return await sql<AttemptEvent[]>`
    select position, kind, payload, result, created_at from events
    where attempt_id = ${attemptId} and position > ${after}
      and (${kinds === null} or kind = any(${[...(kinds ?? [])]}::text[]))
    order by ${order === 'oldest' ? sql`position asc` : sql`position desc`} limit ${limit}
  `
}

/** The latest event of these kinds. */
export async function lastEvent(
  sql: Queries,
  { attemptId, kinds }: { attemptId: string; kinds: readonly EventKind[] },
): Promise<AttemptEvent | null> {
  const [event] = await listEvents(sql, { attemptId, kinds, order: 'newest', limit: 1 })
  return event ?? null
}

/** Lets the oldest results go until the attempt is well within its bytes, or has none left. */
async function letResultsGo(sql: Queries, attemptId: string): Promise<void> {
  await sql`
    with excess as (
      select event_bytes - ${eventBytesAfterTrim}::bigint as bytes from attempts where id = ${attemptId}
    ), candidates as (
      select position, result_bytes, sum(result_bytes) over (order by position) - result_bytes as bytes_before
      from events where attempt_id = ${attemptId} and result is not null
    ), freed as (
      update events e set result = null, result_bytes = 0
      from candidates c, excess x
      where e.attempt_id = ${attemptId} and e.position = c.position and e.result is not null and c.bytes_before < x.bytes
      returning c.result_bytes
    )
    update attempts set event_bytes = event_bytes - (select coalesce(sum(result_bytes), 0) from freed)
    where id = ${attemptId}
  `
}

/** Lets the oldest events go, lasting ones last, until the attempt is well within both limits. */
async function letEventsGo(sql: Queries, attemptId: string): Promise<void> {
  await sql`
    with excess as (
      select events_kept - ${eventsAfterTrim}::int as count,
        case when event_bytes > ${eventBytesMax}::bigint then event_bytes - ${eventBytesAfterTrim}::bigint else 0 end as bytes,
        events_kept > ${eventsMax}::int as is_full
      from attempts where id = ${attemptId}
    ), candidates as (
      select position, row_number() over going as place,
        sum(payload_bytes + result_bytes) over going - payload_bytes - result_bytes as bytes_before
      from events where attempt_id = ${attemptId}
      window going as (order by kind = any(${[...lastingKinds]}::text[]), position)
    ), gone as (
      delete from events e using candidates c, excess x
      where e.attempt_id = ${attemptId} and e.position = c.position
        and ((x.is_full and c.place <= x.count) or c.bytes_before < x.bytes)
      returning e.payload_bytes + e.result_bytes as bytes
    )
    update attempts set events_kept = events_kept - (select count(*) from gone),
      event_bytes = event_bytes - (select coalesce(sum(bytes), 0) from gone)
    where id = ${attemptId}
  `
}
