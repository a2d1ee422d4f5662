/** The operators of mutation: what each kind of node can be changed into. At least fifteen kinds of mistake. */
import { indexMutations } from './index-mutations.ts'
import type { Mutation } from './mutation.ts'
import { listOf, type Node, nameOf, nodeOf } from './nodes.ts'
import type { Tree } from './tree.ts'

/** The changes that a node of this kind allows. */
export function mutationsOf(kind: string, node: Node): Mutation[] {
  return operators[kind]?.(node) ?? []
}

const operators: Readonly<Record<string, (node: Node) => Mutation[]>> = {
  JoinExpr: (node) => [...joinKinds(node), ...joinConditions(node)],
  A_Expr: (node) => [...comparisons(node), ...arithmetic(node), ...ranges(node)],
  A_Const: constants,
  BoolExpr: (node) => [...connectives(node), ...conditions(node), ...negations(node)],
  NullTest: nullTests,
  FuncCall: (node) => [...aggregates(node), ...aggregateDetails(node)],
  SelectStmt: (node) => [
    ...distinct(node),
    ...clauses(node),
    ...groupKeys(node),
    ...sorting(node),
    ...setOperations(node),
  ],
  UpdateStmt: clauses,
  DeleteStmt: clauses,
  SortBy: sortDirections,
  SubLink: subLinks,
  CaseExpr: caseBranches,
  WindowDef: windowDefinitions,
  IndexStmt: indexMutations,
  ResTarget: nullHandling,
}

function set(name: string, changes: Node): Mutation {
  return { name, change: (node) => ({ ...node, ...changes }) }
}

function without(name: string, key: string): Mutation {
  return { name, change: ({ [key]: _, ...rest }) => rest }
}

function items(node: Node, key: string): Tree[] {
  return listOf(node[key])
}

function dropEach(name: string, node: Node, key: string): Mutation[] {
  const all = items(node, key)
  return all.map((_, index) => set(name, { [key]: all.filter((_item, place) => place !== index) }))
}

/** 1: join kind: what people write in place of each. */
function joinKinds({ jointype, quals, usingClause }: Node): Mutation[] {
  const inner = { INNER: 'JOIN_INNER' }
  const others: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
    JOIN_INNER: ['INNER', { LEFT: 'JOIN_LEFT', RIGHT: 'JOIN_RIGHT' }],
    JOIN_LEFT: ['LEFT', inner],
    JOIN_RIGHT: ['RIGHT', inner],
    JOIN_FULL: ['FULL', { ...inner, LEFT: 'JOIN_LEFT', RIGHT: 'JOIN_RIGHT' }],
  }
  const [own, kinds] = others[String(jointype)] ?? ['', {}]
  if (quals === undefined && usingClause === undefined) return []
  return Object.entries(kinds).map(([word, kind]) => set(`join kind: ${own} to ${word}`, { jointype: kind }))
}

/** 2: join condition left out. */
function joinConditions({ quals, jointype }: Node): Mutation[] {
  if (quals === undefined || jointype !== 'JOIN_INNER') return []
  return [set('join condition: left out', { quals: { A_Const: { boolval: { boolval: true } } } })]
}

function operatorName({ name }: Node): string {
  return nameOf(listOf(name).at(-1)) ?? ''
}

function named(operator: string): Tree {
  return [{ String: { sval: operator } }]
}

/** 3: comparison (boundary and direction). */
function comparisons(node: Node): Mutation[] {
  const changes: Readonly<Record<string, readonly string[]>> = {
    '<': ['<=', '>'],
    '<=': ['<', '>='],
    '>': ['>=', '<'],
    '>=': ['>', '<='],
    '=': ['<>'],
    '<>': ['='],
  }
  if (node['kind'] === 'AEXPR_DISTINCT')
    return [set('NULL handling: IS DISTINCT FROM to <>', { kind: 'AEXPR_OP', name: named('<>') })]
  if (node['kind'] === 'AEXPR_NOT_DISTINCT')
    return [set('NULL handling: IS NOT DISTINCT FROM to =', { kind: 'AEXPR_OP', name: named('=') })]
  if (node['kind'] !== 'AEXPR_OP' || node['lexpr'] === undefined) return []
  const own = operatorName(node)
  return (changes[own] ?? []).map((other) => set(`comparison: ${own} to ${other}`, { name: named(other) }))
}

