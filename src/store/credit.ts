/** What help costs of an exercise's points: hints a share each, the solution all. The one place that code and SQL share. */
import type { Queries } from './connect.ts'

/** The share of the points that one hint costs. */
export const hintCost = 0.2

/** The share that is left however many hints were shown. */
export const shareMin = 0.2

/** Against `0.1 * 30` being a little less than 3 where points are rounded down. */
export const roundingSlack = 1e-9

/** The share that is left of the points, of rows with `hints_counted` and `is_given_up`. */
function shareLeft(sql: Queries) {
  return sql`case when is_given_up then 0
    else greatest(${shareMin}::double precision, 1 - ${hintCost}::double precision * hints_counted) end`
}

/** As `shareLeft`, times the best score: which of two attempts at one thing is worth more. */
export function worthOfBest(sql: Queries) {
  return sql`(${shareLeft(sql)} * best_score)`
}

/** Points earned, of rows with `points` and `best_score` besides; attempts/points.ts reckons the same. */
export function pointsEarnedIn(sql: Queries) {
  return sql`floor(round(points * ${shareLeft(sql)}) * best_score + ${roundingSlack}::double precision)::int`
}
