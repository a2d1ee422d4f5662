import { expect, test } from 'bun:test'
import { constructNames, findConstructs } from './constructs.ts'
import { createTreeParser } from './tree.ts'

const parser = await createTreeParser()

function constructs(text: string): string[] {
  const outcome = parser.parse(text)
  if ('message' in outcome) throw new Error(outcome.message)
  return findConstructs(outcome.statements)
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
])('%s', (text, expected) => {
  expect(constructs(text)).toEqual(expected)
})

test('each construct has a name of its own', () => {
  expect(new Set(constructNames).size).toBe(constructNames.length)
})
