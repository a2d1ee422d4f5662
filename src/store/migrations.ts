/** The migrations in order. Append only: one that has been released never changes, its hash is kept in the database. */
import beginning from './migrations/0001-beginning.sql' with { type: 'text' }
import leases from './migrations/0002-leases.sql' with { type: 'text' }
import exerciseVersions from './migrations/0003-exercise-versions.sql' with { type: 'text' }
import scores from './migrations/0004-scores.sql' with { type: 'text' }

/** One step from a schema to the next. */
export interface Migration {
  /** The schema's version after it: its place in the list, from 1. */
  version: number
  name: string
  text: string
}

const texts: ReadonlyArray<readonly [name: string, text: string]> = [
  ['beginning', beginning],
  ['leases', leases],
  ['exercise-versions', exerciseVersions],
  ['scores', scores],
]

/** All migrations this program knows; the last one's version is the schema it works with. */
export const migrations: readonly Migration[] = texts.map(([name, text], index) => ({ version: index + 1, name, text }))
