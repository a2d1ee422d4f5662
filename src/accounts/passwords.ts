/** Passwords: the rules people read, and Argon2id under a limit, for every hash takes 19 MB and a core. */
import { Failure } from '../failure.ts'
import { keyOf } from '../store/users.ts'

/** Fewest characters of a password. */
export const passwordLengthMin = 10

/** Most characters of a password. */
export const passwordLengthMax = 200

const argon2 = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

// The hash of a random text that nobody knows: compared with where there is no hash, so that it takes as long.
const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$9d6uMRsGhE7k8ON7hr1bWPxS5Hl/vHBsTCf24LjELT4$dRkdWXZKmAetPP0ln9Q0y5ZVtiLMKgmstCf3s5h5coQ'

// How many are computed at once, and how many may wait for that: a full queue is answered within a second or two.
const atOnceMax = 2
const waitingMax = 50

const common = new Set([
  '1234567890',
  '0123456789',
  '12345678910',
  '123456789a',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl1',
  'password12',
  'password123',
  'password1234',
  'passwort123',
  'letmein123',
  'welcome123',
  'iloveyou12',
  'iloveyou123',
  'football123',
  'baseball123',
  'superman123',
  'trustno1234',
  'administrator',
  'changeme123',
  'postgres123',
  'postgresql',
  'podium1234',
  'podium12345',
  'abcdefghij',
  'abcdefghijk',
  'abcd123456',
  'zaq12wsxcde3',
  'sunshine123',
  'princess123',
  'dragon12345',
  'monkey12345',
  'master12345',
  'hello12345',
  'correcthorse',
  'correct horse',
])

/**
 * Makes sure that a password is one.
 *
 * @throws Failure `invalid` (`password_weak`) with a sentence that says what is missing
 */
export function checkPassword(password: string, { name }: { name: string }): void {
  const length = [...password].length
  if (length < passwordLengthMin) throw weak(`Choose a password of ${passwordLengthMin} characters or more.`)
  if (length > passwordLengthMax) throw weak(`A password has ${passwordLengthMax} characters at most.`)
  if (password.includes('\0')) throw weak('A password cannot have a NUL character in it.')
  if (new Set(password).size < 4) throw weak('This password repeats itself too much. Mix more characters.')
  const key = keyOf(password)
  if (common.has(key)) throw weak('This password is on every list of common ones. Choose another.')
  if (key.replaceAll(keyOf(name), '').length < 4)
    throw weak('This password is little more than the name. Choose another.')
}

/**
 * What is stored of a password.
 *
 * @throws Failure `exhausted`: too many people sign in at this moment
 */
export async function hashPassword(password: string): Promise<string> {
  return await inTurn(() => Bun.password.hash(password.normalize('NFKC'), argon2))
}

/**
 * Whether a password fits. Takes the same time where there is no hash to compare with.
 *
 * @throws Failure `exhausted`: too many people sign in at this moment
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const candidate = password.normalize('NFKC')
  const isPossible = candidate.length > 0 && candidate.length <= passwordLengthMax * 4
  const against = hash !== null && isPossible ? hash : dummyHash
  const fits = await inTurn(() => Bun.password.verify(isPossible ? candidate : 'impossible', against))
  return fits && hash !== null && isPossible
}

let running = 0
const waiting: Array<() => void> = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnceMax) {
    if (waiting.length >= waitingMax) throw busy()
    // Whoever ends passes the turn on, so the count stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function weak(message: string): Failure {
  return new Failure('invalid', message, { code: 'password_weak' })
}

function busy(): Failure {
  return new Failure('exhausted', 'Many people are signing in right now. Try again in a few seconds.', {
    code: 'sign_in_busy',
    retryAfterSeconds: 3,
  })
}
