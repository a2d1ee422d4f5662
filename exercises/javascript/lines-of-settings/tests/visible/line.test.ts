import { expect, test } from 'bun:test'
import { readLine } from './line'

test('empty lines and comments are nothing', () => {
  expect(readLine('')).toEqual({ kind: 'nothing' })
  expect(readLine('  # unit = m/s')).toEqual({ kind: 'nothing' })
})

test('a name in brackets is a section', () => {
  expect(readLine('[wind]')).toEqual({ kind: 'section', name: 'wind' })
})

test('a pair has a key and a value', () => {
  expect(readLine('place = Hill 7')).toEqual({ kind: 'pair', key: 'place', value: 'Hill 7' })
})

test('words alone are a mistake', () => {
  expect(readLine('Hill 7')).toEqual({ kind: 'mistake' })
})
