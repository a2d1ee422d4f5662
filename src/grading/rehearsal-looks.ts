/** What a rehearsal looks at after an answer: the tables or checks of grading, as statements of the answer's own session. */
import type { Check, SqlExercise } from '../catalog/exercise.ts'
import type { Parser } from '../parsing/parser.ts'
import type { StatementResult } from '../pods/run.ts'
import { wholeTables } from './inspect-tables.ts'
import type { Inspection } from './inspection.ts'
import { literal } from './safe-session.ts'
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
    case 'tables': {
      const { statements, read } = wholeTables(grading)
      return { statements, read: (results) => ({ results: read(results), violations: [] }) }
    }
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
