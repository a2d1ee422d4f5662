/** What an exercise is worth to somebody: hints cost a share of its points, giving up all of them. */

/** The share of the points that one hint costs. */
export const hintCost = 0.2

/** The share that is left however many hints were shown. */
export const shareMin = 0.2

/** What a right answer brings. Hints after the first accepted answer are not among `hintsCounted`. */
export function pointsFor(
  points: number,
  { hintsCounted, isGivenUp }: { hintsCounted: number; isGivenUp: boolean },
): number {
  if (isGivenUp) return 0
  return Math.round(points * Math.max(shareMin, 1 - hintCost * hintsCounted))
}
