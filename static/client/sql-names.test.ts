import { describe, expect, test } from 'bun:test'
import { proposalsAt } from './sql-names.ts'

const schema = [
  {
    name: 'film',
    columns: [
      { name: 'id', type: 'int8' },
      { name: 'title', type: 'text' },
    ],
  },
  {
    name: 'screening',
    columns: [
      { name: 'id', type: 'int8' },
      { name: 'film_id', type: 'int8' },
      { name: 'Hall', type: 'text' },
    ],
  },
]

/** What is offered at the bar. */
function at(marked: string): string[] {
  const place = marked.indexOf('|')
  return proposalsAt(marked.replace('|', ''), place, schema).map(({ text }) => text)
}

/** Only names of the database and the query. */
function names(marked: string): string[] {
  const place = marked.indexOf('|')
  return proposalsAt(marked.replace('|', ''), place, schema)
    .filter(({ kind }) => kind !== 'keyword' && kind !== 'function')
    .map(({ text }) => text)
}

describe('completion', () => {
  test('offers the columns of an alias after its dot, quoted where they must be', () => {
    expect(at('select s.| from film f join screening as s on true')).toEqual(['id', 'film_id', '"Hall"'])
    expect(at('select f.ti| from film f, screening s')).toEqual(['id', 'title'])
    expect(at('select * from film where film.|')).toEqual(['id', 'title'])
    expect(at('select nobody.| from film')).toEqual([])
  })
  test('offers columns of the tables in use, their aliases, and all tables', () => {
    expect(names('select | from film f')).toEqual(['id', 'title', 'f', 'film', 'screening'])
  })
  test('ranks tables first after FROM', () => {
    const [first] = proposalsAt('select * from ', 14, schema).toSorted((one, other) => other.rank - one.rank)
    expect(first).toMatchObject({ text: 'film', kind: 'table' })
  })
  test('knows CTEs, also those that use others', () => {
    const query = `with a as (select id, upper(title) as loud from film), b (x, y) as (select 1, 2), c as (select * from a)`
    expect(at(`${query} select a.| from a`)).toEqual(['id', 'loud'])
    expect(at(`${query} select b.| from b`)).toEqual(['x', 'y'])
    expect(at(`${query} select k.| from c k`)).toEqual(['id', 'loud'])
  })
  test('knows tables that the text makes', () => {
    expect(at('create table note (id int primary key, words text, unique (words)); select note.| from note')).toEqual([
      'id',
      'words',
    ])
  })
  test('looks at the statement of the cursor only, past strings and comments', () => {
    expect(at('select x.| from film x; select 1 from screening x')).toEqual(['id', 'title'])
    expect(at("select 'from screening f; ' /* from screening f */ , f.| from film f -- from screening f")).toEqual([
      'id',
      'title',
    ])
  })
  test('takes no keyword for an alias', () => {
    expect(names('select | from film where true')).not.toContain('where')
    expect(names('select | from film left join screening s on true')).toContain('film_id')
  })
  test('stands any half-written text', () => {
    for (const text of ['', '(', "'", 'with', 'with a as (', 'select (((', '"', '$$', 'create table t (', '.', ';;']) {
      for (let place = 0; place <= text.length; place += 1) expect(() => proposalsAt(text, place, schema)).not.toThrow()
    }
  })
})
