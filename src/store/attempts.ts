/** Attempts: one user's work on one version of one exercise. Whose it is not does not find it. */
import { Failure } from '../failure.ts'
import type { Queries } from './connect.ts'
import { worthOfBest } from './credit.ts'
import { moveDrafts } from './drafts.ts'
import { isId, newId } from './storable.ts'

/** The best that came of an attempt. `tried`: answers were handed in, none was nearly or wholly right. */
export type Outcome = 'opened' | 'tried' | 'nearly' | 'accepted'

/** One user's work on one version of one exercise. */
export interface Attempt {
  id: string
  userId: string
  exerciseSlug: string
  exerciseVersion: string
  outcome: Outcome
  /** When the first accepted answer was handed in. */
  acceptedAt: Date | null
  /** The most that an answer was worth, from 0 to 1; 1 where one was accepted. It never falls. */
  bestScore: number
  /** When the first answer of that worth was handed in. */
  bestAt: Date | null
  /** How many hints were revealed. */
  hintsShown: number
  /** How many of them before the first accepted answer: those that cost points. */
  hintsCounted: number
  /** When the reference solution was asked for without having solved the exercise. */
  solutionShownAt: Date | null
  /** Version of the latest draft; 0 where nothing was saved yet. */
  draftVersion: number
  createdAt: Date
  lastActiveAt: Date
}

/** Whose records are looked for. */
export interface Owner {
  userId: string
}

const columns = (sql: Queries) => sql`
  id, user_id, exercise_slug, exercise_version, outcome, accepted_at, best_score, best_at, hints_shown, hints_counted,
  solution_shown_at, draft_version, created_at, last_active_at
`

/** The viewer's attempt at this version of the exercise, made where there is none. */
export async function findOrCreateAttempt(
  sql: Queries,
  { viewer, exercise }: { viewer: Owner; exercise: { slug: string; version: string } },
): Promise<{ attempt: Attempt; isNew: boolean }> {
  const [inserted] = await sql<Attempt[]>`
    insert into attempts (id, user_id, exercise_slug, exercise_version)
    values (${newId()}, ${viewer.userId}, ${exercise.slug}, ${exercise.version})
    on conflict (user_id, exercise_slug, exercise_version) do nothing
    returning ${columns(sql)}
  `
  if (inserted) return { attempt: inserted, isNew: true }
  const [found] = await sql<Attempt[]>`
    select ${columns(sql)} from attempts
    where user_id = ${viewer.userId} and exercise_slug = ${exercise.slug} and exercise_version = ${exercise.version}
  `
  if (!found) throw new Failure('missing', 'There is no such attempt here.')
  return { attempt: found, isNew: false }
}

/** The attempt of an id, where it is the viewer's. */
export async function findAttempt(
  sql: Queries,
  { id, viewer }: { id: string; viewer: Owner },
): Promise<Attempt | null> {
  if (!isId(id)) return null
  const [attempt] = await sql<Attempt[]>`
    select ${columns(sql)} from attempts where id = ${id} and user_id = ${viewer.userId}
  `
  return attempt ?? null
}

/** The viewer's attempts at an exercise, the latest used first. */
export async function listAttempts(
  sql: Queries,
  { viewer, slug }: { viewer: Owner; slug: string },
): Promise<Attempt[]> {
  return await sql<Attempt[]>`
    select ${columns(sql)} from attempts
    where user_id = ${viewer.userId} and exercise_slug = ${slug} order by last_active_at desc, id
  `
}

/** Which exercises these attempts are of, whoever they belong to: for administrators. */
export async function listExercisesOfAttempts(
  sql: Queries,
  ids: readonly string[],
): Promise<{ id: string; exerciseSlug: string }[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  return await sql<{ id: string; exerciseSlug: string }[]>`
    select id, exercise_slug from attempts where id = any(${known}::uuid[])
  `
}

/** Notes that the first `number` hints have been revealed; after the first accepted answer they cost nothing. */
export async function revealHints(
  sql: Queries,
  { attemptId, number }: { attemptId: string; number: number },
): Promise<void> {
  await sql`
    update attempts set hints_shown = greatest(hints_shown, ${number}::int),
      hints_counted = case when accepted_at is null then greatest(hints_counted, ${number}::int) else hints_counted end
    where id = ${attemptId}
  `
}

/** Notes that the reference solution was asked for; only the first time counts, and only before an accepted answer. */
export async function revealSolution(
  sql: Queries,
  { attemptId, now }: { attemptId: string; now: Date },
): Promise<void> {
  await sql`
    update attempts set solution_shown_at = ${now}
    where id = ${attemptId} and solution_shown_at is null and accepted_at is null
  `
}

/**
 * Gives a guest's attempts to somebody who signed in; returns how many moved. Where that person has an attempt at the
 * same version, the guest's answers and newest text go into it, and of the two results it keeps the one that passed,
 * else the one that is worth more, with the help that it had. In the caller's transaction.
 */
export async function moveAttempts(
  sql: Queries,
  { fromUserId, toUserId }: { fromUserId: string; toUserId: string },
): Promise<number> {
  const rows = await sql`
    update attempts a set user_id = ${toUserId}
    where a.user_id = ${fromUserId} and not exists (
      select 1 from attempts b where b.user_id = ${toUserId}
        and b.exercise_slug = a.exercise_slug and b.exercise_version = a.exercise_version)
    returning a.id
  `
  await mergeAttempts(sql, { fromUserId, toUserId })
  return rows.length
}

/** The answers first: a verdict on one of them that is just being stored is waited for, and counts below. */
async function mergeAttempts(
  sql: Queries,
  { fromUserId, toUserId }: { fromUserId: string; toUserId: string },
): Promise<void> {
  const pairs = sql`
    attempts g join attempts o using (exercise_slug, exercise_version)
    where g.user_id = ${fromUserId} and o.user_id = ${toUserId}
  `
  await sql`
    update submissions s set attempt_id = p.own_id from (select g.id as guest_id, o.id as own_id from ${pairs}) p
    where s.attempt_id = p.guest_id
  `
  // Nobody records a verdict between reading the results and writing the better one.
  await sql`select id from attempts where user_id in (${fromUserId}, ${toUserId}) order by id for update`
  await moveDrafts(sql, { fromUserId, toUserId })
  await sql`
    with ranked as (
      select *, solution_shown_at is not null as is_given_up,
        array_position(array['opened', 'tried', 'nearly', 'accepted'], outcome) as place
      from attempts where user_id in (${fromUserId}, ${toUserId})
    ), valued as (
      select ranked.*, ${worthOfBest(sql)} as worth from ranked
    )
    update attempts a set outcome = g.outcome, accepted_at = g.accepted_at, best_score = g.best_score,
      best_at = g.best_at, hints_shown = greatest(a.hints_shown, g.hints_shown), hints_counted = g.hints_counted,
      solution_shown_at = g.solution_shown_at
    from valued g join valued o using (exercise_slug, exercise_version)
    where g.user_id = ${fromUserId} and o.user_id = ${toUserId} and a.id = o.id
      and (g.outcome = 'accepted', g.worth, g.place) > (o.outcome = 'accepted', o.worth, o.place)
  `
}
