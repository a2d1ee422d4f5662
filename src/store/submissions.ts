/** Submissions: answers, stored before they are graded and graded once. */
import { Failure } from '../failure.ts'
import type { Owner } from './attempts.ts'
import type { Queries } from './connect.ts'
import { isId, newId, storableJson, storableText } from './storable.ts'

/** Answers kept of one attempt: beyond that the oldest go, but the best one and those without a verdict stay. */
export const submissionsMax = 500

/** Bytes of texts and verdicts kept of one attempt's answers, in the same way; the latest is kept in any case. */
export const submissionBytesMax = 20 * 1024 * 1024

// When a limit is met the answers are brought down to this, so that not every further one has to make room.
const submissionsAfterTrim = 480
const submissionBytesAfterTrim = 18 * 1024 * 1024

/** What a submission can come to. `internal_error` is Podium's own trouble, the others are the answer's doing. */
export type VerdictKind =
  | 'accepted'
  | 'wrong_answer'
  | 'time_limit'
  | 'memory_limit'
  | 'output_limit'
  | 'runtime_error'
  | 'compile_error'
  | 'internal_error'

/** What a verdict must say for the store; the rest of it is kept as it comes. */
export interface VerdictLike {
  kind: VerdictKind
  /** A wrong answer with most of it right. */
  isNearly: boolean
}

/** An answer that was handed in; `V` is the type that was given to `recordVerdict`. */
export interface Submission<V extends VerdictLike = VerdictLike> {
  id: string
  attemptId: string
  text: string
  submittedAt: Date
  /** Null until it is graded. */
  verdict: V | null
  judgedAt: Date | null
  /** What it is worth, from 0 to 1; null until it is graded. */
  score: number | null
}

/** A submission with what it answers and whose it is. */
export interface SubmissionOfExercise<V extends VerdictLike = VerdictLike> extends Submission<V> {
  userId: string
  exerciseSlug: string
  exerciseVersion: string
}

/**
 * Stores an answer and makes room where the attempt has come to a limit; when this returns it is on disk.
 *
 * @throws Failure `invalid`: the text is too long; `missing`: no such attempt
 */
export async function insertSubmission(
  sql: Queries,
  { attemptId, text }: { attemptId: string; text: string },
): Promise<{ id: string; submittedAt: Date }> {
  const [row] = await sql<{ id: string; submittedAt: Date; others: number; bytes: string }[]>`
    with active as (update attempts set last_active_at = now() where id = ${attemptId} returning id)
    insert into submissions (id, attempt_id, text) select ${newId()}::uuid, id, ${storableText(text)} from active
    returning id, submitted_at,
      (select count(*)::int from submissions s where s.attempt_id = ${attemptId}) as others,
      (select coalesce(sum(${bytesOf(sql)}), 0) from submissions s where s.attempt_id = ${attemptId}) as bytes
  `
  if (!row) throw new Failure('missing', 'There is no such attempt here.')
  const { id, submittedAt, others, bytes } = row
  if (others >= submissionsMax || Number(bytes) > submissionBytesMax) await letSubmissionsGo(sql, attemptId)
  return { id, submittedAt }
}

/** What an answer takes, as it is stored; asks no more of the disk than its row. */
const bytesOf = (sql: Queries) => sql`octet_length(s.text) + coalesce(pg_column_size(s.verdict), 0)`

/** Lets the oldest answers go until the attempt is well within both limits. */
async function letSubmissionsGo(sql: Queries, attemptId: string): Promise<void> {
  await sql`
    with ranked as (
      select s.id, row_number() over latest_first as place, sum(${bytesOf(sql)}) over latest_first as bytes,
        s.judged_at is null or (s.score > 0
          and row_number() over (order by s.score desc nulls last, s.submitted_at, s.id) = 1) as stays
      from submissions s where s.attempt_id = ${attemptId}
      window latest_first as (order by s.submitted_at desc, s.id desc)
    )
    delete from submissions d using ranked r
    where d.id = r.id and not r.stays and r.place > 1
      and (r.place > ${submissionsAfterTrim} or r.bytes > ${submissionBytesAfterTrim})
  `
}

/** A verdict on an answer. */
interface Recorded {
  submissionId: string
  verdict: VerdictLike
  /** What the answer is worth: 1 where it was accepted; otherwise from 0 on and less than that, 0 unless said. */
  score?: number
}

function scoreUnlessSaid({ kind }: VerdictLike): number {
  return kind === 'accepted' ? 1 : 0
}