/** 4: arithmetic operator. */
function arithmetic(node: Node): Mutation[] {
  const changes: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '+', '/': '*', '%': '*' }
  const own = operatorName(node)
  const other = node['kind'] === 'AEXPR_OP' && node['lexpr'] !== undefined ? changes[own] : undefined
  return other === undefined ? [] : [set(`arithmetic: ${own} to ${other}`, { name: named(other) })]
}

/** 5: BETWEEN, IN and LIKE turned round; LIKE that minds the case or not. */
function ranges(node: Node): Mutation[] {
  const own = operatorName(node)
  switch (node['kind']) {
    case 'AEXPR_BETWEEN':
      return [set('range: BETWEEN to NOT BETWEEN', { kind: 'AEXPR_NOT_BETWEEN', name: named('NOT BETWEEN') })]
    case 'AEXPR_IN':
      return [set(own === '=' ? 'list: IN to NOT IN' : 'list: NOT IN to IN', { name: named(own === '=' ? '<>' : '=') })]
    case 'AEXPR_LIKE':
      return [set('pattern: LIKE to ILIKE', { kind: 'AEXPR_ILIKE', name: named(own.replace('~~', '~~*')) })]
    case 'AEXPR_ILIKE':
      return [set('pattern: ILIKE to LIKE', { kind: 'AEXPR_LIKE', name: named(own.replace('~~*', '~~')) })]
    default:
      return []
  }
}

/** 6: boundary: a whole number, one off. */
function constants(node: Node): Mutation[] {
  const whole = nodeOf(node['ival'])
  if (whole === null) return []
  const value = Number(whole['ival'] ?? 0)
  return [value + 1, value - 1].map((other) => set(`boundary: ${value} to ${other}`, { ival: { ival: other } }))
}

/** 7: AND and OR. */
function connectives({ boolop }: Node): Mutation[] {
  if (boolop === 'AND_EXPR') return [set('connective: AND to OR', { boolop: 'OR_EXPR' })]
  return boolop === 'OR_EXPR' ? [set('connective: OR to AND', { boolop: 'AND_EXPR' })] : []
}

/** 8: a condition left out. */
function conditions(node: Node): Mutation[] {
  if (node['boolop'] === 'NOT_EXPR') return []
  return items(node, 'args').length < 2 ? [] : dropEach('condition: one left out', node, 'args')
}

/** 14: NOT left out, also before EXISTS and IN. */
function negations(node: Node): Mutation[] {
  const [negated] = node['boolop'] === 'NOT_EXPR' ? items(node, 'args') : []
  if (negated === undefined) return []
  // AND of one condition is that condition: the node keeps its kind.
  return [
    set('negation: NOT left out', { boolop: 'AND_EXPR', args: [negated, { A_Const: { boolval: { boolval: true } } }] }),
  ]
}

/** 9: NULL test turned round. */
function nullTests({ nulltesttype }: Node): Mutation[] {
  const isNull = nulltesttype === 'IS_NULL'
  return [
    set(`NULL test: IS ${isNull ? '' : 'NOT '}NULL turned round`, { nulltesttype: isNull ? 'IS_NOT_NULL' : 'IS_NULL' }),
  ]
}

/** 10: NULL handling: COALESCE left out of a column. */
function nullHandling({ val }: Node): Mutation[] {
  const [first] = listOf(nodeOf(nodeOf(val)?.['CoalesceExpr'])?.['args'])
  return first === undefined ? [] : [set('NULL handling: COALESCE left out', { val: first })]
}

const otherAggregates: Readonly<Record<string, readonly string[]>> = {
  sum: ['avg', 'max'],
  avg: ['sum', 'min'],
  min: ['max'],
  max: ['min'],
  count: ['sum'],
  bool_and: ['bool_or'],
  bool_or: ['bool_and'],
  row_number: ['rank'],
  rank: ['dense_rank', 'row_number'],
  dense_rank: ['rank'],
  lag: ['lead'],
  lead: ['lag'],
  first_value: ['last_value'],
  last_value: ['first_value'],
}

/** 11: aggregate or window function. */
function aggregates(node: Node): Mutation[] {
  const own = operatorName({ name: node['funcname'] ?? null })
  const fitting = (otherAggregates[own] ?? []).filter(() => node['agg_star'] !== true)
  return fitting.map((other) => set(`aggregate: ${own} to ${other}`, { funcname: named(other) }))
}

