/** What an exercise is: content in a folder, proven by `podium check`, named by a slug and the hash of its content. */
import type { ImageRecipe, Isolation } from '../pods/driver.ts'
import type { YamlProblem } from '../yaml/yaml-reader.ts'
import type { CodeExercise } from './code-exercise.ts'
import type { ExerciseCommon } from './exercise-common.ts'

/** How rows are compared: see `exercises/README.md`. */
export interface RowsRules {
  /** `none`: a bag. `exact`: every position counts. A list: only these columns decide the order, ties are free. */
  order: 'none' | 'exact' | readonly string[]
  columns: 'position' | 'name'
  /** Relative tolerance for float4 and float8. */
  tolerance: number
}

/** The rows of the last statement that returned any, against the reference's. */
export interface RowsGrading extends RowsRules {
  compare: 'rows'
}

/** The content of tables after the statements ran, against what the reference leaves in them. */
export interface TablesGrading {
  compare: 'tables'
  /** `schema.name` each. */
  tables: readonly string[]
  /** Columns whose values don't count, for example a time of creation. */
  ignoreColumns: readonly string[]
  tolerance: number
}

/** Queries that must return no row after the statements ran. */
export interface ChecksGrading {
  compare: 'checks'
  checks: readonly Check[]
}

/** The rows must be right and the plan must satisfy every assertion. */
export interface PlanGrading extends RowsRules {
  compare: 'plan'
  /** Run after the person's statements and judged in their place (query.sql), where the answer is an index, say. */
  query: string | null
  assertions: readonly PlanAssertion[]
}

export type Grading = RowsGrading | TablesGrading | ChecksGrading | PlanGrading

/** One check of checks.sql. */
export interface Check {
  name: string
  /** What a person reads where it fails. */
  message: string
  /** The statements; they run in a transaction that is rolled back. */
  sql: string
  /** The SQLSTATE that the last statement must fail with; `any`: whichever; null: it must succeed without a row. */
  error: string | null
}

/** What a plan must be like. Judged by shape and buffers, never by time. */
export type PlanAssertion =
  | { kind: 'uses_index'; index: string }
  | { kind: 'no_sequential_scan'; table: string }
  | { kind: 'buffers_at_most'; buffers: number }
  | { kind: 'uses_node'; node: string }

/** An SQL exercise as the program uses it. */
export interface SqlExercise extends ExerciseCommon {
  kind: 'sql'
  /** Answers that must not be accepted, each with its file's name. Never shown. */
  wrongAnswers: readonly WrongAnswer[]
  grading: Grading
  /** Constructs that the answer must use, for example `window function`, `table film`. */
  require: readonly string[]
  /** Constructs that the answer must not use. */
  forbid: readonly string[]
  /** Mutants of the reference that are right as well, by name, with the reason. */
  equivalentMutants: readonly EquivalentMutant[]
  /** Whether the smallest counterexample may be shown. */
  showsCounterexample: boolean
  isolation: Isolation
  /** False where the exercise only reads: people share one database in which they may only select. */
  writes: boolean
  recipe: ImageRecipe
  /** Recipes of the hidden datasets. */
  hiddenRecipes: readonly ImageRecipe[]
  limits: { timeoutMs: number | null }
}

/** An exercise of any kind. */
export type Exercise = SqlExercise | CodeExercise

/** An answer that people plausibly give and that is wrong. */
export interface WrongAnswer {
  /** The file's name below `wrong/`. */
  name: string
  sql: string
}

/** A mutant that can't be told from the reference because it means the same. */
export interface EquivalentMutant {
  mutant: string
  reason: string
}

/** An ordered set of exercises. */
export interface Track {
  slug: string
  title: string
  description: string
  exercises: readonly Exercise[]
}

/** Something that is wrong with a folder of content. */
export type CatalogProblem = YamlProblem

/** All content at one moment. */
export interface Catalog {
  tracks: readonly Track[]
  problems: readonly CatalogProblem[]
}
