/** The part of EXPLAIN (FORMAT JSON) that assertions look at. */
import type { Cell } from '../pods/run.ts'

/** A node of a plan. */
export interface PlanNode {
  /** For example `Seq Scan`, `Index Only Scan`. */
  type: string
  table: string | null
  index: string | null
  /** Pages touched by this node and all below it, found in memory or read. */
  buffers: number
  children: PlanNode[]
}

/** Reads EXPLAIN's one cell; null where it is none. */
export function readPlan(rows: readonly (readonly Cell[])[]): PlanNode | null {
  const text = rows.map(([cell]) => cell ?? '').join('\n')
  try {
    const parsed: unknown = JSON.parse(text)
    const top: unknown = Array.isArray(parsed) ? parsed[0] : null
    return isRecord(top) && isRecord(top['Plan']) ? nodeOf(top['Plan']) : null
  } catch {
    return null
  }
}

function nodeOf(raw: Record<string, unknown>): PlanNode {
  const children: unknown = raw['Plans']
  return {
    type: textOf(raw['Node Type']) ?? '',
    table: textOf(raw['Relation Name']),
    index: textOf(raw['Index Name']),
    buffers: numberOf(raw['Shared Hit Blocks']) + numberOf(raw['Shared Read Blocks']),
    children: Array.isArray(children) ? children.filter(isRecord).map(nodeOf) : [],
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
