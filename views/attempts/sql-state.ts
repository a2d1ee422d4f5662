/** Plain explanations of the errors that people meet most, by SQLSTATE. What PostgreSQL says itself always stands first. */

const explanations: Record<string, string> = {
  '22001': 'The text is longer than the column allows.',
  '22003': 'The number does not fit into its type.',
  '22007': 'The text does not read as a date or time. Dates are written as 2025-03-01.',
  '22008': 'The date or time lies outside what the type can hold.',
  '22012': 'A division by zero. nullif(divisor, 0) turns the zero into NULL.',
  '22P02': 'The text does not read as a value of that type: check the quotes, and which columns are compared.',
  '21000': 'A subquery that stands for one value returned several rows. Limit it, aggregate it, or use IN.',
  '23502': 'A column that must have a value got none.',
  '23503': 'The row points to a row in another table that is not there, or others still point to it.',
  '23505': 'A row with this key is there already.',
  '23514': 'The row breaks a rule that the table checks.',
  '25P02': 'An earlier statement of this transaction failed, so PostgreSQL ignores the rest until ROLLBACK.',
  '40001': 'Another transaction changed the same rows first. Running it again usually works.',
  '40P01': 'Two transactions waited for each other; PostgreSQL ended this one.',
  '42501': 'This sandbox does not allow that.',
  '42601':
    'PostgreSQL could not read on at the marked place. The mistake is there or just before: a comma, a bracket, a word in another order.',
  '42702': 'More than one table has a column of this name. Put the table or its alias in front, as in t.id.',
  '42703': 'No table of this query has a column of that name. Text goes in single quotes; double quotes are for names.',
  '42712': 'Two tables go by the same name. Give one of them an alias.',
  '42803': 'A column stands outside an aggregate and is not in GROUP BY. Group by it, or aggregate it.',
  '42804': 'The types do not fit together. A cast such as value::numeric may help.',
  '42883': 'There is no function or operator of this name for these types. Check the spelling, or cast an argument.',
  '42P01': 'There is no table of this name. The Tables tab lists those that are there.',
  '42P10': 'ORDER BY or DISTINCT ON names something that is not in the select list.',
  '42P07': 'Something of this name is there already.',
  '42725': 'Several functions fit. Cast the arguments to say which one is meant.',
  '42846': 'PostgreSQL has no cast between these types.',
  '53100': 'The sandbox has no disk space left. Reset brings a fresh one.',
  '53200': 'The statement needed more memory than a sandbox has.',
  '53400': 'A limit of this sandbox was reached.',
  '54001': 'The statement is nested too deeply.',
  '57014': 'The statement was stopped before it ended.',
}

/** A sentence for a person, or null where PostgreSQL's own words have to do. */
export function explainSqlState(code: string): string | null {
  return explanations[code] ?? null
}

/** Where a position lies in a text: line and column count from 1. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, position))
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
