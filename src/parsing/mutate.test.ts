import { expect, test } from 'bun:test'
import { mutate } from './mutate.ts'
import { createTreeParser } from './tree.ts'

const parser = await createTreeParser()

function mutants(text: string): string[] {
  const outcome = parser.parse(text)
  if ('message' in outcome) throw new Error(outcome.message)
  return mutate(outcome.statements, (sql) => 'statements' in parser.parse(sql)).map(
    ({ name, sql }) => `${name} | ${sql.replace(/\s+/g, ' ')}`,
  )
}

/** A statement and mutants that must be among its own: one for each kind of mistake. */
test.each([
  ['SELECT 1 FROM a LEFT JOIN b ON a.i = b.i', 'join kind: LEFT to INNER | SELECT 1 FROM a JOIN b ON a.i = b.i'],
  ['SELECT 1 FROM a JOIN b ON a.i = b.i', 'join kind: INNER to LEFT | SELECT 1 FROM a LEFT JOIN b ON a.i = b.i'],
  ['SELECT 1 FROM a JOIN b ON a.i = b.i', 'join condition: left out | SELECT 1 FROM a JOIN b ON true'],
  ['SELECT a FROM t WHERE a < b', 'comparison: < to <= | SELECT a FROM t WHERE a <= b'],
  ['SELECT a + b', 'arithmetic: + to - | SELECT a - b'],
  ['SELECT a FROM t WHERE a > 5', 'boundary: 5 to 6 | SELECT a FROM t WHERE a > 6'],
  [
    'SELECT a FROM t WHERE a BETWEEN b AND c',
    'range: BETWEEN to NOT BETWEEN | SELECT a FROM t WHERE a NOT BETWEEN b AND c',
  ],
  ["SELECT a FROM t WHERE a IN ('x')", "list: IN to NOT IN | SELECT a FROM t WHERE a NOT IN ('x')"],
  ["SELECT a FROM t WHERE a LIKE 'x'", "pattern: LIKE to ILIKE | SELECT a FROM t WHERE a ILIKE 'x'"],
  ['SELECT a FROM t WHERE a AND b', 'connective: AND to OR | SELECT a FROM t WHERE a OR b'],
  ['SELECT a FROM t WHERE a AND b', 'condition: one left out | SELECT a FROM t WHERE b'],
  ['SELECT a FROM t WHERE NOT a', 'negation: NOT left out | SELECT a FROM t WHERE a AND true'],
  ['SELECT a FROM t WHERE a IS NULL', 'NULL test: IS NULL turned round | SELECT a FROM t WHERE a IS NOT NULL'],
  ['SELECT coalesce(a, b)', 'NULL handling: COALESCE left out | SELECT a'],
  ['SELECT a IS DISTINCT FROM b', 'NULL handling: IS DISTINCT FROM to <> | SELECT a <> b'],
  ['SELECT count(a) FROM t', 'NULL handling: count(column) to count(*) | SELECT count(*) FROM t'],
  ['SELECT sum(a) FROM t', 'aggregate: sum to avg | SELECT avg(a) FROM t'],
  ['SELECT count(DISTINCT a) FROM t', 'aggregate: DISTINCT left out | SELECT count(a) FROM t'],
  ['SELECT count(*) FILTER (WHERE a) FROM t', 'aggregate: FILTER left out | SELECT count(*) FROM t'],
  ['SELECT rank() OVER (PARTITION BY a ORDER BY b)', 'window: PARTITION BY left out | SELECT rank() OVER (ORDER BY b)'],
  ['SELECT DISTINCT a FROM t', 'DISTINCT: left out | SELECT a FROM t'],
  ['SELECT a FROM t', 'DISTINCT: added | SELECT DISTINCT a FROM t'],
  ['SELECT a FROM t WHERE b', 'clause: WHERE left out | SELECT a FROM t'],
  ['SELECT 1 FROM t GROUP BY a, b', 'GROUP BY: one key left out | SELECT 1 FROM t GROUP BY b'],
  ['SELECT a FROM t ORDER BY a, b DESC', 'result order: ORDER BY: one key left out | SELECT a FROM t ORDER BY b DESC'],
  ['SELECT a FROM t ORDER BY a DESC', 'result order: ORDER BY: DESC to ASC | SELECT a FROM t ORDER BY a ASC'],
  ['SELECT a FROM t ORDER BY a LIMIT 3', 'ORDER BY: left out | SELECT a FROM t LIMIT 3'],
  ['SELECT 1 UNION SELECT 2', 'set operation: UNION to UNION ALL | SELECT 1 UNION ALL SELECT 2'],
  ['SELECT 1 EXCEPT SELECT 2', 'set operation: EXCEPT to INTERSECT | SELECT 1 INTERSECT SELECT 2'],
  ['SELECT a > ALL (SELECT b)', 'subquery: ALL to ANY | SELECT a > ANY (SELECT b)'],
  ['SELECT CASE WHEN a THEN 1 ELSE 2 END', 'CASE: ELSE left out | SELECT CASE WHEN a THEN 1 END'],
  ['UPDATE t SET a = 1 WHERE b', 'clause: WHERE left out | UPDATE t SET a = 1'],
  ['DELETE FROM t WHERE b', 'clause: WHERE left out | DELETE FROM t'],
  ['CREATE INDEX i ON t (a, b)', 'index: one key left out | CREATE INDEX i ON t (b)'],
  ['CREATE INDEX i ON t (a, b DESC)', 'index: keys in another order | CREATE INDEX i ON t (b DESC, a)'],
  ['CREATE INDEX i ON t (lower(a))', 'index: function left out | CREATE INDEX i ON t (a)'],
  ['CREATE INDEX i ON t (a) INCLUDE (b)', 'index: INCLUDE left out | CREATE INDEX i ON t (a)'],
  ['CREATE INDEX i ON t (a) WHERE b', 'index: WHERE left out | CREATE INDEX i ON t (a)'],
  ['CREATE UNIQUE INDEX i ON t (a)', 'index: UNIQUE left out | CREATE INDEX i ON t (a)'],
])('%s can be mistaken as: %s', (text, expected) => {
  expect(mutants(text)).toContain(expected)
})

test('each of several statements has its mutants', () => {
  expect(mutants("DELETE FROM a WHERE b IS NULL; UPDATE c SET d = 'x' WHERE NOT e")).toContain(
    "NULL test: IS NULL turned round | DELETE FROM a WHERE b IS NOT NULL; UPDATE c SET d = 'x' WHERE NOT (e)",
  )
})

test('mutants differ from the statement and from each other', () => {
  const found = mutants('SELECT DISTINCT a, 1 FROM t LEFT JOIN u ON t.a = u.a WHERE a > 1 AND b ORDER BY a LIMIT 3')
  expect(new Set(found.map((mutant) => mutant.split(' | ')[1])).size).toBe(found.length)
  expect(found.length).toBeGreaterThan(10)
})

test('what nobody could see is not changed: what EXISTS selects, and repeats within IN', () => {
  const found = mutants('SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u) AND a IN (SELECT b FROM v)')
  expect(found.join('\n')).not.toMatch(/SELECT 2|SELECT DISTINCT b|EXISTS \(SELECT DISTINCT/)
})
