/** Random names and secrets. Names are all that a neighbour can see of a sandbox, so they say nothing. */
import { randomBytes } from 'node:crypto'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** `prefix` and 100 random bits in lower case letters and digits: safe as an unquoted name and as a file name. */
export function randomName(prefix: string): string {
  return prefix + [...randomBytes(20)].map((byte) => alphabet[byte % 32]).join('')
}

/** 128 random bits in hexadecimal. */
export function randomSecret(): string {
  return randomBytes(16).toString('hex')
}
