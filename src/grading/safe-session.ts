/**
 * How grading looks into a sandbox after an answer ran: in a new session, as the person's own role, with a search path
 * in which nothing of the person's can stand before PostgreSQL's own names, and with settings that their role may have
 * been given by ALTER ROLE set back.
 */
import type { RunStatement } from '../pods/driver.ts'

/** Temporary tables come last: unnamed, they would come first. */
const safeSettings = {
  search_path: 'pg_catalog, pg_temp',
  row_security: 'off',
  default_transaction_read_only: 'off',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
}

/**
 * One statement for all settings, as each would be a trip to the server. It names its function with the schema: until it
 * has run, the search path may be anybody's.
 */
export function settingStatement(settings: Readonly<Record<string, string>>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `pg_catalog.set_config(${literal(name)}, ${literal(value)}, false)`,
  )
  return `SELECT ${calls.join(', ')}`
}

const preamble = [settingStatement(safeSettings)]

/** The statements behind the preamble, as one run. */
export function safeSession(...statements: string[]): RunStatement[] {
  return [...preamble, ...statements].map((text) => ({ text, offset: 0 }))
}

/** How many statements of a safe session come before one's own. */
export const preambleLength = preamble.length

/** A name in double quotes. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as an SQL literal, whatever it contains. */
export function literal(value: string): string {
  return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
