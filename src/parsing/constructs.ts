/**
 * Which constructs a statement uses, decided on PostgreSQL's parse tree: what an exercise may require or forbid. Besides
 * the names below there are `table NAME` and `function NAME`.
 */
import type { WholeText } from './code-bodies.ts'
import { listOf, type Node, nameOf, nodeOf } from './nodes.ts'
import type { Tree } from './tree.ts'

/** Names of constructs, as exercises write them. */
export const constructNames = [
  ...['window function', 'aggregate', 'filter', 'group by', 'grouping sets', 'having', 'distinct', 'distinct on'],
  ...['cte', 'recursive cte', 'subquery', 'scalar subquery', 'exists', 'in subquery', 'derived table', 'lateral'],
  ...['join', 'inner join', 'left join', 'right join', 'full join', 'cross join', 'natural join', 'outer join'],
  ...['union', 'union all', 'intersect', 'except', 'set operation', 'order by', 'limit', 'offset', 'values'],
  ...['case', 'coalesce', 'between', 'in', 'like', 'is null', 'cast', 'star'],
  ...['select', 'insert', 'update', 'delete', 'merge', 'truncate', 'on conflict', 'returning'],
  ...[
    'create table',
    'create index',
    'create view',
    'create function',
    'create trigger',
    'create policy',
    'alter table',
    'do',
  ],
  'dynamic sql',
] as const

export type ConstructName = (typeof constructNames)[number]

/** What is said of an answer that may run something nobody can read beforehand. */
export const dynamicSql: ConstructName = 'dynamic sql'

const aggregates = new Set(
  (
    'count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg bool_and bool_or ' +
    'every bit_and bit_or bit_xor any_value range_agg range_intersect_agg corr covar_pop covar_samp regr_slope ' +
    'regr_intercept regr_count regr_r2 stddev stddev_pop stddev_samp variance var_pop var_samp mode percentile_cont ' +
    'percentile_disc'
  ).split(' '),
)

/** All constructs of a text and of the bodies in it, sorted, each once. */
export function findConstructs({ statements, hasUnread }: WholeText): string[] {
  const found = new Set<string>(hasUnread ? [dynamicSql] : [])
  for (const { stmt } of statements) {
    walk(stmt, new Set(), (kind, node, hidden) => {
      for (const name of constructsOf(kind, node)) found.add(name)
      if (kind === 'RangeVar') for (const name of tableNames(node, hidden)) found.add(name)
      if (kind === 'FuncCall') found.add(`function ${functionName(node)}`)
    })
  }
  return [...found].sort()
}

/** A CTE hides the table of its name, unless the schema is written. */
function tableNames({ schemaname, relname }: Node, hidden: ReadonlySet<string>): string[] {
  if (schemaname !== undefined) return [`table ${schemaname}.${relname}`, `table ${relname}`]
  return hidden.has(String(relname)) ? [] : [`table ${relname}`]
}

type Visit = (kind: string, node: Node, hidden: ReadonlySet<string>) => void

/**
 * Visits each node with its kind (parse trees name the kind of a node by the one key of an object around it) and with the
 * names of the CTEs that it sees.
 */
function walk(tree: Tree | undefined, hidden: ReadonlySet<string>, visit: Visit, kind = ''): void {
  if (Array.isArray(tree)) for (const item of tree) walk(item, hidden, visit)
  else if (tree !== null && typeof tree === 'object') {
    if (kind !== '') visit(kind, tree, hidden)
    const within = walkCtes(tree['withClause'], hidden, visit)
    for (const [key, value] of Object.entries(tree)) {
      if (key === 'withClause') continue
      // What a statement changes is a table, never a CTE.
      const isTarget = key === 'relation' && /^(Insert|Update|Delete|Merge)Stmt$/.test(kind)
      walk(value, isTarget ? new Set() : within, visit, kindOf(key, value))
    }
  }
}

/** A CTE sees those before it, with RECURSIVE all of them; the statement around them sees them all. */
function walkCtes(tree: Tree | undefined, hidden: ReadonlySet<string>, visit: Visit): ReadonlySet<string> {
  const clause = nodeOf(tree)
  if (clause === null) return hidden
  visit('WithClause', clause, hidden)
  const ctes = listOf(clause['ctes'])
  const all = new Set([...hidden, ...ctes.map(cteName)])
  let seen = hidden
  for (const cte of ctes) {
    walk(cte, clause['recursive'] === true ? all : seen, visit)
    seen = new Set([...seen, cteName(cte)])
  }
  return all
}

function cteName(cte: Tree): string {
  return String(nodeOf(nodeOf(cte)?.['CommonTableExpr'])?.['ctename'] ?? '')
}

