import { afterAll, describe, expect, test } from 'bun:test'
import type { ParsedStatement, SyntaxProblem } from './parsed.ts'
import { createParser, textBytesMax } from './parser.ts'

const parser = createParser()
afterAll(() => parser.stop())

async function statements(text: string): Promise<ParsedStatement[]> {
  const result = await parser.split(text)
  if ('error' in result) throw new Error(result.error.message)
  return result.statements
}

async function problem(text: string): Promise<SyntaxProblem> {
  const result = await parser.validate(text)
  if (result === null) throw new Error('parsed without a problem')
  return result
}

describe('splitting', () => {
  test('gives each statement its text, place and kind', async () => {
    const text = `-- first\nselect ';' ;\n /* a /* b */ ; */ insert into t values (1);\n\nbegin`
    const found = await statements(text)
    expect(found.map(({ kind }) => kind)).toEqual(['SelectStmt', 'InsertStmt', 'TransactionStmt'])
    expect(found.map((statement) => statement.text)).toEqual([`select ';'`, 'insert into t values (1)', 'begin'])
    for (const { offset, text: own } of found) expect(text.slice(offset, offset + own.length)).toBe(own)
    expect(found.map(({ isTransactionControl }) => isTransactionControl)).toEqual([false, false, true])
  })

  test('counts places in UTF-16 code units behind accents and emoji', async () => {
    const text = `select 'é😀' as "ü"; select 2`
    expect((await statements(text))[1]).toMatchObject({ text: 'select 2', offset: text.indexOf('select 2') })
  })

  test('finds no statement in blanks and comments', async () => {
    expect(await statements('')).toEqual([])
    expect(await statements(' ; ;; -- nothing\n/* at all */')).toEqual([])
  })

  test('tells COPY to the client from COPY to a file or program', async () => {
    const found = await statements(
      `copy t from stdin; copy (select 1) to stdout; copy t to '/x'; copy t to program 'y'`,
    )
    expect(found.map(({ isClientCopy }) => isClientCopy)).toEqual([true, true, false, false])
  })

  test('keeps function bodies whole', async () => {
    const found = await statements('create function f() returns int language sql as $$ select 1; select 2 $$; select 3')
    expect(found.map(({ kind }) => kind)).toEqual(['CreateFunctionStmt', 'SelectStmt'])
  })

  test('knows the grammar of PostgreSQL 18', async () => {
    expect(await parser.validate('update t set a = 1 returning old.a, new.a')).toBeNull()
  })
})

describe('a text that is not SQL', () => {
  test('is answered with the message and the place of the error', async () => {
    const text = `select '😀é', fro where`
    const found = await problem(text)
    expect(found.message).toBe('syntax error at end of input')
    expect(await problem('select 1; selekt 2')).toMatchObject({
      message: 'syntax error at or near "selekt"',
      position: 10,
    })
    expect((await problem(`select '😀é' a b`)).position).toBe(15)
  })

  test('says what psql commands are and what helps instead', async () => {
    expect(await problem('\\d film')).toEqual({
      message: '\\d is a command of the psql program, not SQL',
      hint: expect.stringContaining('Tables tab'),
      position: 0,
    })
    expect((await problem('select 1;\n\\dt+')).message).toBe('\\dt is a command of the psql program, not SQL')
    expect((await problem('select 1 \\watch 2')).hint).toBe('Run the statement again instead.')
  })

  test('that contains NUL is refused and not cut there', async () => {
    expect(await problem('select 1;\0 drop table t')).toMatchObject({ position: 9 })
  })

  test('that is too long is refused before it is parsed', async () => {
    expect((await problem(`select '${'x'.repeat(textBytesMax)}'`)).message).toContain('at most 256 KB')
  })

  test('that nests too deeply is a clear error, and the parser goes on', async () => {
    for (const depth of [1_000, 5_000, 20_000, 100_000]) {
      const text = `select ${'('.repeat(depth)}1${')'.repeat(depth)}`
      const result = await parser.split(text)
      if ('error' in result) expect(result.error.message).toContain('nested too deeply')
      expect(await statements('select 1')).toHaveLength(1)
    }
    for (const deep of [
      `select ${'1+'.repeat(100_000)}1`,
      `select ${'not '.repeat(50_000)}true`,
      `select ${'a.'.repeat(100_000)}b`,
    ]) {
      await parser.split(deep)
      expect(await statements('select 1')).toHaveLength(1)
    }
  })

  test('with half of a surrogate pair keeps its places', async () => {
    expect((await statements(`select '\ud800'; select 2`))[1]?.offset).toBe(12)
  })
})

test('constructs and mutants of a text come from the same worker; a text that does not parse has none', async () => {
  expect(await parser.constructs('select 1 from t')).toEqual(['select', 'table t'])
  expect((await parser.mutants('select a from t where b')).map(({ name }) => name)).toContain('clause: WHERE left out')
  expect(await parser.constructs('selekt')).toEqual([])
  expect(await parser.mutants('selekt')).toEqual([])
})

test('questions asked at once are answered each', async () => {
  const asked = Array.from({ length: 50 }, (_, index) => statements(`select ${index}; select 0`))
  const answers = await Promise.all(asked)
  expect(answers.map((found) => found[0]?.text)).toEqual(Array.from({ length: 50 }, (_, index) => `select ${index}`))
})

test('a stopped parser says so', async () => {
  const stopped = createParser()
  stopped.stop()
  expect(stopped.split('select 1')).rejects.toThrow('stopped')
})

test('a short text does not wait behind a pile of long ones, and a pile too high is refused', async () => {
  const own = createParser()
  const long = `select ${'1,'.repeat(60_000)}1`
  const order: string[] = []
  const pile = Array.from({ length: 4 }, () => own.split(long).then(() => order.push('long')))
  await own.split('select 1').then(() => order.push('short'))
  await Promise.all(pile)
  expect(order).toEqual(['long', 'short', 'long', 'long', 'long'])
  const flood = Array.from({ length: 200 }, () => own.split(long).catch((error: unknown) => error))
  own.stop()
  expect((await Promise.all(flood)).at(-1)).toMatchObject({ code: 'parser_busy' })
})
