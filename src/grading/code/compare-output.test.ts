import { describe, expect, test } from 'bun:test'
import { compareOutput, type OutputRules } from './compare-output.ts'

async function compare(expected: string, actual: string, rules: OutputRules) {
  return await compareOutput(Buffer.from(expected), Buffer.from(actual), rules)
}

describe('tokens', () => {
  const rules = { match: 'tokens', ignoresCase: false } as const

  test.each([
    ['1 2\n3\n', '1\n2 3'],
    ['1 2', ' 1\t2\r\n\n'],
    ['', ' \n'],
    ['é\n', 'é'],
  ])('%j is %j', async (expected, actual) => {
    expect(await compare(expected, actual, rules)).toBeNull()
  })

  test.each([
    ['1 2', '1', { line: 1, expected: '2', actual: null }],
    ['1', '1\n2', { line: 2, expected: null, actual: '2' }],
    ['1\n2\n3', '1\n\n4\n3', { line: 3, expected: '2', actual: '4' }],
    ['Yes', 'yes', { line: 1, expected: 'Yes', actual: 'yes' }],
    ['1', '1.0', { line: 1, expected: '1', actual: '1.0' }],
    ['', 'x', { line: 1, expected: null, actual: 'x' }],
    ['1\0', '1', { line: 1, expected: '1␀', actual: '1' }],
  ])('%j is not %j', async (expected, actual, difference) => {
    expect(await compare(expected, actual, rules)).toMatchObject(difference)
  })

  test('may be in capitals where the exercise says so', async () => {
    const loose = { ...rules, ignoresCase: true }
    expect(await compare('Yes zwölf', 'yES ZWöLF', loose)).toBeNull()
    expect(await compare('Yes', 'No', loose)).not.toBeNull()
    expect(await compare('[', '{', loose)).not.toBeNull()
    expect(await compare('ab', 'abc', loose)).not.toBeNull()
  })

  test('are compared to the end of many megabytes, while others work', async () => {
    const large = Buffer.alloc(20_000_000, '12345678 ')
    const other = Buffer.from(large)
    other[19_999_995] = 65
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 0)
    expect(await compareOutput(large, Buffer.from(large), rules)).toBeNull()
    expect(await compareOutput(large, other, rules)).not.toBeNull()
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})

describe('numbers that may be off', () => {
  const rules = { match: 'float', tolerance: 1e-6, ignoresCase: false } as const

  test.each([
    ['1', '1.0000005'],
    ['1000000', '1000000.5'],
    ['0', '0.0000009'],
    ['0', '-0'],
    ['1e3', '1000'],
    ['.5', '0.5'],
    ['x 1', 'x 1'],
    ['inf nan', 'inf nan'],
  ])('%j is %j', async (expected, actual) => {
    expect(await compare(expected, actual, rules)).toBeNull()
  })

  test.each([
    ['1', '1.00001'],
    ['0', '0.00001'],
    ['1', 'nan'],
    ['1', 'inf'],
    ['1', '0x1'],
    ['1', '1e400'],
    ['1', ''],
    ['1', '1 1'],
    ['x', 'y'],
    ['1', 'true'],
  ])('%j is not %j', async (expected, actual) => {
    expect(await compare(expected, actual, rules)).not.toBeNull()
  })
})

describe('every byte', () => {
  const rules = { match: 'exact' } as const

  test('counts, and blanks are told apart from what matters more', async () => {
    expect(await compare('a b\n', 'a b\n', rules)).toBeNull()
    expect(await compare('', '', rules)).toBeNull()
    expect(await compare('a b\n', 'a b', rules)).toMatchObject({ line: 1, isBlankOnly: true, actual: null })
    expect(await compare('a\nb c\n', 'a\nb  c\n', rules)).toMatchObject({ line: 2, isBlankOnly: true, actual: 'b  c' })
    expect(await compare('a\nb', 'a\nc', rules)).toMatchObject({
      line: 2,
      isBlankOnly: false,
      expected: 'b',
      actual: 'c',
    })
    expect(await compare('a', '', rules)).toMatchObject({ line: 1, expected: 'a', actual: null })
  })

  test('of many megabytes, with the difference anywhere', async () => {
    const large = Buffer.alloc(5_000_000, 'abcdefg\n')
    for (const at of [0, 1_048_575, 1_048_576, 4_999_999]) {
      const other = Buffer.from(large)
      other[at] = 0x58
      expect(await compareOutput(large, other, rules)).toMatchObject({
        line: Math.floor(at / 8) + 1,
        isBlankOnly: false,
      })
    }
    expect(await compareOutput(large, Buffer.from(large), rules)).toBeNull()
    expect(await compareOutput(large, large.subarray(0, 1_048_576), rules)).toMatchObject({ actual: null })
  })
})
