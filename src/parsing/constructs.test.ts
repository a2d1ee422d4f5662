import { describe, expect, test } from 'bun:test'
import { readWhole } from './code-bodies.ts'
import { constructNames, findConstructs } from './constructs.ts'
import { createTreeParser } from './tree.ts'

const parser = await createTreeParser()

function constructs(text: string): string[] {
  const outcome = parser.parse(text)
  if ('message' in outcome) throw new Error(outcome.message)
  return findConstructs(readWhole(parser, text))
}

test.each([
  ['select sum(a) over () from t', ['function sum', 'select', 'table t', 'window function']],
  ['select sum(a) from t', ['aggregate', 'function sum', 'select', 'table t']],
  [
    'select count(*) filter (where a) from t group by b having true',
    ['aggregate', 'filter', 'function count', 'group by', 'having', 'select', 'table t'],
  ],
  ['with t as (select 1) select a from t', ['cte', 'select']],
  ['with t as (select 1) select a from public.t', ['cte', 'select', 'table public.t', 'table t']],
  [
    'with recursive r as (select 1 union all select 2) select a from r',
    ['cte', 'recursive cte', 'select', 'set operation', 'union', 'union all'],
  ],
  ['select (select 1)', ['scalar subquery', 'select', 'subquery']],
  ['select 1 where exists (select 1)', ['exists', 'select', 'subquery']],
  ['select 1 where 1 in (select 1)', ['in subquery', 'select', 'subquery']],
  ['select 1 where 1 in (1, 2)', ['in', 'select']],
  ['select a from (select 1 as a) s', ['derived table', 'select', 'subquery']],
  ['select 1 from a join b using (id)', ['inner join', 'join', 'select', 'table a', 'table b']],
  ['select 1 from a left join b on true', ['join', 'left join', 'outer join', 'select', 'table a', 'table b']],
  ['select 1 from a cross join b', ['cross join', 'join', 'select', 'table a', 'table b']],
  ['select 1 from a natural join b', ['join', 'natural join', 'select', 'table a', 'table b']],
  ['select 1 from a, lateral (select 1) s', ['derived table', 'lateral', 'select', 'subquery', 'table a']],
  [
    'select distinct a from t order by a limit 1 offset 2',
    ['distinct', 'limit', 'offset', 'order by', 'select', 'table t'],
  ],
  ['select distinct on (a) a from t', ['distinct on', 'select', 'table t']],
  ['select 1 except select distinct 2', ['distinct', 'except', 'select', 'set operation']],
  ['select * from t', ['select', 'star', 'table t']],
  [
    `select case when a is null then coalesce(b, 1) end from t where c like 'x' and d between 1 and 2`,
    ['between', 'case', 'coalesce', 'is null', 'like', 'select', 'table t'],
  ],
  [
    'insert into t select 1 on conflict do nothing returning a',
    ['insert', 'on conflict', 'returning', 'select', 'table t'],
  ],
  ['update t set a = 1', ['table t', 'update']],
  ['delete from t using u', ['delete', 'table t', 'table u']],
  ['merge into t using u on true when matched then delete', ['merge', 'table t', 'table u']],
  ['create index i on t (a); create table u (a int)', ['create index', 'create table', 'table t', 'table u']],
  [`select 'select sum(a) over () from secret' -- union`, ['select']],
  ['with t as (select a from t) select a from t; select 1', ['cte', 'select', 'table t']],
  ['with t as (select 1) select a from t; select a from t', ['cte', 'select', 'table t']],
  [
    'select a from (with t as (select 1) select a from t) s, t',
    ['cte', 'derived table', 'select', 'subquery', 'table t'],
  ],
  [
    'with recursive t as (select 1 union select a from t) select a from t',
    ['cte', 'recursive cte', 'select', 'set operation', 'union'],
  ],
  ['with t as (select 1) delete from t', ['cte', 'delete', 'select', 'table t']],
])('%s', (text, expected) => {
  expect(constructs(text)).toEqual(expected)
})

const plpgsql = (body: string, head = 'RETURNS int LANGUAGE plpgsql') =>
  `CREATE FUNCTION f(n int) ${head} AS $x$${body}$x$`
const made = 'create function'

