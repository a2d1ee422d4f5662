/** What somebody has reached, exercise by exercise, and how that compares. */
import { Failure } from '../failure.ts'
import type { Outcome, Owner } from './attempts.ts'
import type { Queries } from './connect.ts'
import { pointsEarnedIn } from './credit.ts'

/** What somebody has reached in one exercise, over all its versions. */
export interface ExerciseProgress {
  slug: string
  outcome: Outcome
  /** The first accepted answer. */
  acceptedAt: Date | null
  /** The most that an answer was worth, from 0 to 1; 1 where one was accepted. */
  bestScore: number
  /** When it was reached, in the first version that brought anything. */
  bestAt: Date | null
  /** Hints that were revealed before the first accepted answer, or until now. */
  hintsCounted: number
  /** The reference solution was shown before an accepted answer: no points. */
  isGivenUp: boolean
  lastActiveAt: Date
}

/** What the catalogue shows of it. */
export type ExerciseOutcome = Pick<ExerciseProgress, 'slug' | 'outcome' | 'bestScore'>

/** The best outcome of a group of attempts. */
const bestOutcome = (sql: Queries) => sql`
  case max(array_position(array['opened', 'tried', 'nearly', 'accepted'], outcome))
    when 4 then 'accepted' when 3 then 'nearly' when 2 then 'tried' else 'opened' end
`

/**
 * Somebody's standing in an exercise, over the attempts at all its versions, in columns as `ExerciseProgress` has them.
 * Help in a version that was opened after the exercise had been passed costs nothing any more.
 */
const standing = (sql: Queries) => {
  // An attempt may have been passed before it was made: by a guest whose attempt was taken over.
  const counts = sql`passed_at is null or least(created_at, accepted_at) <= passed_at`
  return sql`
  ${bestOutcome(sql)} as outcome,
  min(accepted_at) as accepted_at,
  max(best_score) as best_score,
  min(best_at) as best_at,
  coalesce(max(hints_counted) filter (where ${counts}), 0) as hints_counted,
  coalesce(bool_or(solution_shown_at is not null) filter (where ${counts}), false) as is_given_up,
  max(last_active_at) as last_active_at
`
}

/** The viewer's progress in every exercise ever opened, or in one of them, the latest used first. */
export async function listProgress(
  sql: Queries,
  { viewer, slug = null }: { viewer: Owner; slug?: string | null },
): Promise<ExerciseProgress[]> {
  return await sql<ExerciseProgress[]>`
    select exercise_slug as slug, ${standing(sql)}
    from (
      select *, min(accepted_at) over (partition by exercise_slug) as passed_at from attempts
      where user_id = ${viewer.userId} and (${slug}::text is null or exercise_slug = ${slug})
    ) a
    group by exercise_slug order by max(last_active_at) desc, exercise_slug
  `
}

/**
 * The viewer's progress in an exercise that they have opened.
 *
 * @throws Failure `missing`: they have not
 */
export async function getProgress(
  sql: Queries,
  { viewer, slug }: { viewer: Owner; slug: string },
): Promise<ExerciseProgress> {
  const [progress] = await listProgress(sql, { viewer, slug })
  if (progress === undefined) throw new Failure('missing', 'There is no such attempt here.')
  return progress
}

/** As `listProgress`, of which the catalogue needs three columns for every page. */
export async function listOutcomes(sql: Queries, { viewer }: { viewer: Owner }): Promise<ExerciseOutcome[]> {
  return await sql<ExerciseOutcome[]>`
    select exercise_slug as slug, ${bestOutcome(sql)} as outcome, max(best_score) as best_score
    from attempts where user_id = ${viewer.userId}
    group by exercise_slug
  `
}

/** What happened on one day. */
export interface ActivityDay {
  /** `2026-11-21`, in the time zone asked for. */
  day: string
  runs: number
  submissions: number
}

/** The viewer's days with runs or submissions since a time, the oldest first. */
export async function listActivity(
  sql: Queries,
  { viewer, since, timeZone = 'UTC' }: { viewer: Owner; since: Date; timeZone?: string },
): Promise<ActivityDay[]> {
  return await sql<ActivityDay[]>`
    select to_char(e.created_at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      (count(*) filter (where e.kind = 'run'))::int as runs,
      (count(*) filter (where e.kind = 'submission'))::int as submissions
    from events e join attempts a on a.id = e.attempt_id
    where a.user_id = ${viewer.userId} and a.last_active_at >= ${since} and e.created_at >= ${since}
      and e.kind in ('run', 'submission')
    group by 1 order by 1
  `
}

/** What an exercise is worth. */
export interface ExercisePoints {
  slug: string
  points: number
}

/** A line of the leaderboard. */
export interface LeaderboardRow {
  /** Equal points have equal ranks. */
  rank: number
  userId: string
  name: string
  points: number
  solved: number
}

/**
 * The leaderboard over these exercises. Answers that are partly right bring points where the exercise gives them, but
 * only passed exercises count as solved. Ties are in the order in which they were reached. Guests and those who opted
 * out are left out, and so are authors and administrators, who may read the solutions.
 */
export async function listLeaderboard(
  sql: Queries,
  { exercises, limit = 100 }: { exercises: readonly ExercisePoints[]; limit?: number },
): Promise<LeaderboardRow[]> {
  const slugs = exercises.map((exercise) => exercise.slug)
  const points = exercises.map((exercise) => exercise.points)
  return await sql<LeaderboardRow[]>`
    with worth as (
      select * from unnest(${slugs}::text[], ${points}::int[]) as w (slug, points)
    ), ranked as (
      select id as user_id, coalesce(display_name, name) as name from users where role = 'learner' and is_listed
    ), several as (
      select user_id, exercise_slug, min(accepted_at) as passed_at from attempts join ranked using (user_id)
      group by user_id, exercise_slug having count(*) > 1
    ), standings as (
      select user_id, max(w.points) as points, bool_or(outcome = 'accepted') as is_solved, ${standing(sql)}
      from attempts join ranked using (user_id) join worth w on w.slug = exercise_slug
        left join several using (user_id, exercise_slug)
      group by user_id, exercise_slug
    ), earned as (
      select user_id, ${pointsEarnedIn(sql)} as points, is_solved, best_at from standings
    ), totals as (
      select user_id, sum(points)::int as points, (count(*) filter (where is_solved))::int as solved,
        max(best_at) as reached_at
      from earned where is_solved or points > 0 group by user_id
    )
    select (rank() over (order by points desc))::int as rank, user_id, name, points, solved
    from totals join ranked using (user_id)
    order by points desc, reached_at, user_id limit ${limit}
  `
}
