/** What the API answers of the smallest counterexample. */
import { type Static, t } from 'elysia'
import type { MarkedTable } from '../grading/case-script.ts'
import type { CaseTable, Counterexample } from '../grading/counterexample.ts'

const cells = t.Array(t.Array(t.Union([t.String(), t.Null()])), {
  description: 'Values as PostgreSQL writes them; null is NULL',
})
const columns = t.Array(t.Object({ name: t.String(), type: t.String() }))
const resultSchema = t.Object({
  columns,
  rows: cells,
  marks: t.Array(
    t.Object({
      row: t.Integer({ description: 'From 0' }),
      state: t.String({ description: '`missing`, `extra` or `differs`' }),
      columns: t.Array(t.Integer(), { description: 'Those that differ, from 0; empty: the whole row' }),
    }),
    { description: 'What is not as in the other' },
  ),
})

/** The answer of `GET /api/submissions/:id/counterexample`. */
export const caseSchema = t.Object({
  counterexample: t.Union([
    t.Object({
      tables: t.Array(t.Object({ name: t.String(), columns, rows: cells }), {
        description: 'All rows that the tables hold in this case',
      }),
      table: t.Union([t.String(), t.Null()], {
        description: 'The table whose content is compared afterwards; null where results are',
      }),
      check: t.Union([t.Object({ name: t.String(), message: t.String() }), t.Null()], {
        description:
          'The check that fails: no row is expected, and given are those that it finds; null where results are',
      }),
      expected: resultSchema,
      given: resultSchema,
    }),
    t.Null(),
  ]),
})

/** Maps what was found. */
export function caseAnswer(found: Counterexample | null): Static<typeof caseSchema>['counterexample'] {
  if (found === null) return null
  const { tables, judgedTable, check, expected, given } = found
  return {
    tables: tables.map((table) => ({ name: table.name, ...plainTable(table) })),
    table: judgedTable,
    check,
    expected: markedTable(expected),
    given: markedTable(given),
  }
}

function plainTable({ columns: all, rows }: Pick<CaseTable, 'columns' | 'rows'>) {
  return { columns: all.map(({ name, type }) => ({ name, type })), rows: rows.map((row) => [...row]) }
}

function markedTable(table: MarkedTable) {
  const marks = table.marks.map(({ row, state, columns: differing }) => ({ row, state, columns: [...differing] }))
  return { ...plainTable(table), marks }
}
