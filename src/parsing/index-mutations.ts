/** The operators of mutation for CREATE INDEX: what people leave out of an index, or put into it the wrong way round. */
import type { Mutation } from './mutation.ts'
import { listOf, type Node, nameOf, nodeOf } from './nodes.ts'
import type { Tree } from './tree.ts'

/** The changes that a CREATE INDEX allows. */
export function indexMutations(node: Node): Mutation[] {
  const keys = listOf(node['indexParams'])
  return [
    ...(keys.length < 2 ? [] : keys.map((_, left) => set('index: one key left out', without(keys, left)))),
    ...(keys.length < 2 ? [] : [set('index: keys in another order', keys.toReversed())]),
    ...keys.flatMap((key, place) => bareKey(keys, key, place)),
    ...leftOut(node, 'indexIncludingParams', 'INCLUDE'),
    ...leftOut(node, 'whereClause', 'WHERE'),
    ...(node['unique'] === true ? leftOut(node, 'unique', 'UNIQUE') : []),
  ]
}

function set(name: string, keys: Tree[]): Mutation {
  return { name, change: (node) => ({ ...node, indexParams: keys }) }
}

function without(keys: readonly Tree[], left: number): Tree[] {
  return keys.filter((_, place) => place !== left)
}

function leftOut(node: Node, key: string, word: string): Mutation[] {
  if (node[key] === undefined) return []
  return [{ name: `index: ${word} left out`, change: ({ [key]: _, ...rest }) => rest }]
}

/** The column itself where the index is on a function of it: `lower(name)`. */
function bareKey(keys: readonly Tree[], key: Tree, place: number): Mutation[] {
  const element = nodeOf(nodeOf(key)?.['IndexElem'])
  const [argument, ...more] = listOf(nodeOf(nodeOf(element?.['expr'])?.['FuncCall'])?.['args'])
  const [field, ...fields] = listOf(nodeOf(nodeOf(argument)?.['ColumnRef'])?.['fields'])
  const name = nameOf(field)
  if (element === null || more.length > 0 || fields.length > 0 || name === null) return []
  const { expr: _, ...rest } = element
  const bare = { IndexElem: { name, ...rest } }
  return [
    set(
      'index: function left out',
      keys.map((other, index) => (index === place ? bare : other)),
    ),
  ]
}
