/** Dates, timestamps and intervals as PostgreSQL compares them. Pods write dates in ISO style and live in UTC. */

const moment = /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?([+-]\d\d(?::\d\d(?::\d\d)?)?)?( BC)?$/

/**
 * A date, timestamp or timestamptz as microseconds since 1970 in UTC; PostgreSQL compares the three among each other in
 * that way. `infinity`, and writing in another DateStyle, stay as they are.
 */
export function canonicalMoment(value: string): string {
  const match = moment.exec(value)
  if (match === null) return value
  const [, year = '', month, day, hour, minute, second, fraction = '', zone, era] = match
  // The proleptic Gregorian calendar has a year 0, which is written 1 BC.
  const fullYear = era === undefined ? Number(year) : 1 - Number(year)
  const days = daysSince1970(fullYear, Number(month), Number(day))
  const seconds = Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0) - zoneSeconds(zone)
  const micros = BigInt(days) * 86_400_000_000n + BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return micros.toString()
}

/** In the proleptic Gregorian calendar, counted: PostgreSQL's years go further than those of Date. */
function daysSince1970(year: number, month: number, day: number): number {
  // A year that begins in March has its leap day at the end.
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Seconds east of UTC. */
function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined) return 0
  const [hours = 0, minutes = 0, seconds = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
}

const unitMicros: Readonly<Record<string, bigint>> = {
  year: 12n * 30n * 86_400_000_000n,
  mon: 30n * 86_400_000_000n,
  day: 86_400_000_000n,
}

/** An interval as microseconds by PostgreSQL's rule: a day is 24 hours, a month 30 days. */
export function canonicalInterval(value: string): string {
  const match = /^((?:[+-]?\d+ (?:year|mon|day)s? ?)*)(?:([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/.exec(value)
  if (match === null || value === '') return value
  const [, units = '', sign, hours, minutes = '0', seconds = '0', fraction = ''] = match
  let micros = 0n
  for (const [, amount = '0', unit = 'day'] of units.matchAll(/([+-]?\d+) (year|mon|day)/g)) {
    micros += BigInt(amount.replace('+', '')) * (unitMicros[unit] ?? 0n)
  }
  if (hours !== undefined) {
    const wholeSeconds = BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)
    const clock = wholeSeconds * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
    micros += sign === '-' ? -clock : clock
  }
  return micros.toString()
}
