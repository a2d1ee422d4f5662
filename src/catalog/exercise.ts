/** What an exercise is: content in a folder, proven by `podium check`, named by a slug and the hash of its content. */
import type { ImageRecipe, Isolation } from '../pods/driver.ts'

export type Difficulty = 'easy' | 'medium' | 'hard'

/** How rows are compared: see `exercises/README.md`. */
export interface RowsGrading {
  compare: 'rows'
  /** `none`: a bag. `exact`: every position counts. A list: only these columns decide the order, ties are free. */
  order: 'none' | 'exact' | readonly string[]
  columns: 'position' | 'name'
  /** Relative tolerance for float4 and float8. */
  tolerance: number
}

export type Grading = RowsGrading

/** A table of the dataset, for the page. */
export interface Hint {
  text: string
}

/** An SQL exercise as the program uses it. */
export interface Exercise {
  slug: string
  /** Hex SHA-256 over the exercise's and its dataset's files: an attempt keeps the version it began with. */
  version: string
  kind: 'sql'
  track: string
  title: string
  /** One sentence for lists: the description's first paragraph, as text. */
  summary: string
  difficulty: Difficulty
  minutes: number
  topics: readonly string[]
  points: number
  /** Sanitised HTML of description.md. */
  descriptionHtml: string
  starter: string
  /** The references; the first is the one that is shown. */
  solutions: readonly string[]
  hints: readonly Hint[]
  grading: Grading
  isolation: Isolation
  /** False where the exercise only reads: people share one database in which they may only select. */
  writes: boolean
  /** The name of the dataset, for the page. */
  dataset: string
  recipe: ImageRecipe
  /** Recipes of the hidden datasets. */
  hiddenRecipes: readonly ImageRecipe[]
  limits: { timeoutMs: number | null }
}

/** An ordered set of exercises. */
export interface Track {
  slug: string
  title: string
  description: string
  exercises: readonly Exercise[]
}

/** Something that is wrong with a folder of content. */
export interface CatalogProblem {
  file: string
  line: number | null
  key: string | null
  message: string
}

/** All content at one moment. */
export interface Catalog {
  tracks: readonly Track[]
  problems: readonly CatalogProblem[]
}
