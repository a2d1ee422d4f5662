import { expect, test } from 'bun:test'
import { timeZoneOf } from '../http/time-zone.ts'
import { activityDays, lastDays } from './activity.ts'

test('the calendar ends with the day it is where the reader is', () => {
  const now = new Date('2026-11-21T23:30:00Z')
  expect(lastDays(now, 'UTC').at(-1)).toBe('2026-11-21')
  expect(lastDays(now, 'Asia/Tokyo').at(-1)).toBe('2026-11-22')
  expect(lastDays(now, 'America/Los_Angeles').at(-1)).toBe('2026-11-21')
})

test('the calendar has four weeks without a gap, over a change of the clock too', () => {
  const days = lastDays(new Date('2026-11-05T12:00:00Z'), 'America/New_York')
  expect(days).toHaveLength(activityDays)
  expect(new Set(days).size).toBe(activityDays)
  expect(days[0]).toBe('2026-10-09')
})

test('a zone is taken from the cookie only where it is the name of one', () => {
  expect(timeZoneOf('Europe/Berlin')).toBe('Europe/Berlin')
  for (const odd of [undefined, 7, '', 'Nowhere/Land', '+05:30', "UTC'; select 1", 'x'.repeat(70)]) {
    expect(timeZoneOf(odd)).toBe('UTC')
  }
})
