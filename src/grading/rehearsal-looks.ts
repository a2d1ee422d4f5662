/** What a rehearsal looks at after an answer: the tables or checks of grading, as statements of the answer's own session. */
import type { Check, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { StatementResult } from '../pods/run.ts'
import { type Found, foundOf, type Inspection } from './inspection.ts'
import { identifier, literal } from './safe-session.ts'
import type { Violation } from './verdict.ts'

/** What is looked at after an answer, as statements of the same session, and what their results say. */
export interface Look {
  statements: readonly string[]
  read(results: readonly StatementResult[]): Pick<Inspection, 'results' | 'violations'>
}

/** What grading looks at in this exercise; null where a rehearsal can't look so. */
export async function lookFor(parser: Parser, { grading }: SqlExercise): Promise<Look | null> {
  switch (grading.compare) {
    case 'rows':
      return { statements: [], read: () => ({ results: [], violations: [] }) }
    case 'tables':
      return tablesLook(grading.tables, grading.ignoreColumns)
    case 'checks': {
      const looks = await Promise.all(grading.checks.map((check) => checkLook(check, parser)))
      return looks.every((look) => look !== null) ? joinLooks(looks) : null
    }
    case 'plan':
      return null
  }
}

/** One kind of look after another. */
function joinLooks(looks: readonly Look[]): Look {
  return {
    statements: looks.flatMap(({ statements }) => statements),
    read: (results) => {
      let place = 0
      const seen = looks.map(({ statements, read }) => {
        place += statements.length
        return read(results.slice(place - statements.length, place))
      })
      return { results: seen.flatMap((one) => one.results), violations: seen.flatMap((one) => one.violations) }
    },
  }
}

/** First whether each is an ordinary table still, then all of its rows. */
function tablesLook(tables: readonly string[], ignored: readonly string[]): Look {
  const names = tables.map((table) => {
    const dot = table.indexOf('.')
    return { table, schema: table.slice(0, dot), name: table.slice(dot + 1) }
  })
  const pairs = names.map(({ schema, name }) => `(${literal(schema)}, ${literal(name)})`)
  const ordinary = `SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE (n.nspname::text, c.relname::text) IN (${pairs.join(', ')}) AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity`
  const contents = names.map(({ schema, name }) => `SELECT * FROM ${identifier(schema)}.${identifier(name)}`)
  return {
    statements: [ordinary, ...contents],
    read: ([found, ...rest]) => {
      const isOrdinary = new Set((found?.rows ?? []).map(([schema, name]) => `${schema}.${name}`))
      const missing = tables.filter((table) => !isOrdinary.has(table))
      return {
        results: rest.map((content, index) => withoutColumns(foundOf(content, tables[index] ?? ''), ignored)),
        violations: missing.map((name) => ({ kind: 'table', name, message: '' })),
      }
    },
  }
}

function withoutColumns(found: Found, ignored: readonly string[]): Found {
  const isKept = found.columns.map(({ name }) => !ignored.includes(name))
  const pick = <T>(values: readonly T[]) => values.filter((_, index) => isKept[index])
  return { ...found, columns: pick(found.columns), rows: found.rows.map(pick) }
}

/** A check, undone afterwards. Null where it ends transactions itself. */
async function checkLook(check: Check, parser: Parser): Promise<Look | null> {
  const split = await parser.split(check.sql)
  if ('error' in split || split.statements.some(({ isTransactionControl }) => isTransactionControl)) return null
  const texts = split.statements.map(({ text }) => text)
  const statements = check.error === null ? texts : [refusalBlock(texts, check.error)]
  const violation: Violation = { kind: 'check', name: check.name, message: check.message }
  return {
    statements: ['SAVEPOINT podium_check', ...statements, 'ROLLBACK TO SAVEPOINT podium_check'],
    read: (results) => ({ results: [], violations: results.at(-2)?.rows.length === 0 ? [] : [violation] }),
  }
}

/** An error would end the session: a block catches the one that is wanted, and fails where it does not come. */
function refusalBlock(texts: readonly string[], code: string): string {
  const before = texts.slice(0, -1).map((text) => `EXECUTE ${literal(text)};`)
  const isOther = code === 'any' ? 'false' : `SQLSTATE <> ${literal(code)}`
  return `DO ${literal(`BEGIN ${before.join(' ')}
    BEGIN
      EXECUTE ${literal(texts.at(-1) ?? '')};
    EXCEPTION WHEN OTHERS THEN
      IF ${isOther} THEN RAISE; END IF;
      RETURN;
    END;
    RAISE EXCEPTION 'not refused';
  END`)}`
}
