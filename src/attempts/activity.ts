/** What somebody did in the last four weeks, day by day in their own zone. Nothing counts streaks. */
import type { Owner } from '../store/attempts.ts'
import type { Sql } from '../store/connect.ts'
import { type ActivityDay, listActivity } from '../store/progress.ts'

/** How many days are shown, today among them. */
export const activityDays = 28

const dayMs = 86_400_000

/** The last four weeks with every day in them, the oldest first. A zone that PostgreSQL does not know counts as UTC. */
export async function activityOf(
  sql: Sql,
  { viewer, timeZone, now }: { viewer: Owner | null; timeZone: string; now: Date },
): Promise<ActivityDay[]> {
  const since = new Date(now.getTime() - (activityDays + 1) * dayMs)
  const read = async (zone: string) => {
    const found = viewer === null ? [] : await listActivity(sql, { viewer, since, timeZone: zone })
    return wholeWeeks(found, lastDays(now, zone))
  }
  return await read(timeZone).catch((cause: unknown) => {
    if (isUnknownZone(cause)) return read('UTC')
    throw cause
  })
}

/** The names of the last days in a zone, for example `2026-11-21`; today is the last one. */
export function lastDays(now: Date, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const today = Date.parse(`${format.format(now)}T00:00:00Z`)
  return Array.from({ length: activityDays }, (_, index) =>
    new Date(today - (activityDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  )
}

function wholeWeeks(found: readonly ActivityDay[], days: readonly string[]): ActivityDay[] {
  const byDay = new Map(found.map((each) => [each.day, each]))
  return days.map((day) => byDay.get(day) ?? { day, runs: 0, submissions: 0 })
}

/** `invalid_parameter_value`: browsers learn of new zones before servers do. */
function isUnknownZone(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === '22023'
}
