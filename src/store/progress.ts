/** What somebody has reached, exercise by exercise, and how that compares. */
import type { Outcome, Owner } from './attempts.ts'
import type { Queries } from './connect.ts'

/** What somebody has reached in one exercise, over all its versions. */
export interface ExerciseProgress {
  slug: string
  outcome: Outcome
  /** The first accepted answer. */
  acceptedAt: Date | null
  /** Hints that were revealed before it, or until now. */
  hintsCounted: number
  /** The reference solution was shown before an accepted answer: no points. */
  isGivenUp: boolean
  lastActiveAt: Date
}

/** The viewer's progress in every exercise ever opened, the latest used first. */
export async function listProgress(sql: Queries, { viewer }: { viewer: Owner }): Promise<ExerciseProgress[]> {
  return await sql<ExerciseProgress[]>`
    select exercise_slug as slug,
      case max(array_position(array['opened', 'tried', 'nearly', 'accepted'], outcome))
        when 4 then 'accepted' when 3 then 'nearly' when 2 then 'tried' else 'opened' end as outcome,
      min(accepted_at) as accepted_at,
      max(hints_counted) as hints_counted,
      bool_or(solution_shown_at is not null) as is_given_up,
      max(last_active_at) as last_active_at
    from attempts where user_id = ${viewer.userId}
    group by exercise_slug order by max(last_active_at) desc, exercise_slug
  `
}

/** As `listProgress`, of which the catalogue needs two columns for every page. */
export async function listOutcomes(
  sql: Queries,
  { viewer }: { viewer: Owner },
): Promise<Pick<ExerciseProgress, 'slug' | 'outcome'>[]> {
  return await sql<Pick<ExerciseProgress, 'slug' | 'outcome'>[]>`
    select exercise_slug as slug,
      case max(array_position(array['opened', 'tried', 'nearly', 'accepted'], outcome))
        when 4 then 'accepted' when 3 then 'nearly' when 2 then 'tried' else 'opened' end as outcome
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
 * The leaderboard over these exercises. Each hint takes `hintCost` (a share, from 0 to 1) of an exercise's points down to
 * `shareMin` of them, the solution all of them. Ties are in the order in which they were reached. Guests and those who opted out are left out.
 */
export async function listLeaderboard(
  sql: Queries,
  {
    exercises,
    hintCost,
    shareMin = 0,
    limit = 100,
  }: { exercises: readonly ExercisePoints[]; hintCost: number; shareMin?: number; limit?: number },
): Promise<LeaderboardRow[]> {
  const slugs = exercises.map((exercise) => exercise.slug)
  const points = exercises.map((exercise) => exercise.points)
  return await sql<LeaderboardRow[]>`
    with worth as (
      select * from unnest(${slugs}::text[], ${points}::int[]) as w (slug, points)
    ), solved as (
      select a.user_id, a.exercise_slug, min(a.accepted_at) as accepted_at,
        case when bool_or(a.solution_shown_at is not null) then 0
          else round(max(w.points) * greatest(${shareMin}::numeric, 1 - ${hintCost}::numeric * max(a.hints_counted))) end as points
      from attempts a join worth w on w.slug = a.exercise_slug
      group by a.user_id, a.exercise_slug having bool_or(a.outcome = 'accepted')
    ), totals as (
      select user_id, sum(points)::int as points, count(*)::int as solved, max(accepted_at) as reached_at
      from solved group by user_id
    )
    select (rank() over (order by t.points desc))::int as rank, u.id as user_id, coalesce(u.display_name, u.name) as name,
      t.points, t.solved
    from totals t join users u on u.id = t.user_id
    where u.role <> 'guest' and u.is_listed
    order by t.points desc, t.reached_at, u.id limit ${limit}
  `
}
