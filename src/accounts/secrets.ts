/** Secrets that let somebody in: cookies, API tokens, links. Shown once; only their hash is stored. */
import { createHash, randomBytes } from 'node:crypto'

const secretBytes = 32

// A secret from outside longer than this is none of ours; hashing it would only cost time.
const secretLengthMax = 200

/** A new secret of 256 random bits, safe in URLs, after a prefix that says what it is. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(secretBytes).toString('base64url')
}

/** What is stored of a secret. Secrets are random, so a plain hash is enough and a lookup by it tells nothing by time. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret.slice(0, secretLengthMax)).digest()
}

// Without letters and digits that are easily taken for each other.
const readableAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password for somebody who will type it once: 20 characters in groups of five, about 99 bits. */
export function newPassword(): string {
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 5 }, randomLetter).join(''))
  return groups.join('-')
}

function randomLetter(): string {
  for (;;) {
    const [byte = 255] = randomBytes(1)
    const fair = byte < Math.floor(256 / readableAlphabet.length) * readableAlphabet.length
    if (fair) return readableAlphabet.charAt(byte % readableAlphabet.length)
  }
}
