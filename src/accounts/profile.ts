/** What people call themselves: the rules for names, display names and e-mail addresses. */
import { Failure } from '../failure.ts'

const namePattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u
const emailPattern = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/

// Control characters, and marks that turn the direction of what stands around a name.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to refuse
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/**
 * A name to sign in with.
 *
 * @throws Failure `invalid` (`name_invalid`)
 */
export function checkedName(text: string): string {
  const name = text.normalize('NFKC').trim()
  const length = [...name].length
  if (length < 2 || length > 40) throw invalid('name', 'A name has between 2 and 40 characters.')
  if (!namePattern.test(name)) {
    throw invalid('name', 'A name is made of letters and digits, with dots, hyphens and underscores between them.')
  }
  return name
}

/**
 * The name that others see; empty is none.
 *
 * @throws Failure `invalid` (`display_name_invalid`)
 */
export function checkedDisplayName(text: string | null): string | null {
  const name = (text ?? '').toWellFormed().normalize('NFC').trim()
  if (name === '') return null
  if ([...name].length > 80) throw invalid('display_name', 'A display name has 80 characters at most.')
  if (unprintable.test(name)) throw invalid('display_name', 'This display name has characters in it that do not print.')
  return name
}

/**
 * An e-mail address; empty is none.
 *
 * @throws Failure `invalid` (`email_invalid`)
 */
export function checkedEmail(text: string | null): string | null {
  const email = (text ?? '').trim()
  if (email === '') return null
  if (email.length > 254 || !emailPattern.test(email) || unprintable.test(email)) {
    throw invalid('email', 'This does not look like an e-mail address.')
  }
  return email
}

function invalid(field: 'name' | 'display_name' | 'email', message: string): Failure {
  return new Failure('invalid', message, { code: `${field}_invalid` })
}
