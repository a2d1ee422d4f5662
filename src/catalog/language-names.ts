/** What an exercise's answers are written in: the key that filters know, and the name that people read. */
import type { Exercise } from './exercise.ts'

/** Names that are not their key with a capital. */
const names: ReadonlyMap<string, string> = new Map([
  ['sql', 'SQL'],
  ['javascript', 'JavaScript'],
  ['typescript', 'TypeScript'],
  ['cpp', 'C++'],
])

/** `sql`, or the runtime of its programs. */
export function languageOf(exercise: Exercise): string {
  return exercise.kind === 'sql' ? 'sql' : exercise.language
}

/** For example `SQL` or `Python`. */
export function languageName(language: string): string {
  return names.get(language) ?? language.charAt(0).toUpperCase() + language.slice(1)
}
