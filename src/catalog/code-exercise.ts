/** What a code exercise is: files instead of one query, run in boxes by a language's programs. */
import type { ImageRecipe } from '../pods/driver.ts'
import type { ExecutionLimits } from '../pods/execution.ts'
import type { VerdictKind } from '../store/submissions.ts'
import type { ExerciseCommon } from './exercise-common.ts'

/**
 * `edit`: part of the answer, text. `read`: shown and there in every run, but never the learner's to change. `hidden`:
 * not shown, and only in boxes of secret cases and hidden tests, whose output nobody sees.
 */
export type FileAccess = 'edit' | 'read' | 'hidden'

/** A file of the workspace that the exercise begins with. */
export interface CodeFile {
  /** Below the workspace, with forward slashes. */
  path: string
  access: FileAccess
  content: Uint8Array
}

/** A file that is nothing but its path and content. */
export interface PlainFile {
  path: string
  content: Uint8Array
}

/** How much a case or test counts, by name. */
export interface Weight {
  /** A name, or the beginning of one followed by `*`. */
  name: string
  weight: number
}

/** A program of the author's that judges: it runs in a box of its own. */
export interface JudgeProgram {
  language: string
  entry: string
  files: readonly PlainFile[]
  /** Further words of its command line. */
  flags: readonly string[]
}

/** One input and what the right output is. */
export interface IoCase {
  /** For example `sample/1`. */
  name: string
  /** Input, expected and given output are shown. */
  isVisible: boolean
  input: Uint8Array
  expected: Uint8Array
}

/** How output is compared. `float`: tokens, of which numbers may be off by the tolerance, absolutely or relatively. */
export type IoMatch = 'tokens' | 'exact' | 'float' | 'checker' | 'interactive'

/** Output is compared, outside the box. */
export interface IoGrading {
  compare: 'io'
  match: IoMatch
  /** With `float`. */
  tolerance: number
  /** With `tokens` and `float`: whether capitals and small letters are the same. */
  ignoresCase: boolean
  cases: readonly IoCase[]
  /** With `checker` and `interactive`; null otherwise. */
  judge: JudgeProgram | null
  weights: readonly Weight[]
  /** Names of cases, or beginnings followed by `*`, that count only where all of one of these are right. */
  whole: readonly string[]
}

/** Test frameworks that Podium supervises. */
export type TestFramework = 'unittest' | 'pytest' | 'node:test' | 'bun test'

/** A file of tests. */
export interface TestFile extends PlainFile {
  /** Shown, and may be run before handing in. Of tests in other files only name and message are told, after grading. */
  isVisible: boolean
}

/** The language's own test framework judges. */
export interface TestsGrading {
  compare: 'tests'
  framework: TestFramework
  tests: readonly TestFile[]
  weights: readonly Weight[]
}

/** A script of the author's inspects what the answer's run left in the workspace. */
export interface WorkspaceGrading {
  compare: 'checks'
  script: JudgeProgram
  weights: readonly Weight[]
}

export type CodeGrading = IoGrading | TestsGrading | WorkspaceGrading

/** What a wrong answer must come to. */
export type WrongVerdict = Exclude<VerdictKind, 'accepted' | 'internal_error'>

/** An answer that people plausibly give and that is wrong. */
export interface WrongCode {
  /** The folder's name below `wrong/<verdict>/`. */
  name: string
  verdict: WrongVerdict
  /** As `encodeAnswer` writes it. */
  answer: string
}

/** A code exercise as the program uses it. `starter` and `solutions` are answers as `encodeAnswer` writes them. */
export interface CodeExercise extends ExerciseCommon {
  kind: 'code'
  /** The name of the runtime, for example `python`. */
  language: string
  /** The file that is run. */
  entry: string
  /** The workspace as it begins. Every editable one is in `starter` too. */
  files: readonly CodeFile[]
  /** Answers that must get the verdict that their folder names. Never shown. */
  wrongAnswers: readonly WrongCode[]
  grading: CodeGrading
  /** Modules that must be installed with the language, for example `numpy`. */
  needs: readonly string[]
  /** What the exercise sets; the language's defaults hold for the rest. */
  limits: Partial<ExecutionLimits>
  /** The database that the answer gets as `DATABASE_URL`, and variants of it that nobody sees; null: none. */
  database: { recipe: ImageRecipe; hiddenRecipes: readonly ImageRecipe[]; writes: boolean } | null
}