/** A few nodes stand bare under the key of their role: the two halves of a set operation, WITH, the window's definition. */
function kindOf(key: string, value: Tree): string {
  if (/^[A-Z]/.test(key)) return key
  const node = nodeOf(value)
  if (node === null) return ''
  if ((key === 'larg' || key === 'rarg') && 'op' in node) return 'SelectStmt'
  return { relation: 'RangeVar', onConflictClause: 'OnConflictClause' }[key] ?? ''
}

function constructsOf(kind: string, node: Node): ConstructName[] {
  switch (kind) {
    case 'FuncCall':
      return callConstructs(node)
    case 'SelectStmt':
      return selectConstructs(node)
    case 'JoinExpr':
      return joinConstructs(node)
    case 'SubLink':
      return ['subquery', ...subLinkConstructs(node)]
    case 'A_Expr':
      return expressionConstructs(node)
    case 'RangeSubselect':
      return ['subquery', 'derived table', ...when(node['lateral'], 'lateral')]
    case 'RangeFunction':
      return when(node['lateral'], 'lateral')
    case 'WithClause':
      return ['cte', ...when(node['recursive'], 'recursive cte')]
    case 'A_Star':
      return ['star']
    default:
      return [...plainConstructs(kind), ...when(node['returningClause'] ?? node['returningList'], 'returning')]
  }
}

function plainConstructs(kind: string): ConstructName[] {
  const name = plain[kind]
  return name === undefined ? [] : [name]
}

const plain: Readonly<Record<string, ConstructName>> = {
  CaseExpr: 'case',
  CoalesceExpr: 'coalesce',
  NullTest: 'is null',
  TypeCast: 'cast',
  GroupingSet: 'grouping sets',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
  MergeStmt: 'merge',
  TruncateStmt: 'truncate',
  OnConflictClause: 'on conflict',
  CreateStmt: 'create table',
  CreateTableAsStmt: 'create table',
  IndexStmt: 'create index',
  ViewStmt: 'create view',
  CreateFunctionStmt: 'create function',
  CreateTrigStmt: 'create trigger',
  CreatePolicyStmt: 'create policy',
  AlterTableStmt: 'alter table',
  DoStmt: 'do',
}

function when(condition: Tree | undefined, name: ConstructName): ConstructName[] {
  return condition === undefined || condition === null || condition === false ? [] : [name]
}

function functionName({ funcname }: Node): string {
  return nameOf(listOf(funcname).at(-1)) ?? ''
}

function callConstructs(node: Node): ConstructName[] {
  if (node['over'] !== undefined) return ['window function', ...when(node['agg_filter'], 'filter')]
  const isAggregate = ['agg_star', 'agg_distinct', 'agg_filter', 'agg_order', 'agg_within_group'].some(
    (key) => key in node,
  )
  return [
    ...when(isAggregate || aggregates.has(functionName(node)), 'aggregate'),
    ...when(node['agg_filter'], 'filter'),
  ]
}

const setOperations: Readonly<Record<string, ConstructName>> = {
  SETOP_UNION: 'union',
  SETOP_INTERSECT: 'intersect',
  SETOP_EXCEPT: 'except',
}

function selectConstructs(node: Node): ConstructName[] {
  const operation = setOperations[String(node['op'])]
  const distinct = node['distinctClause']
  const isOn = listOf(distinct).some((item) => Object.keys(nodeOf(item) ?? {}).length > 0)
  return [
    ...(operation === undefined ? [] : (['set operation', operation] as const)),
    ...when(operation === 'union' && node['all'] === true, 'union all'),
    ...when(distinct, isOn ? 'distinct on' : 'distinct'),
    ...when(node['targetList'], 'select'),
    ...when(node['groupClause'], 'group by'),
    ...when(node['havingClause'], 'having'),
    ...when(node['sortClause'], 'order by'),
    ...when(node['limitCount'], 'limit'),
    ...when(node['limitOffset'], 'offset'),
    ...when(node['valuesLists'], 'values'),
  ]
}

function joinConstructs(node: Node): ConstructName[] {
  if (node['isNatural'] === true) return ['join', 'natural join']
  const names: Readonly<Record<string, ConstructName>> = {
    JOIN_LEFT: 'left join',
    JOIN_RIGHT: 'right join',
    JOIN_FULL: 'full join',
  }
  const outer = names[String(node['jointype'])]
  if (outer !== undefined) return ['join', 'outer join', outer]
  const isCross = node['quals'] === undefined && node['usingClause'] === undefined
  return ['join', isCross ? 'cross join' : 'inner join']
}

function subLinkConstructs({ subLinkType }: Node): ConstructName[] {
  if (subLinkType === 'EXISTS_SUBLINK') return ['exists']
  if (subLinkType === 'ANY_SUBLINK' || subLinkType === 'ALL_SUBLINK') return ['in subquery']
  return ['scalar subquery']
}

function expressionConstructs({ kind }: Node): ConstructName[] {
  if (kind === 'AEXPR_IN') return ['in']
  if (kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE') return ['like']
  return String(kind).includes('BETWEEN') ? ['between'] : []
}
