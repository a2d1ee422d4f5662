import { describe, expect, test } from 'bun:test'
import { readLine } from './line'
import { readSettings, SettingsError } from './settings'

/** The line of the mistake that is reported. */
function lineOfMistake(text: string): number | undefined {
  try {
    readSettings(text)
  } catch (error) {
    if (error instanceof SettingsError) return error.line
  }
  return undefined
}

describe('a line', () => {
  test('is cut at its first =', () => {
    expect(readLine('link=https://weather.example/?id=7&unit=m')).toEqual({
      kind: 'pair',
      key: 'link',
      value: 'https://weather.example/?id=7&unit=m',
    })
  })

  test('may have an empty value', () => {
    expect(readLine('name =')).toEqual({ kind: 'pair', key: 'name', value: '' })
  })

  test('may have # and brackets in its value', () => {
    expect(readLine('colour = #aabbcc')).toEqual({ kind: 'pair', key: 'colour', value: '#aabbcc' })
    expect(readLine('range = [0, 10]')).toEqual({ kind: 'pair', key: 'range', value: '[0, 10]' })
  })

  test('may have blanks around everything', () => {
    expect(readLine('\t[ north side ] ')).toEqual({ kind: 'section', name: 'north side' })
    expect(readLine('  unit  =  m/s  ')).toEqual({ kind: 'pair', key: 'unit', value: 'm/s' })
  })

  test.each(['= 5', '[]', '[ ]', '[wind', 'wind]'])('%s is a mistake', (text) => {
    expect(readLine(text)).toEqual({ kind: 'mistake' })
  })
})

describe('a file', () => {
  test('may be empty', () => {
    expect(readSettings('')).toEqual(new Map())
  })

  test('has a section without pairs, too', () => {
    expect([...readSettings('[wind]\n[rain]\n').keys()]).toEqual(['wind', 'rain'])
  })

  test('goes on with a section that comes again', () => {
    expect(readSettings('[a]\nx = 1\ny = 1\n[b]\nx = 2\n[a]\ny = 3\n')).toEqual(
      new Map([
        ['a', new Map([['x', '1'], ['y', '3']])],
        ['b', new Map([['x', '2']])],
      ]),
    )
  })

  test('may come from another system', () => {
    expect(readSettings('[a]\r\nx = 1\r\n\r\n')).toEqual(new Map([['a', new Map([['x', '1']])]]))
  })

  test('counts every line, also those that say nothing', () => {
    expect(lineOfMistake('\n# one\n\nx = 1\n\noops\nworse\n')).toBe(6)
    expect(lineOfMistake('oops')).toBe(1)
    expect(lineOfMistake('x = 1')).toBeUndefined()
  })

  test('may call things what every object has', () => {
    expect(readSettings('constructor = 1').get('')?.get('constructor')).toBe('1')
  })
})
