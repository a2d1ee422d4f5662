/** Reads what EXPLAIN returned, as JSON or as text, into a tree with each node's own share of the whole. */
import type { Cell } from '../../src/pods/run.ts'

/** A step of a plan. */
export interface PlanNode {
  /** For example `Hash Left Join`, `Seq Scan`. */
  name: string
  /** The table or index it works on, for example `ticket t`; null where it has none. */
  on: string | null
  /** Conditions and keys in PostgreSQL's words. */
  details: readonly string[]
  /** Rows that the planner expected, of each loop. */
  rowsExpected: number
  /** Rows that came, over all loops; null where the statement was not run. */
  rows: number | null
  /** How often it ran; 0: never; null where the statement was not run. */
  loops: number | null
  /** Its own time in ms, without its children's; null where it was not measured. */
  ownMs: number | null
  /** Its own part of the plan's time, or of its cost where no time was measured: 0 to 1. */
  share: number
  children: readonly PlanNode[]
}

/** A plan. */
export interface Plan {
  root: PlanNode
  /** The node with the largest share. */
  hottest: PlanNode
  /** Shares are of measured time; else of estimated cost. */
  isMeasured: boolean
  planningMs: number | null
  executionMs: number | null
}

/** A node as it was written, before shares are known. Times are of one loop. */
interface WrittenNode {
  name: string
  on: string | null
  details: string[]
  cost: number
  rowsExpected: number
  ms: number | null
  rows: number | null
  loops: number | null
  children: WrittenNode[]
}

/** A plan that is larger or deeper than this is shown as text. */
const nodesMax = 300
const depthMax = 50

/** What a person reads of a node; the rest of EXPLAIN's output stays in the text. */
const detailKeys = [
  'Sort Key',
  'Presorted Key',
  'Group Key',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Index Cond',
  'Recheck Cond',
  'Filter',
  'One-Time Filter',
  'Rows Removed by Filter',
  'Rows Removed by Join Filter',
  'Sort Method',
  'Heap Fetches',
] as const

/** The plan in the rows of a `QUERY PLAN` column; null where it can't be read. */
export function readPlan(rows: readonly (readonly Cell[])[]): Plan | null {
  const lines = rows.map((row) => row[0] ?? '')
  const text = lines.join('\n')
  return text.trimStart().startsWith('[') ? planOfJson(text) : planOfText(text.split('\n'))
}

function planOfJson(text: string): Plan | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const whole = Array.isArray(value) ? record(value[0]) : null
  const top = whole === null ? null : record(whole['Plan'])
  if (whole === null || top === null) return null
  const counter = { nodes: 0 }
  const root = nodeOfJson(top, counter, 0)
  if (root === null) return null
  return measured(root, { planningMs: number(whole['Planning Time']), executionMs: number(whole['Execution Time']) })
}

function nodeOfJson(node: Record<string, unknown>, counter: { nodes: number }, depth: number): WrittenNode | null {
  counter.nodes += 1
  if (counter.nodes > nodesMax || depth > depthMax) return null
  const type = node['Node Type']
  if (typeof type !== 'string') return null
  const children: WrittenNode[] = []
  for (const child of Array.isArray(node['Plans']) ? node['Plans'] : []) {
    const inner = record(child)
    const read = inner === null ? null : nodeOfJson(inner, counter, depth + 1)
    if (read === null) return null
    children.push(read)
  }
  return {
    name: nameOf(type, node),
    on: placeOf(node),
    details: detailKeys.flatMap((key) => detail(key, node[key])),
    cost: number(node['Total Cost']) ?? 0,
    rowsExpected: number(node['Plan Rows']) ?? 0,
    ms: number(node['Actual Total Time']),
    rows: number(node['Actual Rows']),
    loops: number(node['Actual Loops']),
    children,
  }
}

const aggregateNames: Record<string, string> = {
  Hashed: 'HashAggregate',
  Sorted: 'GroupAggregate',
  Mixed: 'MixedAggregate',
}

/** The node as EXPLAIN's text names it: `Hash Left Join`, `HashAggregate`, `InitPlan 1: Result`. */
function nameOf(type: string, node: Record<string, unknown>): string {
  const join = word(node['Join Type'])
  const operation = word(node['Operation'])
  let name = type
  if (type === 'Aggregate') name = aggregateNames[word(node['Strategy'])] ?? type
  else if (type === 'ModifyTable' && operation !== '') name = operation
  else if (join !== '' && join !== 'Inner') {
    name = type === 'Nested Loop' ? `${type} ${join} Join` : type.replace(/ Join$/, ` ${join} Join`)
  }
  if (node['Scan Direction'] === 'Backward') name += ' Backward'
  const label = word(node['Subplan Name'])
  return label === '' ? name : `${label}: ${name}`
}

