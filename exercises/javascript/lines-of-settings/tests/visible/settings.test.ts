import { expect, test } from 'bun:test'
import { readSettings, SettingsError } from './settings'

test('reads a whole file', () => {
  const settings = readSettings('# Where we are\nplace = Hill 7\n[wind]\nunit = m/s\n')
  expect(settings).toEqual(
    new Map([
      ['', new Map([['place', 'Hill 7']])],
      ['wind', new Map([['unit', 'm/s']])],
    ]),
  )
})

test('says on which line a mistake is', () => {
  let caught: unknown
  try {
    readSettings('place = Hill 7\nHill 7\n')
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(SettingsError)
  expect(caught).toHaveProperty('line', 2)
})