/** 12: DISTINCT within an aggregate; 13: FILTER left out; COUNT(column) to COUNT(*). */
function aggregateDetails(node: Node): Mutation[] {
  const own = operatorName({ name: node['funcname'] ?? null })
  const args = items(node, 'args')
  const found: Mutation[] = []
  if (node['agg_distinct'] === true) found.push(without('aggregate: DISTINCT left out', 'agg_distinct'))
  else if (['count', 'sum', 'avg'].includes(own) && args.length === 1 && node['over'] === undefined)
    found.push(set('aggregate: DISTINCT added', { agg_distinct: true }))
  if (node['agg_filter'] !== undefined) found.push(without('aggregate: FILTER left out', 'agg_filter'))
  if (own === 'count' && args.length === 1)
    found.push({
      name: 'NULL handling: count(column) to count(*)',
      change: ({ args: _, agg_distinct: __, ...rest }) => ({ ...rest, agg_star: true }),
    })
  return found
}

/** 15: PARTITION BY and ORDER BY of a window left out. */
function windowDefinitions(node: Node): Mutation[] {
  return [
    ...(items(node, 'partitionClause').length > 0 ? [without('window: PARTITION BY left out', 'partitionClause')] : []),
    ...(items(node, 'orderClause').length > 0 ? [without('window: ORDER BY left out', 'orderClause')] : []),
  ]
}

/** 16: DISTINCT left out or added. */
function distinct(node: Node): Mutation[] {
  if (node['distinctClause'] !== undefined) return [without('DISTINCT: left out', 'distinctClause')]
  const isGrouped = node['groupClause'] !== undefined || node['targetList'] === undefined
  return isGrouped ? [] : [set('DISTINCT: added', { distinctClause: [{}] })]
}

/** 17: whole clauses left out; LIMIT one off is a boundary. */
function clauses(node: Node): Mutation[] {
  const names: readonly [string, string][] = [
    ['whereClause', 'WHERE'],
    ['havingClause', 'HAVING'],
    ['limitOffset', 'OFFSET'],
    ['limitCount', 'LIMIT'],
  ]
  return names.flatMap(([key, word]) => (node[key] === undefined ? [] : [without(`clause: ${word} left out`, key)]))
}

/** 18: GROUP BY key left out. */
function groupKeys(node: Node): Mutation[] {
  return items(node, 'groupClause').length < 2 ? [] : dropEach('GROUP BY: one key left out', node, 'groupClause')
}

/** 19: ORDER BY key left out. */
function sorting(node: Node): Mutation[] {
  const keys = items(node, 'sortClause')
  if (keys.length === 0) return []
  return keys.length === 1
    ? [without('ORDER BY: left out', 'sortClause')]
    : dropEach('ORDER BY: one key left out', node, 'sortClause')
}

/** 20: sort direction, and where NULLs stand. */
function sortDirections({ sortby_dir, sortby_nulls }: Node): Mutation[] {
  const isDescending = sortby_dir === 'SORTBY_DESC'
  const turned = set(`ORDER BY: ${isDescending ? 'DESC to ASC' : 'ASC to DESC'}`, {
    sortby_dir: isDescending ? 'SORTBY_ASC' : 'SORTBY_DESC',
  })
  const hasNulls = sortby_nulls === 'SORTBY_NULLS_FIRST' || sortby_nulls === 'SORTBY_NULLS_LAST'
  return hasNulls
    ? [turned, set('NULL handling: NULLS FIRST/LAST left out', { sortby_nulls: 'SORTBY_NULLS_DEFAULT' })]
    : [turned]
}

/** 21: set operation. */
function setOperations({ op, all }: Node): Mutation[] {
  if (op === 'SETOP_UNION') {
    const repeats =
      all === true
        ? without('set operation: UNION ALL to UNION', 'all')
        : set('set operation: UNION to UNION ALL', { all: true })
    return [repeats, set('set operation: UNION to INTERSECT', { op: 'SETOP_INTERSECT' })]
  }
  if (op === 'SETOP_INTERSECT') return [set('set operation: INTERSECT to UNION', { op: 'SETOP_UNION' })]
  return op === 'SETOP_EXCEPT' ? [set('set operation: EXCEPT to INTERSECT', { op: 'SETOP_INTERSECT' })] : []
}

/** 22: ALL and ANY of a subquery. */
function subLinks({ subLinkType }: Node): Mutation[] {
  return subLinkType === 'ALL_SUBLINK' ? [set('subquery: ALL to ANY', { subLinkType: 'ANY_SUBLINK' })] : []
}

/** 23: a CASE branch left out. */
function caseBranches(node: Node): Mutation[] {
  const branches = items(node, 'args').length < 2 ? [] : dropEach('CASE: one branch left out', node, 'args')
  return node['defresult'] === undefined ? branches : [...branches, without('CASE: ELSE left out', 'defresult')]
}
