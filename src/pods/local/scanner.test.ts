import { expect, test } from 'bun:test'
import { scanScript } from './scanner.ts'

const texts = (script: string) => [...scanScript(script)].map(({ text }) => text)

test('a semicolon inside quotes, dollar quotes, comments, parentheses or a routine body ends nothing', () => {
  const statements = [
    "SELECT ';', E'it\\'s;', \"a;b\", 'it''s;'",
    'SELECT $$;$$, $tag$ ; $$ ; $tag$, a$1;'.slice(0, -1),
    'SELECT /* ; /* ; */ ; */ 1 -- ;\n',
    'CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)',
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT ';'; END",
    "CREATE OR REPLACE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN; END;'",
  ]
  expect(texts(statements.join(';'))).toEqual(statements)
})

test('BEGIN on its own is a statement', () => {
  expect(texts('BEGIN; CREATE TABLE a (); COMMIT;')).toEqual(['BEGIN', 'CREATE TABLE a ()', 'COMMIT'])
})

test('lines are counted from where a statement begins', () => {
  const parts = [...scanScript('-- first\n\nSELECT 1;\n/* a\n b */ SELECT\n2;\nSELECT 3')]
  expect(parts.map(({ line }) => line)).toEqual([3, 5, 7])
})

test('COPY takes its data up to the closing line, or to the end of the file', () => {
  const [copy, next] = [...scanScript("COPY t (a) FROM stdin WITH (DELIMITER ';');\n1;'\n\\N\n\\.\nSELECT 1;")]
  expect(copy).toEqual({ text: "COPY t (a) FROM stdin WITH (DELIMITER ';')", line: 1, data: "1;'\n\\N\n", dataLine: 2 })
  expect(next?.text).toBe('SELECT 1')
  expect(next?.line).toBe(5)
  expect([...scanScript('COPY t FROM stdin;\n\\.\nSELECT 1')].map(({ data }) => data)).toEqual(['', null])
  expect([...scanScript('copy t from STDIN;\n1\n2')][0]?.data).toBe('1\n2')
  expect([...scanScript('COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 2;')].map(({ data }) => data)).toEqual([
    '1\r\n',
    null,
  ])
})

test('what only psql understands is a line of its own', () => {
  expect(texts('\\restrict abc\nSELECT 1;\n\\connect other\r\n\\copy t from x.csv')).toEqual([
    '\\restrict abc',
    'SELECT 1',
    '\\connect other',
    '\\copy t from x.csv',
  ])
})

test('an unfinished quote or comment ends with the file', () => {
  for (const script of ["SELECT 'a", 'SELECT $$a', 'SELECT "a', 'SELECT 1 /* a'])
    expect(texts(script)).toEqual([script])
  expect(texts('')).toEqual([])
  expect(texts(' ; ;; -- nothing\n')).toEqual([])
})