describe('inside of bodies, where', () => {
  test.each([
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select sum(a) from t'",
      ['aggregate', made, 'function sum', 'select', 'table t'],
    ],
    [
      "CREATE PROCEDURE f() LANGUAGE 'SQL' AS $$ delete from t; insert into u values (1) $$",
      [made, 'delete', 'insert', 'table t', 'table u', 'values'],
    ],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT a FROM t; END', [made, 'select', 'table t']],
    [
      'CREATE FUNCTION f() RETURNS int RETURN (SELECT a FROM t LIMIT 1)',
      [made, 'limit', 'scalar subquery', 'select', 'subquery', 'table t'],
    ],
    [plpgsql('BEGIN RETURN n + 1; END'), [made]],
    [
      plpgsql('DECLARE x int := (SELECT a FROM t); BEGIN RETURN x; END'),
      [made, 'scalar subquery', 'select', 'subquery', 'table t'],
    ],
    [plpgsql('BEGIN n := count(*) FROM t; RETURN n; END'), ['aggregate', made, 'function count', 'select', 'table t']],
    [plpgsql('DECLARE x int[]; BEGIN x[n = 1] = coalesce(n, 2); RETURN n; END'), ['coalesce', made]],
    [
      plpgsql('BEGIN IF EXISTS (SELECT FROM t) THEN PERFORM g(); END IF; RETURN 1; END'),
      [made, 'exists', 'function g', 'select', 'subquery', 'table t'],
    ],
    [
      plpgsql('DECLARE r record; BEGIN FOR r IN SELECT DISTINCT a FROM t LOOP DELETE FROM u; END LOOP; RETURN 1; END'),
      [made, 'delete', 'distinct', 'select', 'table t', 'table u'],
    ],
    [plpgsql('DECLARE c CURSOR FOR SELECT a FROM t; BEGIN OPEN c; RETURN 1; END'), [made, 'select', 'table t']],
    [
      plpgsql('BEGIN RETURN QUERY SELECT a FROM t JOIN u USING (a); END', 'RETURNS SETOF int LANGUAGE plpgsql'),
      [made, 'inner join', 'join', 'select', 'table t', 'table u'],
    ],
    [
      plpgsql(
        'BEGIN NEW.a := (SELECT max(a) OVER () FROM t); RETURN NEW; END',
        'RETURNS trigger LANGUAGE plpgsql',
      ).replace('n int', ''),
      [made, 'function max', 'scalar subquery', 'select', 'subquery', 'table t', 'window function'],
    ],
    [
      'DO $$ BEGIN UPDATE t SET a = 1; EXCEPTION WHEN others THEN DELETE FROM u; END $$',
      ['delete', 'do', 'table t', 'table u', 'update'],
    ],
    [
      'SELECT 1; DO $$ BEGIN DELETE FROM t; END $$; -- ü\nDO $$ BEGIN DELETE FROM u; END $$',
      ['delete', 'do', 'select', 'table t', 'table u'],
    ],
    [`DO $$ BEGIN EXECUTE 'DELETE FROM t'; END $$`, ['delete', 'do', 'table t']],
    [
      `DO $$ BEGIN CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT a FROM t'; END $$`,
      [made, 'do', 'select', 'table t'],
    ],
    [`SELECT query_to_xml('SELECT a FROM t', true, true, '')`, ['function query_to_xml', 'select', 'table t']],
  ])('%s', (text, expected) => {
    expect(constructs(text)).toEqual([...expected].sort())
  })

  test.each([
    `DO $$ BEGIN EXECUTE 'DELETE ' || 'FROM t'; END $$`,
    `DO $$ BEGIN EXECUTE format('DELETE FROM %I', 't'); END $$`,
    `DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE lower('SELECT 1') LOOP NULL; END LOOP; END $$`,
    `DO $$ DECLARE c refcursor; BEGIN OPEN c FOR EXECUTE lower('SELECT 1'); END $$`,
    plpgsql("BEGIN RETURN QUERY EXECUTE upper('select 1'); END", 'RETURNS SETOF int LANGUAGE plpgsql'),
    `DO $$ this is no block $$`,
    `CREATE FUNCTION f() RETURNS int LANGUAGE plperl AS 'return 1'`,
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select from from'`,
    `SELECT query_to_xml(lower('SELECT a FROM t'), true, true, '')`,
    `SELECT * FROM ts_stat(a)`,
  ])('nobody can read beforehand what runs: %s', (text) => {
    expect(constructs(text)).toContain('dynamic sql')
  })
})

test('each construct has a name of its own', () => {
  expect(new Set(constructNames).size).toBe(constructNames.length)
})
