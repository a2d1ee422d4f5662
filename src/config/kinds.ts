/** The kinds of value a setting can have: how each is written, what is allowed, and how it is shown. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** How one kind of value is read and shown. */
export interface Kind<Value> {
  /** What may be written, for a person; follows the words "must be". */
  allowed: string
  /** The value, or undefined where the text is not allowed. Zero, negative and endless amounts never are. */
  parse(text: string): Value | undefined
  /** Writes a value so that `parse` reads it back. */
  show(value: Value): string
}

const sizes = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 } as const
const durations = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const

/** A whole number within bounds, both included. */
export function whole(min: number, max: number): Kind<number> {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), min, max) : undefined),
    show: String,
  }
}

/** An amount of bytes, written with its unit; units count in 1024, as PostgreSQL's do. */
export function size(min: string, max: string): Kind<number> {
  return amount(sizes, 'a size', '512MB', min, max)
}

/** A length of time in milliseconds, written with its unit. */
export function duration(min: string, max: string): Kind<number> {
  return amount(durations, 'a duration', '30s', min, max)
}

/** One of some words. */
export function choice<Word extends string>(...words: readonly Word[]): Kind<Word> {
  return { allowed: words.join(' or '), parse: (text) => words.find((word) => word === text), show: String }
}

/** A switch. */
export const onOff: Kind<boolean> = {
  allowed: 'on or off',
  parse: (text) => ({ on: true, true: true, yes: true, off: false, false: false, no: false })[text.toLowerCase()],
  show: (isOn) => (isOn ? 'on' : 'off'),
}

/** An address or name to listen on. */
export const listenHost: Kind<string> = {
  allowed: 'an address or host name to listen on, such as 127.0.0.1, :: or 0.0.0.0',
  parse: (text) => (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
  show: String,
}

/** A folder; a relative one is taken from the working directory. */
export const folder: Kind<string> = {
  allowed: 'a folder',
  parse: (text) => (text.includes('\0') ? undefined : resolve(text)),
  show: String,
}

/** Folders, separated by colons as in PATH. */
export const folders: Kind<readonly string[]> = {
  allowed: 'folders separated by colons',
  parse: (text) => everyPart(text.split(':'), folder.parse),
  show: (values) => values.join(':'),
}

/** Where a PostgreSQL server is. */
export const databaseAddress: Kind<string> = {
  allowed: 'an address such as postgres://user:password@host:5432/database',
  parse: (text) => (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) ? text : undefined),
  show: String,
}

/** Scheme, host and port of a site, without a path. */
export const origin: Kind<string> = {
  allowed: 'an address such as https://podium.example, without a path',
  parse(text) {
    if (!URL.canParse(text)) return undefined
    const url = new URL(text)
    const isOrigin = /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
    return isOrigin ? url.origin : undefined
  },
  show: String,
}

/** Several origins, separated by commas. */
export const origins = list(origin, 'addresses such as https://site.example, separated by commas')

/** An IP address, or a network in CIDR form. */
const network: Kind<string> = {
  allowed: 'an address or network',
  parse(text) {
    const [address = '', bits, ...rest] = text.split('/')
    const version = isIP(address)
    if (version === 0 || rest.length > 0) return undefined
    if (bits === undefined) return text
    return whole(0, version === 6 ? 128 : 32).parse(bits) === undefined ? undefined : text
  },
  show: String,
}

/** Addresses and networks, separated by commas. */
export const networks = list(network, 'addresses or networks such as 10.0.0.0/8, separated by commas')

/** A secret long enough not to be guessed. */
export const token: Kind<string> = {
  allowed: 'at least 16 characters without spaces',
  parse: (text) => (/^\S{16,}$/.test(text) ? text : undefined),
  show: String,
}

function amount(units: Readonly<Record<string, number>>, noun: string, example: string, min: string, max: string) {
  const read = (text: string): number | undefined => {
    const match = /^(\d{1,12}(?:\.\d{1,3})?) ?([a-z]+)$/i.exec(text)
    const word = match?.[2]?.toLowerCase().replace('ib', 'b')
    const unit = Object.entries(units).find(([name]) => name.toLowerCase() === word)?.[1]
    return match === null || unit === undefined ? undefined : Math.round(Number(match[1]) * unit)
  }
  const [lowest, highest] = [read(min) ?? 1, read(max) ?? 1]
  return {
    allowed: `${noun} with its unit, such as ${example}, from ${min} to ${max}`,
    parse: (text: string) => within(read(text), lowest, highest),
    show: (value: number) => showAmount(value, units),
  }
}

/** The largest unit that shows the value without a fraction. */
function showAmount(value: number, units: Readonly<Record<string, number>>): string {
  const unit = Object.entries(units).findLast(([, factor]) => value >= factor && value % factor === 0)
  if (unit !== undefined) return `${value / unit[1]}${unit[0]}`
  const [name, factor] = Object.entries(units)[0] ?? ['', 1]
  return `${Math.round((value / factor) * 1000) / 1000}${name}`
}

function within(value: number | undefined, min: number, max: number): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined
}

function list<Value>(kind: Kind<Value>, allowed: string): Kind<readonly Value[]> {
  return {
    allowed,
    parse: (text) => everyPart(text.split(','), kind.parse),
    show: (values) => values.map((value) => kind.show(value)).join(','),
  }
}

/** Reads all parts, or nothing where one of them is empty or not allowed. */
function everyPart<Value>(parts: string[], parse: (text: string) => Value | undefined): Value[] | undefined {
  const values = parts.map((part) => (part.trim() === '' ? undefined : parse(part.trim())))
  return values.every((value) => value !== undefined) ? values : undefined
}
