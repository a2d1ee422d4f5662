import { describe, expect, test } from 'bun:test'
import type { RowsGrading } from '../catalog/exercise.ts'
import type { Cell } from '../pods/run.ts'
import { compareRows, type ResultTable } from './compare-rows.ts'

const bag: RowsGrading = { compare: 'rows', order: 'none', columns: 'position', tolerance: 1e-9 }
const exact: RowsGrading = { ...bag, order: 'exact' }

/** `table('id int4, name text', [['1', 'a']])` */
function table(columns: string, rows: Cell[][]): ResultTable {
  const parsed = columns.split(', ').map((column) => {
    const [name = '', type = ''] = column.split(' ')
    return { name, type }
  })
  return { columns: parsed, rows }
}

/** One value against another: type and value of the expected one, type and value of the given one, and whether equal. */
const values: [string, Cell, string, Cell, boolean][] = [
  ['int4', '1', 'int4', '1', true],
  ['int4', '1', 'int4', '2', false],
  ['int4', '1', 'numeric', '1.0', true],
  ['int4', '10', 'numeric', '1.0', false],
  ['int8', '9007199254740993', 'int8', '9007199254740992', false],
  ['int8', '9007199254740993', 'numeric', '9007199254740993.000', true],
  ['numeric', '0.10', 'numeric', '0.1', true],
  ['numeric', '-0.0', 'numeric', '0', true],
  ['numeric', '-0.5', 'numeric', '0.5', false],
  ['numeric', '100', 'numeric', '1', false],
  ['numeric', 'NaN', 'numeric', 'NaN', true],
  ['numeric', 'NaN', 'numeric', '0', false],
  ['numeric', '12.34', 'numeric', '12.3400000001', false],
  ['numeric', '33.3333333333333333', 'numeric', '33.333333333333333333', true],
  ['numeric', '33.3333333333333333', 'numeric', '33.33', false],
  ['float8', '0.30000000000000004', 'float8', '0.3', true],
  ['float8', '0.3', 'float8', '0.3001', false],
  ['float8', '1e+20', 'numeric', '100000000000000000000', true],
  ['float8', '1.5e-07', 'float8', '0.00000015', true],
  ['float8', '-0', 'float8', '0', true],
  ['float8', '5.551115123125783e-17', 'float8', '0', true],
  ['float8', 'Infinity', 'float8', 'Infinity', true],
  ['float8', 'Infinity', 'float8', '-Infinity', false],
  ['float8', 'NaN', 'float8', 'NaN', true],
  ['float8', '12.5', 'numeric', '12.50', true],
  ['float4', '0.1', 'float8', '0.10000000149011612', true],
  ['float4', '0.1', 'float4', '0.11', false],
  ['text', 'a', 'text', 'a', true],
  ['text', 'a', 'text', 'A', false],
  ['text', 'a', 'text', 'a ', false],
  ['text', 'a', 'varchar', 'a', true],
  ['bpchar', 'a   ', 'text', 'a', true],
  ['text', '', 'text', null, false],
  ['text', null, 'text', null, true],
  ['text', 'null', 'text', null, false],
  ['int4', null, 'text', null, true],
  ['int4', '1', 'text', null, false],
  ['text', '\u00e9', 'text', 'e\u0301', false],
  ['bool', 't', 'bool', 't', true],
  ['bool', 't', 'bool', 'f', false],
  ['bytea', '\\xdead', 'bytea', '\\xDEAD', true],
  ['bytea', '\\x6101', 'bytea', 'a\\001', true],
  ['bytea', '\\x00', 'bytea', '\\x0000', false],
  ['_int4', '{1,2}', '_int4', '{1,2}', true],
  ['_int4', '{1,2}', '_int4', '{2,1}', false],
  ['_int4', '{1,NULL}', '_int4', '{1,NULL}', true],
  ['_int4', '{1,2}', '_int4', '[0:1]={1,2}', false],
  ['_numeric', '{{1.0},{2.00}}', '_int4', '{{1},{2}}', true],
  ['_text', '{"a",b}', '_text', '{a,b}', true],
  ['_text', '{"NULL"}', '_text', '{NULL}', false],
  ['_text', '{"a,b"}', '_text', '{a,b}', false],
  ['_text', '{"a\\"b"}', '_varchar', '{"a\\"b"}', true],
  ['jsonb', '{"a": 1, "b": [1.0, null]}', 'json', '{"b":[1,null],"a":1}', true],
  ['jsonb', '{"a": 1}', 'jsonb', '{"a": "1"}', false],
  ['jsonb', '[1, 2]', 'jsonb', '[2, 1]', false],
  ['json', '{"a":1,"a":2}', 'jsonb', '{"a": 2}', true],
  ['jsonb', '{"a": 9007199254740993}', 'jsonb', '{"a": 9007199254740992}', false],
  ['json', '"\\u00e9"', 'jsonb', '"é"', true],
  ['interval', '1 day', 'interval', '24:00:00', true],
  ['interval', '1 mon', 'interval', '30 days', true],
  ['interval', '1 year', 'interval', '12 mons', true],
  ['interval', '1 year', 'interval', '365 days', false],
  ['interval', '-1 days +02:00:00', 'interval', '-22:00:00', true],
  ['interval', '00:00:01.5', 'interval', '00:00:01.50', true],
  ['interval', '00:00:00', 'interval', '-00:00:01', false],
  ['date', '2024-02-29', 'date', '2024-02-29', true],
  ['date', '2024-02-29', 'timestamp', '2024-02-29 00:00:00', true],
  ['date', '2024-02-29', 'timestamp', '2024-02-29 00:00:01', false],
  ['timestamp', '2024-01-01 12:00:00.5', 'timestamp', '2024-01-01 12:00:00.500000', true],
  ['timestamptz', '2024-01-01 12:00:00+00', 'timestamptz', '2024-01-01 17:30:00+05:30', true],
  ['timestamptz', '2024-01-01 12:00:00+00', 'timestamptz', '2024-01-01 12:00:00+01', false],
  ['timestamptz', '2024-01-01 00:00:00+00', 'timestamptz', '2023-12-31 19:00:00-05', true],
  ['timestamp', 'infinity', 'timestamp', 'infinity', true],
  ['date', '0001-01-01 BC', 'date', '0001-01-01', false],
  ['date', '10000-01-01', 'timestamp', '10000-01-01 00:00:00', true],
  ['uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'text', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', true],
  ['int4range', '[1,5)', 'int4range', '[1,5)', true],
  ['numrange', '[1.0,2.50)', 'numrange', '[1,2.5)', true],
  ['numrange', '(,2)', 'numrange', '(,2.00)', true],
  ['numrange', '[1,2)', 'numrange', '[1,2]', false],
  ['numrange', 'empty', 'numrange', 'empty', true],
  ['nummultirange', '{[1,2.0),[3,4)}', 'nummultirange', '{[1.0,2),[3,4.0)}', true],
  [
    'tsrange',
    '["2024-01-01 00:00:00","2024-01-02 00:00:00")',
    'tsrange',
    '["2024-01-01 00:00:00","2024-01-03 00:00:00")',
    false,
  ],
  ['tstzrange', '["2024-01-01 00:00:00+00",)', 'tstzrange', '["2024-01-01 02:00:00+02",)', true],
  ['_numrange', '{"[1.0,2)"}', '_numrange', '{"[1,2)"}', true],
  ['cidr', '10.0.0.1/32', 'inet', '10.0.0.1', true],
  ['cidr', '10.0.0.0/8', 'inet', '10.0.0.0/8', true],
  ['cidr', '::1/128', 'inet', '::1', true],
  ['timestamp', '294276-12-31 00:00:00', 'date', '294276-12-31', true],
  ['date', '5874897-12-31', 'date', '5874897-12-30', false],
  ['date', '4713-01-01 BC', 'timestamp', '4713-01-01 00:00:00 BC', true],
  ['money', '$12.50', 'money', '$12.50', true],
  ['bit', '100', 'varbit', '100', true],
  ['mood', 'happy', 'text', 'happy', true],
]

