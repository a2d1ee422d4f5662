/** Taking PostgreSQL's parse trees apart: every node is a map whose values may be anything. */
import type { Tree } from './tree.ts'

/** A node of a tree. */
export type Node = { [key: string]: Tree }

/** The value where it is a node; null otherwise. */
export function nodeOf(value: Tree | undefined): Node | null {
  return value === undefined || value === null || typeof value !== 'object' || Array.isArray(value) ? null : value
}

/** The value where it is a list; an empty one otherwise. */
export function listOf(value: Tree | undefined): Tree[] {
  return Array.isArray(value) ? value : []
}

/** The text of a node `String`, as names are written in trees; null where the value is none. */
export function nameOf(value: Tree | undefined): string | null {
  const string = nodeOf(nodeOf(value)?.['String'])
  return string === null ? null : String(string['sval'] ?? '')
}
