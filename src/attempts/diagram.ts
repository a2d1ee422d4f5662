/** Lays tables and the keys between them out as a diagram, as plain numbers: the page draws it without a script. */
import { Graph, layout } from '@dagrejs/dagre'
import type { BoxFacts, DiagramFacts, Point } from '../../views/attempts/diagram.tsx'
import { loopWidth, pathBetween, pathToItself, type Row, rowsOf } from './diagram-lines.ts'
import type { Table } from './read-tables.ts'

/** More would neither be readable nor quick to lay out. */
const tablesMax = 24
const foreignKeysMax = 60

/** Sizes in the diagram's own units, which the page shows as pixels; text is 12 high in the monospaced face. */
const sizes = { letter: 7.3, head: 26, line: 18, foot: 6, beforeName: 26, afterName: 12, widthMin: 110 } as const
const gap = 24

/** Longer names are cut; the list beside the diagram has them whole. */
const lettersMax = 26

/** Columns that a box shows; keys come before others where not all fit. */
const linesMax = 10

/** The diagram; null where no table points to another, or where there are too many. */
export function layOut(tables: readonly Table[]): DiagramFacts | null {
  const shown = tables.filter(({ isView }) => !isView)
  const names = new Set(shown.map(({ name }) => name))
  const keys = shown.flatMap(({ name, foreignKeys }) =>
    foreignKeys.filter(({ table }) => names.has(table)).map((key) => ({ ...key, from: name })),
  )
  if (keys.length === 0 || keys.length > foreignKeysMax || shown.length > tablesMax) return null
  const related = new Set(keys.flatMap(({ from, table }) => [from, table]))
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: 44, marginx: 4, marginy: 4 })
  graph.setDefaultEdgeLabel(() => ({}))
  const boxes = new Map(shown.map((table) => [table.name, boxOf(table)]))
  const loops = new Set(keys.flatMap(({ from, table }) => (from === table ? [table] : [])))
  const widthOf = (name: string, { width }: BoxFacts) => width + (loops.has(name) ? loopWidth : 0)
  for (const [name, box] of boxes) {
    if (related.has(name)) graph.setNode(name, { width: widthOf(name, box), height: box.height })
  }
  // What is pointed to stands above.
  for (const [place, { from, table }] of keys.entries())
    if (from !== table) graph.setEdge(table, from, {}, String(place))
  layout(graph)
  const placed = [...boxes].filter(([name]) => related.has(name))
  for (const [name, box] of placed) Object.assign(box, corner(graph.node(name), widthOf(name, box), box.height))
  const rows = rowsOf(placed.map(([, box]) => box))
  const lines = keys.flatMap(({ from, table, columns, referenced }, place) => {
    const [upper, lower] = [boxes.get(table), boxes.get(from)]
    if (upper === undefined || lower === undefined) return []
    const label = `${from} (${columns.join(', ')}) → ${table} (${referenced.join(', ')})`
    if (upper === lower) return [{ label, path: pathToItself(upper), isUpward: false }]
    const via = graph.edge(table, from, String(place)).points?.slice(1, -1) ?? []
    return [{ label, ...lineBetween({ upper, lower }, via, rows) }]
  })
  const { width = 0, height = 0 } = graph.graph()
  const alone = [...boxes].filter(([name]) => !related.has(name)).map(([, box]) => box)
  const size = shelve(alone, { width, height })
  return { ...size, boxes: [...boxes.values()], lines }
}

function boxOf({ name, columns, foreignKeys }: Table): BoxFacts {
  const linked = new Set(foreignKeys.flatMap((key) => key.columns))
  const weight = (column: Table['columns'][number]) => (column.isKey || linked.has(column.name) ? 0 : 1)
  const chosen =
    columns.length <= linesMax
      ? columns
      : columns.toSorted((one, other) => weight(one) - weight(other)).slice(0, linesMax - 1)
  const lines = chosen.map((column) => ({
    name: cut(column.name),
    mark: column.isKey ? ('key' as const) : linked.has(column.name) ? ('link' as const) : null,
  }))
  const hidden = columns.length - chosen.length
  const longest = Math.max(cut(name).length, ...lines.map((line) => line.name.length))
  return {
    name: cut(name),
    fullName: name,
    ...{ x: 0, y: 0 },
    width: Math.max(sizes.widthMin, Math.ceil(longest * sizes.letter) + sizes.beforeName + sizes.afterName),
    height: sizes.head + (lines.length + (hidden > 0 ? 1 : 0)) * sizes.line + sizes.foot,
    lines,
    hidden,
  }
}

function cut(name: string): string {
  return name.length > lettersMax ? `${name.slice(0, lettersMax - 1)}…` : name
}

/** Dagre names the middle of a box. */
function corner({ x = 0, y = 0 }: { x?: number; y?: number }, width: number, height: number): Point {
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }
}

/** Tables that point to each other in a ring have a line that goes up. */
function lineBetween(
  { upper, lower }: { upper: BoxFacts; lower: BoxFacts },
  via: readonly Point[],
  rows: readonly Row[],
): { path: string; isUpward: boolean } {
  const isUpward = upper.y > lower.y
  const ends = isUpward ? { upper: lower, lower: upper } : { upper, lower }
  return { path: pathBetween(ends, isUpward ? via.toReversed() : via, rows), isUpward }
}

/** Tables that nothing points to stand in rows below the others. */
function shelve(alone: readonly BoxFacts[], drawn: { width: number; height: number }) {
  const widthMax = Math.max(drawn.width, 380)
  let [x, y, lineHeight, width] = [4, drawn.height + gap / 2, 0, drawn.width]
  for (const box of alone) {
    if (x > 4 && x + box.width > widthMax) [x, y, lineHeight] = [4, y + lineHeight + gap, 0]
    Object.assign(box, { x, y: Math.round(y) })
    x += box.width + gap
    lineHeight = Math.max(lineHeight, box.height)
    width = Math.max(width, x - gap + 4)
  }
  const height = alone.length === 0 ? drawn.height : y + lineHeight + 4
  return { width: Math.ceil(width), height: Math.ceil(height) }
}
