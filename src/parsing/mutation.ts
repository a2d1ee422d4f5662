/** A change of one node of a parse tree. */
import type { Node } from './nodes.ts'

/** What is changed, and how. */
export interface Mutation {
  name: string
  change: (node: Node) => Node
}