describe('a value', () => {
  test.each(values)('%s %p against %s %p is equal: %p', (expectedType, wanted, givenType, value, isEqual) => {
    const difference = compareRows(table(`x ${expectedType}`, [[wanted]]), table(`x ${givenType}`, [[value]]), bag)
    expect(difference === null).toBe(isEqual)
  })

  test.each([
    ['int4', '1', 'text', '1'],
    ['date', '2024-01-01', 'text', '2024-01-01'],
    ['bool', 't', 'text', 't'],
    ['interval', '1 day', 'text', '1 day'],
    ['_int4', '{1}', '_text', '{1}'],
    ['int4range', '[1,5)', 'numrange', '[1,5)'],
    ['int4range', '[1,5)', 'text', '[1,5)'],
    ['json', '1', 'int4', '1'],
  ])('of type %s %p is not to be had as %s %p', (expectedType, wanted, givenType, value) => {
    const difference = compareRows(table(`x ${expectedType}`, [[wanted]]), table(`x ${givenType}`, [[value]]), bag)
    expect(difference?.columnsMistyped).toEqual([{ name: 'x', expected: expectedType, given: givenType }])
  })
})

/** Letters stand for rows; `missing`, `extra` count them. */
const bags: [string, string, { rowsMissing: number; rowsExtra: number } | null][] = [
  ['', '', null],
  ['abc', 'cab', null],
  ['aab', 'aba', null],
  ['aab', 'ab', { rowsMissing: 1, rowsExtra: 0 }],
  ['ab', 'aab', { rowsMissing: 0, rowsExtra: 1 }],
  ['aab', 'abb', { rowsMissing: 1, rowsExtra: 1 }],
  ['abc', '', { rowsMissing: 3, rowsExtra: 0 }],
  ['', 'abc', { rowsMissing: 0, rowsExtra: 3 }],
  ['abc', 'xyz', { rowsMissing: 3, rowsExtra: 3 }],
  ['aaaa', 'aaaaaaaa', { rowsMissing: 0, rowsExtra: 4 }],
]