/**
 * Stores a verdict and what it means for the attempt, which keeps the best of everything. False where the submission has a verdict already, or is gone: of two who
 * grade the same answer the first one counts.
 */
export async function recordVerdict(
  sql: Queries,
  { submissionId, verdict, score = scoreUnlessSaid(verdict) }: Recorded,
): Promise<boolean> {
  const reached = outcomeOf(verdict)
  const rows = await sql`
    with judged as (
      update submissions set verdict_kind = ${verdict.kind}, verdict = ${storableJson(verdict)}::text::jsonb,
        judged_at = clock_timestamp(), score = ${score}
      where id = ${submissionId} and judged_at is null
      returning id, attempt_id, submitted_at, score
    ), reached as (
      update attempts a set
        outcome = case
          when a.outcome = 'accepted' or ${reached} = 'accepted' then 'accepted'
          when a.outcome = 'nearly' or ${reached} = 'nearly' then 'nearly'
          when ${reached} = 'tried' then 'tried'
          else a.outcome end,
        accepted_at = case when ${reached} = 'accepted' then least(a.accepted_at, j.submitted_at) else a.accepted_at end,
        best_score = greatest(a.best_score, j.score),
        best_at = case
          when j.score = 0 or j.score < a.best_score then a.best_at
          when j.score = a.best_score then least(a.best_at, j.submitted_at)
          else j.submitted_at end
      from judged j where a.id = j.attempt_id
    )
    select id from judged
  `
  return rows.length === 1
}

/** What a verdict brings an attempt to. Podium's own trouble brings it nowhere. */
function outcomeOf({ kind, isNearly }: VerdictLike): 'accepted' | 'nearly' | 'tried' | 'none' {
  if (kind === 'accepted') return 'accepted'
  if (kind === 'internal_error') return 'none'
  return isNearly ? 'nearly' : 'tried'
}

const columns = (sql: Queries) => sql`
  s.id, s.attempt_id, s.text, s.submitted_at, s.verdict, s.judged_at, s.score, a.user_id, a.exercise_slug, a.exercise_version
`

/** The submission of an id, where it is the viewer's. */
export async function findSubmission<V extends VerdictLike = VerdictLike>(
  sql: Queries,
  { id, viewer }: { id: string; viewer: Owner },
): Promise<SubmissionOfExercise<V> | null> {
  if (!isId(id)) return null
  const [submission] = await sql<SubmissionOfExercise<V>[]>`
    select ${columns(sql)} from submissions s join attempts a on a.id = s.attempt_id
    where s.id = ${id} and a.user_id = ${viewer.userId}
  `
  return submission ?? null
}

/** Which of the viewer's submissions: of one attempt, of one exercise, before another one (for the next page). */
export interface SubmissionFilter {
  viewer: Owner
  attemptId?: string | null
  slug?: string | null
  /** The id of the last submission of the page before. */
  beforeId?: string | null
  limit?: number
}

/** The viewer's submissions, the latest first. */
export async function listSubmissions<V extends VerdictLike = VerdictLike>(
  sql: Queries,
  { viewer, attemptId = null, slug = null, beforeId = null, limit = 50 }: SubmissionFilter,
): Promise<SubmissionOfExercise<V>[]> {
  if ((attemptId !== null && !isId(attemptId)) || (beforeId !== null && !isId(beforeId))) return []
  return await sql<SubmissionOfExercise<V>[]>`
    select ${columns(sql)} from submissions s join attempts a on a.id = s.attempt_id
    where a.user_id = ${viewer.userId}
      and (${attemptId}::uuid is null or s.attempt_id = ${attemptId})
      and (${slug}::text is null or a.exercise_slug = ${slug})
      and (${beforeId}::uuid is null or s.id < ${beforeId})
    order by s.id desc limit ${limit}
  `
}

/** How many answers of an attempt are kept. */
export async function countSubmissions(sql: Queries, attemptId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from submissions where attempt_id = ${attemptId}
  `
  return row?.count ?? 0
}

/** Submissions without a verdict, the oldest first: what a crash has left to grade. */
export async function listSubmissionsToJudge(
  sql: Queries,
  { limit = 1_000 }: { limit?: number } = {},
): Promise<SubmissionOfExercise[]> {
  return await sql<SubmissionOfExercise[]>`
    select ${columns(sql)} from submissions s join attempts a on a.id = s.attempt_id
    where s.judged_at is null order by s.submitted_at limit ${limit}
  `
}