function placeOf(node: Record<string, unknown>): string | null {
  const relation = word(node['Relation Name']) || word(node['Function Name']) || word(node['CTE Name'])
  const alias = word(node['Alias'])
  const index = word(node['Index Name'])
  const table = alias !== '' && alias !== relation ? `${relation} ${alias}`.trim() : relation
  const place = index === '' ? table : table === '' ? index : `${table} by ${index}`
  return place === '' ? null : place
}

function detail(key: string, value: unknown): string[] {
  const shown = Array.isArray(value) ? value.map(String).join(', ') : value
  if (typeof shown === 'number') return shown === 0 ? [] : [`${key}: ${shown}`]
  return typeof shown === 'string' ? [`${key}: ${shown}`] : []
}

const nodeLine =
  /^(\s*)(?:->\s+)?(\S.*?)\s+\(cost=[\d.]+\.\.([\d.]+) rows=(\d+) width=\d+\)(?:\s+\((?:actual time=[\d.]+\.\.([\d.]+) rows=([\d.]+) loops=(\d+)|(never executed))\))?\s*$/

/** Text as `EXPLAIN` and `EXPLAIN ANALYZE` write it: children stand further right than their parent. */
function planOfText(lines: readonly string[]): Plan | null {
  const stack: { indent: number; node: WrittenNode }[] = []
  let root: WrittenNode | null = null
  let label = ''
  let nodes = 0
  const times = { planningMs: null as number | null, executionMs: null as number | null }
  for (const line of lines) {
    const match = nodeLine.exec(line)
    if (match === null) {
      const text = line.trim()
      const last = stack.at(-1)?.node
      if (/^(InitPlan|SubPlan|CTE) \S+( \(returns .*\))?$/.test(text)) label = `${text}: `
      else if (line.startsWith(' ') && detailKeys.some((key) => text.startsWith(`${key}: `))) last?.details.push(text)
      else if (text.startsWith('Planning Time: ')) times.planningMs = Number.parseFloat(text.slice(15))
      else if (text.startsWith('Execution Time: ')) times.executionMs = Number.parseFloat(text.slice(16))
      continue
    }
    nodes += 1
    const indent = (match[1] ?? '').length
    while ((stack.at(-1)?.indent ?? -1) >= indent) stack.pop()
    if (nodes > nodesMax || stack.length > depthMax) return null
    const node = nodeOfText(label, match)
    label = ''
    const parent = stack.at(-1)?.node
    if (parent !== undefined) parent.children.push(node)
    else if (root === null) root = node
    stack.push({ indent, node })
  }
  return root === null ? null : measured(root, times)
}

function nodeOfText(label: string, match: RegExpExecArray): WrittenNode {
  const [, , title = '', cost, rowsExpected, ms, rows, loops, never] = match
  const [name = '', on = null] = title.split(/ (?:on|using) (.*)/s)
  const optional = (text: string | undefined) => (text === undefined ? null : Number(text))
  return {
    name: label + name,
    on: on === null ? null : on.replace(/^(\S+) on (.*)$/, '$2 by $1'),
    details: [],
    cost: Number(cost),
    rowsExpected: Number(rowsExpected),
    ms: optional(ms),
    rows: optional(rows),
    loops: never === undefined ? optional(loops) : 0,
    children: [],
  }
}

function measured(root: WrittenNode, times: Pick<Plan, 'planningMs' | 'executionMs'>): Plan {
  const isMeasured = root.ms !== null
  const weightOf = (node: WrittenNode) => (isMeasured ? (node.ms ?? 0) * (node.loops ?? 0) : node.cost)
  const ownOf = (node: WrittenNode): number =>
    Math.max(0, weightOf(node) - node.children.reduce((sum, child) => sum + weightOf(child), 0))
  const sumOf = (node: WrittenNode): number => ownOf(node) + node.children.reduce((sum, child) => sum + sumOf(child), 0)
  const total = Math.max(sumOf(root), Number.MIN_VALUE)
  const finish = (node: WrittenNode): PlanNode => ({
    name: node.name,
    on: node.on,
    details: node.details,
    rowsExpected: node.rowsExpected,
    rows: node.rows === null || node.loops === null ? null : Math.round(node.rows * node.loops),
    loops: node.loops,
    ownMs: isMeasured ? ownOf(node) : null,
    share: ownOf(node) / total,
    children: node.children.map(finish),
  })
  const finished = finish(root)
  return { root: finished, hottest: hottestOf(finished), isMeasured, ...times }
}

function hottestOf(node: PlanNode): PlanNode {
  return node.children.map(hottestOf).reduce((best, other) => (other.share > best.share ? other : best), node)
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