const letters = (word: string) =>
  table(
    'letter text',
    [...word].map((letter) => [letter]),
  )

test.each(bags)('rows %p against %p as bags: %p', (wanted, given, outcome) => {
  const difference = compareRows(letters(wanted), letters(given), bag)
  if (outcome === null) expect(difference).toBeNull()
  else expect(difference).toMatchObject({ ...outcome, rowsDiffering: 0 })
})

describe('order', () => {
  const people = (rows: string) =>
    table(
      'score int4, name text',
      rows.split(' ').map((row) => [row.charAt(0), row.slice(1)]),
    )
  const keyed: RowsGrading = { ...bag, order: ['score'] }

  test('exact refuses right rows in another order and says where they belong', () => {
    const difference = compareRows(people('3a 2b 1c'), people('3a 1c 2b'), exact)
    expect(difference).toMatchObject({ orderBy: [], rowsMissing: 0, rowsExtra: 0 })
    expect(difference?.rows.map(({ number, numberExpected }) => [number, numberExpected])).toEqual([
      [1, undefined],
      [2, 3],
      [3, 2],
    ])
  })

  test('by keys leaves ties free', () => {
    expect(compareRows(people('3a 3b 1c'), people('3b 3a 1c'), keyed)).toBeNull()
    expect(compareRows(people('3a 3b 1c'), people('3b 1c 3a'), keyed)?.orderBy).toEqual(['score'])
  })

  test('none takes every order', () => {
    expect(compareRows(people('3a 2b 1c'), people('1c 2b 3a'), bag)).toBeNull()
  })

  test('is not spoken of while rows are wrong', () => {
    expect(compareRows(people('3a 2b'), people('2b 3x'), exact)?.orderBy).toBeNull()
  })

  test('by a key with NULLs compares these too', () => {
    const rows = (...keys: Cell[]) =>
      table(
        'score int4, name text',
        keys.map((key, index) => [key, `${key ?? index}`]),
      )
    expect(compareRows(rows('1', null), rows('1', null), keyed)).toBeNull()
    const turned = { ...rows('1', null), rows: rows('1', null).rows.toReversed() }
    expect(compareRows(rows('1', null), turned, keyed)?.orderBy).toEqual(['score'])
  })

  test('of numbers equal within the tolerance is free', () => {
    const rows = (...keys: string[]) =>
      table(
        'x float8',
        keys.map((key) => [key]),
      )
    expect(compareRows(rows('0.1', '0.3'), rows('0.1', '0.30000000000000004'), exact)).toBeNull()
  })
})

