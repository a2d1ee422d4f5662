/** From the `grading` key to the rules of grading: which keys go together, and which files they need. */
import type { CatalogProblem, Check, Grading, PlanAssertion, RowsRules } from './exercise.ts'
import type { GradingFile } from './exercise-file.ts'

/** What the rules are made of. */
interface GradingParts {
  file: GradingFile
  /** exercise.yaml, for messages. */
  path: string
  lineOf(key: string): number
  /** What checks.sql holds; null where there is none. */
  checks: readonly Check[] | null
  /** What query.sql holds; null where there is none. */
  query: string | null
}

type Compare = Grading['compare']

/** Which way of comparing a key belongs to. */
const ownKeys: Readonly<Record<string, readonly Compare[]>> = {
  order: ['rows', 'plan'],
  columns: ['rows', 'plan'],
  tables: ['tables'],
  ignore_columns: ['tables'],
  plan: ['plan'],
}

/** The relative tolerance of floating-point numbers unless an exercise says another. */
export const toleranceUnlessSaid = 1e-9

/** Puts the rules together; problems name the key. */
export function readGrading({ file, path, lineOf, checks, query }: GradingParts): {
  grading: Grading
  problems: CatalogProblem[]
} {
  const problems: CatalogProblem[] = []
  const report = (key: string, message: string) =>
    problems.push({ file: path, line: lineOf(`grading.${key}`), key: `grading.${key}`, message })
  const compare = compareOf(file, report)
  for (const [key, modes] of Object.entries(ownKeys)) {
    if (Object.hasOwn(file, key) && !modes.includes(compare))
      report(key, `"${key}" goes with compare: ${modes.join(' or ')}, and here it is ${compare}; remove it`)
  }
  if (compare === 'checks' && checks === null) report('compare', 'compare: checks needs the file checks.sql; add it')
  if (compare !== 'checks' && checks !== null)
    report('compare', 'There is a checks.sql, which only compare: checks uses; say so or remove the file')
  if (compare === 'tables' && file.tables === undefined)
    report('tables', 'compare: tables needs the tables; name them, for example [public.film]')
  if (compare === 'plan' && file.plan === undefined)
    report('plan', 'compare: plan needs what the plan must be like, for example "- uses_index: film_year"')
  if (compare !== 'plan' && query !== null)
    report('compare', 'There is a query.sql, which only compare: plan uses; remove the file')
  return { grading: build(compare, file, checks ?? [], query, report), problems }
}

function compareOf({ compare = 'rows' }: GradingFile, report: (key: string, message: string) => void): Compare {
  if (compare !== 'io' && compare !== 'tests') return compare
  report('compare', `compare: ${compare} goes with kind: code; with kind: sql it is rows, tables, checks or plan`)
  return 'rows'
}

function build(
  compare: Compare,
  file: GradingFile,
  checks: readonly Check[],
  query: string | null,
  report: (key: string, message: string) => void,
): Grading {
  const tolerance = file.tolerance ?? toleranceUnlessSaid
  const rules: RowsRules = { order: file.order ?? 'none', columns: file.columns ?? 'position', tolerance }
  switch (compare) {
    case 'rows':
      return { compare, ...rules }
    case 'tables':
      return { compare, tables: file.tables ?? [], ignoreColumns: file.ignore_columns ?? [], tolerance }
    case 'checks':
      return { compare, checks }
    case 'plan':
      return {
        compare,
        ...rules,
        query,
        assertions: (file.plan ?? []).flatMap((entry, index) => readAssertions(entry, index, report)),
      }
  }
}

type AssertionFile = NonNullable<GradingFile['plan']>[number]

function readAssertions(
  entry: AssertionFile,
  index: number,
  report: (key: string, message: string) => void,
): PlanAssertion[] {
  const found: PlanAssertion[] = []
  if (entry.uses_index !== undefined) found.push({ kind: 'uses_index', index: entry.uses_index })
  if (entry.no_sequential_scan !== undefined)
    found.push({ kind: 'no_sequential_scan', table: entry.no_sequential_scan })
  if (entry.buffers_at_most !== undefined) found.push({ kind: 'buffers_at_most', buffers: entry.buffers_at_most })
  if (entry.uses_node !== undefined) found.push({ kind: 'uses_node', node: entry.uses_node })
  if (found.length === 0)
    report(
      `plan[${index}]`,
      'The assertion is empty; give it uses_index, no_sequential_scan, buffers_at_most or uses_node',
    )
  return found
}
