/** Takes the result and the plan of a query and holds the plan against the exercise's assertions: shape and pages, never time. */
import type { PlanAssertion, PlanGrading, SqlExercise } from '../catalog/exercise.ts'
import type { Database, RunStatement } from '../pods/driver.ts'
import type { RunLimits, RunResult, StatementResult } from '../pods/run.ts'
import { errorOf, type Found, type InspectOptions, lastResult, sandboxLost } from './inspection.ts'
import { type PlanNode, readPlan } from './plan-tree.ts'
import { safeSession, settingStatement } from './safe-session.ts'
import { wantFor } from './sandbox-use.ts'
import type { Violation } from './verdict.ts'

/** What a person may have switched off for their role decides nothing here. */
const planMethods = [
  ...['seqscan', 'indexscan', 'indexonlyscan', 'bitmapscan', 'sort', 'hashjoin', 'mergejoin', 'nestloop', 'hashagg'],
  'material',
]
const plannerSettings = settingStatement({
  ...Object.fromEntries(planMethods.map((name) => [`enable_${name}`, 'on'])),
  ...{ max_parallel_workers_per_gather: '0', jit: 'off', plan_cache_mode: 'auto' },
  ...{ random_page_cost: '4', seq_page_cost: '1', cpu_tuple_cost: '0.01', cpu_index_tuple_cost: '0.005' },
  ...{ cpu_operator_cost: '0.0025', effective_cache_size: '4GB', work_mem: '4MB' },
})

/** An answer that has run. */
interface AnswerRun {
  statements: readonly RunStatement[]
  run: RunResult
  options: InspectOptions
}

/** Runs query.sql, or takes the answer's own last result, and explains the same statement. */
export async function inspectPlan(
  database: Database,
  exercise: SqlExercise,
  grading: PlanGrading,
  { statements, run, options: { limits, isBrief = false } }: AnswerRun,
): Promise<{ results: Found[]; violations: Violation[] }> {
  const query = grading.query ?? judgedText(statements, run)
  if (query === null) return { results: [], violations: [] }
  const asRun = async () => (grading.query === null ? run : await database.run([statement(query)], limits))
  const asPlanned = async () => await planViolations(database, exercise, { grading, query, limits, isBrief })
  if (isBrief) {
    const violations = await asPlanned()
    return violations.length > 0 ? { results: [], violations } : { results: resultOf(await asRun()), violations }
  }
  const results = resultOf(await asRun())
  return { results, violations: await asPlanned() }
}

function resultOf(run: RunResult): Found[] {
  if (run.end === 'lost') throw sandboxLost(run.end)
  return run.end === 'completed' ? lastResult(run) : []
}

interface Planned {
  grading: PlanGrading
  query: string
  limits: RunLimits
  isBrief: boolean
}

/** In brief, the shape decides first: a plan that is refused for it is not run. */
async function planViolations(
  database: Database,
  exercise: SqlExercise,
  { grading, query, limits, isBrief }: Planned,
): Promise<Violation[]> {
  const { assertions } = grading
  if (assertions.length === 0) return []
  // Who may only read has made nothing that could want statistics.
  if (wantFor(exercise, exercise.recipe).access === 'write') await gatherStatistics(database, limits)
  if (isBrief) {
    const violations = await violationsOf(database, query, shapeOf(assertions), limits)
    if (violations.length > 0) return violations
  }
  return await violationsOf(database, query, assertions, limits)
}

/**
 * What the shape of its plan already says against an answer of one statement, which is not run for it. Nothing where it
 * can't be foreseen: what is no query, or more than one statement.
 */
export async function foreseenViolations(
  database: Database,
  { assertions }: PlanGrading,
  statements: readonly RunStatement[],
  limits: RunLimits,
): Promise<Violation[]> {
  const [only, ...more] = statements
  if (only === undefined || more.length > 0) return []
  const violations = await violationsOf(database, only.text, shapeOf(assertions), limits)
  return violations.filter(({ name }) => name !== unexplainedName)
}

/** Statements that explain the shape of queries in one session, and what each answer says against its query. */
export function shapeQuestions({ assertions }: PlanGrading): {
  preamble: string
  ask: (query: string) => string
  isRefused: (result: StatementResult) => boolean
} | null {
  const shape = shapeOf(assertions)
  if (shape.length === 0) return null
  return {
    preamble: plannerSettings,
    ask: (query) => explain(query, shape),
    isRefused: ({ rows }) => {
      const plan = readPlan(rows)
      return plan === null || shape.some((assertion) => violationOf(plan, assertion).length > 0)
    },
  }
}