describe('columns', () => {
  const expected = table('title text, price int4', [['a', '1']])

  test('by position may have other names', () => {
    expect(compareRows(expected, table('t text, p int4', [['a', '1']]), bag)).toBeNull()
  })

  test('by name may stand in another order', () => {
    const given = table('price int4, title text', [['1', 'a']])
    expect(compareRows(expected, given, { ...bag, columns: 'name' })).toBeNull()
    expect(compareRows(expected, given, bag)).toMatchObject({
      columnsExpected: ['title', 'price'],
      columnsGiven: ['price', 'title'],
      columnsMissing: [],
      rowsMissing: 0,
      rowsDiffering: 0,
    })
  })

  test('that are missing or too many are named', () => {
    expect(compareRows(expected, table('title text', [['a']]), bag)).toMatchObject({
      columnsMissing: ['price'],
      columnsExtra: [],
    })
    const given = table('title text, cost int4', [['a', '1']])
    expect(compareRows(expected, given, { ...bag, columns: 'name' })).toMatchObject({
      columnsMissing: ['price'],
      columnsExtra: ['cost'],
      rows: [],
    })
  })

  test('of one name several times are matched in turn', () => {
    const twice = table('id int4, id int4', [['1', '2']])
    expect(compareRows(twice, table('id int4, id int4', [['1', '2']]), { ...bag, columns: 'name' })).toBeNull()
    expect(compareRows(twice, table('id int4, id int4', [['2', '1']]), { ...bag, columns: 'name' })).not.toBeNull()
  })

  test('of no rows are still compared', () => {
    expect(compareRows(table('a int4', []), table('a int4, b int4', []), bag)?.columnsExtra).toEqual(['b'])
    expect(compareRows(table('a int4', []), table('a int4', []), bag)).toBeNull()
  })
})

describe('the rows shown', () => {
  const films = (rows: Cell[][]) => table('title text, year int4, price numeric', rows)

  test('pair rows that share most cells and mark the cells that differ', () => {
    const difference = compareRows(
      films([
        ['Ada', '1999', '5.0'],
        ['Bix', '2001', '7'],
      ]),
      films([
        ['Bix', '2001', '7'],
        ['Ada', '1999', '6'],
      ]),
      bag,
    )
    expect(difference).toMatchObject({ rowsMissing: 0, rowsExtra: 0, rowsDiffering: 1 })
    expect(difference?.rows).toEqual([
      { state: 'same', number: 1, cells: [{ value: 'Bix' }, { value: '2001' }, { value: '7' }] },
      { state: 'differs', number: 2, cells: [{ value: 'Ada' }, { value: '1999' }, { value: '6', expected: '5.0' }] },
    ])
  })

  test('do not mark cells that are equal though written differently', () => {
    const difference = compareRows(films([['Ada', '1999', '5.0']]), films([['Ada', '2000', '5']]), bag)
    expect(difference?.rows[0]?.cells).toEqual([{ value: 'Ada' }, { value: '2000', expected: '1999' }, { value: '5' }])
  })

  test('tell NULL from the empty text', () => {
    const difference = compareRows(films([[null, '1', '1']]), films([['', '1', '1']]), bag)
    expect(difference?.rows[0]?.cells[0]).toEqual({ value: '', expected: null })
  })

  test('put a missing row behind the one it should follow', () => {
    const difference = compareRows(letters('abcd'), letters('abd'), bag)
    expect(difference?.rows.map(({ state, cells }) => [state, cells[0]?.value])).toEqual([
      ['same', 'b'],
      ['missing', 'c'],
      ['same', 'd'],
    ])
  })

  test('are at most 50', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [`${index}`])
    const difference = compareRows(table('n int4', []), table('n int4', rows), bag)
    expect(difference?.rows).toHaveLength(50)
    expect(difference?.rowsExtra).toBe(500)
  })
})

describe('large results', () => {
  const large = (shift: (index: number) => string) =>
    table(
      'id int4, name text, amount float8',
      Array.from({ length: 10_000 }, (_, index) => [`${index}`, `n${index % 7}`, shift(index)]),
    )

  test.each([
    ['equal', (index: number) => `${index}.5`],
    ['wrong in every row', (index: number) => `${index}.75`],
    ['within the tolerance in every row', (index: number) => `${index}.50000000000001`],
  ])('of 10,000 rows %s are compared in time near to linear', (_, shift) => {
    const started = performance.now()
    compareRows(
      large((index) => `${index}.5`),
      large(shift),
      exact,
    )
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('without one row in common are too', () => {
    const started = performance.now()
    const same = table(
      'a text, b text',
      Array.from({ length: 10_000 }, () => ['x', 'y']),
    )
    const other = table(
      'a text, b text',
      Array.from({ length: 10_000 }, () => ['x', 'z']),
    )
    expect(compareRows(same, other, bag)?.rowsMissing).toBe(10_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
