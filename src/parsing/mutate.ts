/**
 * Makes mutants: copies of the parse tree with one change each, written back as SQL. Each operator is a mistake that
 * people make; what a dataset can't tell from the reference it does not test.
 */
import type { ParseResult } from '@pgsql/types'
import { Deparser } from 'pgsql-deparser'
import { type Mutant, resultOrder } from './mutant.ts'
import { mutationsOf } from './mutations.ts'
import { type Node, nodeOf } from './nodes.ts'
import type { RawStatement, Tree } from './tree.ts'

/** Most mutants of one text. */
const mutantsMax = 300

/** All mutants of these statements that PostgreSQL's parser takes, each different from the others. */
export function mutate(statements: readonly RawStatement[], isParsed: (sql: string) => boolean): Mutant[] {
  const tree: Tree = statements.map(({ stmt }) => ({ stmt }))
  const original = write(tree)
  const seen = new Set([original])
  const counts = new Map<string, number>()
  const mutants: Mutant[] = []
  for (const path of nodePaths(tree)) {
    for (const { name: plain, change } of mutationsOf(path.kind, path.node)) {
      if (isPointless(tree, path, plain)) continue
      const name = isResultOrder(tree, path, plain) ? `${resultOrder} ${plain}` : plain
      const sql = write(replaceAt(tree, path.steps, change))
      if (sql === null || seen.has(sql) || !isParsed(sql) || mutants.length >= mutantsMax) continue
      seen.add(sql)
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      mutants.push({ name: count === 1 ? name : `${name} (${count})`, sql })
    }
  }
  return mutants
}

/**
 * Changes that can't be seen from outside: what an EXISTS selects, and repeats or order within EXISTS and IN.
 */
function isPointless(tree: Tree, { steps }: NodePath, name: string): boolean {
  const place = steps.lastIndexOf('subselect')
  if (place < 0) return false
  const isSelectItself = steps.length === place + 2
  if (isSelectItself && (name.startsWith('DISTINCT') || name.startsWith('ORDER BY'))) return true
  const link = nodeAt(tree, steps.slice(0, place))
  return link?.['subLinkType'] === 'EXISTS_SUBLINK' && steps[place + 2] === 'targetList'
}

function nodeAt(tree: Tree, steps: readonly (string | number)[]): Node | null {
  let node: Tree = tree
  for (const step of steps) {
    if (Array.isArray(node)) node = node[Number(step)] ?? null
    else node = node !== null && typeof node === 'object' ? (node[step] ?? null) : null
  }
  return nodeOf(node)
}

/** Changes of only the order of the result are called so, for an exercise may leave that free. */
function isResultOrder(tree: Tree, { steps, node }: NodePath, name: string): boolean {
  const top = steps.length === 3 ? node : nodeAt(tree, steps.slice(0, 3))
  if (top === null || top['limitCount'] !== undefined || top['distinctClause'] !== undefined) return false
  return steps.length === 3 ? name.startsWith('ORDER BY') : steps[3] === 'sortClause'
}

/** Where a node stands in the tree, and its kind. */
interface NodePath {
  kind: string
  node: Node
  steps: readonly (string | number)[]
}

function nodePaths(tree: Tree, steps: readonly (string | number)[] = [], kind = ''): NodePath[] {
  if (Array.isArray(tree)) return tree.flatMap((item, index) => nodePaths(item, [...steps, index]))
  if (tree === null || typeof tree !== 'object') return []
  const own = kind === '' ? [] : [{ kind, node: tree, steps }]
  const below = Object.entries(tree).flatMap(([key, value]) => nodePaths(value, [...steps, key], childKind(key, value)))
  return [...own, ...below]
}

/** The halves of a set operation are SELECTs without the key that says so; so is a window's definition. */
function childKind(key: string, value: Tree): string {
  if (/^[A-Z]/.test(key)) return key
  const isHalf = (key === 'larg' || key === 'rarg') && value !== null && typeof value === 'object' && 'op' in value
  return isHalf ? 'SelectStmt' : key === 'over' ? 'WindowDef' : ''
}

/** A copy of the tree with one node changed; what is not on the way is shared. */
function replaceAt(tree: Tree, steps: readonly (string | number)[], change: (node: Node) => Node): Tree {
  const [step, ...rest] = steps
  if (step === undefined) return tree !== null && typeof tree === 'object' && !Array.isArray(tree) ? change(tree) : tree
  if (Array.isArray(tree)) return tree.map((item, index) => (index === step ? replaceAt(item, rest, change) : item))
  if (tree === null || typeof tree !== 'object') return tree
  return { ...tree, [step]: replaceAt(tree[step] ?? null, rest, change) }
}

/** The tree as SQL; null where the writer can't write it. */
function write(tree: Tree): string | null {
  try {
    // The writer's types know every node; the tree here is plain JSON of the same parser.
    const parsed: ParseResult = JSON.parse(JSON.stringify({ version: 180004, stmts: tree }))
    // Written all at once, several statements would have nothing between them.
    return (parsed.stmts ?? [])
      .map((statement) => Deparser.deparse({ ...parsed, stmts: [statement] }, { pretty: false }))
      .join(';\n')
  } catch {
    return null
  }
}