function shapeOf(assertions: readonly PlanAssertion[]): PlanAssertion[] {
  return assertions.filter(({ kind }) => kind !== 'buffers_at_most')
}

async function violationsOf(
  database: Database,
  query: string,
  assertions: readonly PlanAssertion[],
  limits: RunLimits,
): Promise<Violation[]> {
  if (assertions.length === 0) return []
  const explained = await database.run([plannerSettings, explain(query, assertions)].map(statement), limits)
  if (explained.end === 'lost') throw sandboxLost(explained.end)
  const plan = readPlan(explained.statements.at(-1)?.rows ?? [])
  return plan === null ? [unexplained(explained)] : assertions.flatMap((assertion) => violationOf(plan, assertion))
}

/** Only counting pages takes running the statement once more. */
function explain(query: string, assertions: readonly PlanAssertion[]): string {
  const isCounted = assertions.some(({ kind }) => kind === 'buffers_at_most')
  const options = isCounted ? 'ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, FORMAT JSON' : 'FORMAT JSON'
  return `EXPLAIN (${options}) ${query.trim().replace(/;\s*$/, '')}`
}

/**
 * Tables without statistics, and those with an index on an expression, which has statistics of its own: everything else
 * was analysed when the dataset was loaded, and doing it again would only cost time.
 */
const unanalysed = `SELECT DISTINCT format('ANALYZE %I.%I', n.nspname, c.relname) FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indexprs IS NOT NULL
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND (c.reltuples < 0 OR i.indexrelid IS NOT NULL)`

async function gatherStatistics(database: Database, limits: RunLimits): Promise<void> {
  const found = await database.run(safeSession(unanalysed), limits)
  const commands = (found.statements.at(-1)?.rows ?? []).flatMap(([command]) => command ?? [])
  if (commands.length > 0) await database.run(commands.map(statement), limits)
}

/** The statement whose rows are judged. */
function judgedText(statements: readonly RunStatement[], run: RunResult): string | null {
  const index = run.statements.findLastIndex(({ columns }) => columns.length > 0)
  return statements[index]?.text ?? null
}

function statement(text: string): RunStatement {
  return { text, offset: 0 }
}

const unexplainedName = 'explain'

function unexplained(run: RunResult): Violation {
  const detail = errorOf(run)?.message ?? 'Explaining it was stopped at a limit.'
  return { kind: 'plan', name: unexplainedName, message: 'The statement has no plan that could be judged.', detail }
}

/** Whether a plan satisfies an assertion; if not, what it does instead. */
export function violationOf(plan: PlanNode, assertion: PlanAssertion): Violation[] {
  const nodes = allNodes(plan)
  const violation = (name: string, message: string, detail: string): Violation[] => [
    { kind: 'plan', name, message, detail },
  ]
  switch (assertion.kind) {
    case 'uses_index': {
      if (nodes.some(({ index }) => index === assertion.index)) return []
      return violation('uses_index', `The plan does not use the index ${assertion.index}.`, scansOf(nodes))
    }
    case 'no_sequential_scan': {
      const scan = nodes.find(({ type, table }) => type === 'Seq Scan' && table === assertion.table)
      if (scan === undefined) return []
      return violation('no_sequential_scan', `The plan reads ${assertion.table} from end to end.`, scansOf(nodes))
    }
    case 'buffers_at_most': {
      if (plan.buffers <= assertion.buffers) return []
      const message = `The plan touches ${plan.buffers} pages; at most ${assertion.buffers} are allowed.`
      return violation('buffers_at_most', message, scansOf(nodes))
    }
    case 'uses_node':
      if (nodes.some(({ type }) => type === assertion.node)) return []
      return violation('uses_node', `The plan has no ${assertion.node}.`, nodes.map(({ type }) => type).join(', '))
  }
}

function allNodes(plan: PlanNode): PlanNode[] {
  return [plan, ...plan.children.flatMap(allNodes)]
}

function scansOf(nodes: readonly PlanNode[]): string {
  return nodes
    .filter(({ table, index }) => table !== null || index !== null)
    .map(({ type, table, index }) =>
      [type, index && `using ${index}`, table && `on ${table}`].filter(Boolean).join(' '),
    )
    .join('; ')
}
