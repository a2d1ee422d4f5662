/** A statement changed in one place, as a person might get it wrong. */
export interface Mutant {
  /** What was changed, for example `join kind: LEFT to INNER`, with its place where there are several: `… (2)`. */
  name: string
  sql: string
}

/** How the names of mutants begin that change nothing but the order of the result's rows. */
export const resultOrder = 'result order:'
