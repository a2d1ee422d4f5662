/** What exercises of all kinds have. */
import type { ContentFile } from './content-source.ts'

export type Difficulty = 'easy' | 'medium' | 'hard'

/** A hint, revealed one by one. */
export interface Hint {
  text: string
  /** Sanitised HTML of the text. */
  html: string
}

/** Where an exercise was taken from, and under which terms it may be used. Null: not said. */
export interface ExerciseSource {
  name: string | null
  url: string | null
  license: string | null
  authors: readonly string[]
}

/** What exercises of all kinds have. */
export interface ExerciseCommon {
  slug: string
  /** Hex SHA-256 over the exercise's and its dataset's files: an attempt keeps the version it began with. */
  version: string
  track: string
  title: string
  /** One sentence for lists: the description's first paragraph, as text. */
  summary: string
  difficulty: Difficulty
  minutes: number
  topics: readonly string[]
  points: number
  /** False: proven by `podium check`, but not on the site yet. */
  isPublished: boolean
  /** Sanitised HTML of description.md. */
  descriptionHtml: string
  /** What the editor begins with, as answers of this kind are stored. */
  starter: string
  /** The references, as answers of this kind are stored; the first is the one that is shown. */
  solutions: readonly string[]
  hints: readonly Hint[]
  /** Where it was taken from; null where it says nothing. */
  source: ExerciseSource | null
  /** The name of the dataset, for the page; empty where there is none. */
  dataset: string
  /** All files it was loaded from, its dataset's included: enough to load this version again. */
  content: readonly ContentFile[]
}
