/** The lines of a diagram: they bend only between rows of boxes, so that none runs through a table. */
import type { BoxFacts, Point } from '../../views/attempts/diagram.tsx'

/** A row of boxes with the same middle, as tall as its tallest. */
export interface Row {
  middle: number
  top: number
  bottom: number
}

/** How far a line keeps from a box's corners. */
const inset = 14

/** Room at the right of a box for a line to itself. */
export const loopWidth = 26

/** The rows that boxes stand in. */
export function rowsOf(boxes: readonly BoxFacts[]): Row[] {
  const rows: Row[] = []
  for (const { y, height } of boxes) {
    const middle = y + height / 2
    const row = rows.find((other) => isSame(other.middle, middle))
    if (row === undefined) rows.push({ middle, top: y, bottom: y + height })
    else Object.assign(row, { top: Math.min(row.top, y), bottom: Math.max(row.bottom, y + height) })
  }
  return rows
}

/** From the foot of the upper box to the head of the lower one, by way of places that the layout kept free. */
export function pathBetween(
  { upper, lower }: { upper: BoxFacts; lower: BoxFacts },
  via: readonly Point[],
  rows: readonly Row[],
): string {
  const startX = Math.round(beside(via[0]?.x, upper))
  const endX = Math.round(beside(via.at(-1)?.x, lower))
  const through = via.flatMap(({ x, y }) => {
    const row = rowAt(rows, y)
    return row === undefined
      ? []
      : [
          { x: Math.round(x), y: row.top },
          { x: Math.round(x), y: row.bottom },
        ]
  })
  return drawn([
    { x: startX, y: upper.y + upper.height },
    { x: startX, y: rowOf(rows, upper)?.bottom ?? upper.y + upper.height },
    ...through,
    { x: endX, y: rowOf(rows, lower)?.top ?? lower.y },
    { x: endX, y: lower.y },
  ])
}

/** Out of a box at its right and back into it. */
export function pathToItself({ x, y, width }: BoxFacts): string {
  const [right, reach] = [x + width, x + width + loopWidth - 4]
  return `M${right} ${y + 12}C${reach} ${y + 12} ${reach} ${y + 40} ${right} ${y + 40}`
}

/** Straight down, or in a bend that leaves and comes upright. */
function drawn([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return ''
  let from = first
  let path = `M${first.x} ${first.y}`
  for (const to of rest) {
    // A leg without length would leave the mark at the line's end without a direction.
    if (from.x === to.x && from.y === to.y) continue
    const middle = Math.round((from.y + to.y) / 2)
    path += from.x === to.x ? `V${to.y}` : `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
    from = to
  }
  return path
}

function beside(x: number | undefined, box: BoxFacts): number {
  return Math.min(Math.max(x ?? box.x + box.width / 2, box.x + inset), box.x + box.width - inset)
}

function rowOf(rows: readonly Row[], { y, height }: BoxFacts): Row | undefined {
  return rowAt(rows, y + height / 2)
}

function rowAt(rows: readonly Row[], middle: number): Row | undefined {
  return rows.find((row) => isSame(row.middle, middle))
}

/** Places are rounded to whole pixels. */
function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < 2
}
