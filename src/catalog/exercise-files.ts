/** The files of an exercise's folder while it is loaded, and how what is wrong with them is reported. */
import { createHash } from 'node:crypto'
import type { PlainFile } from './code-exercise.ts'

/** The files of the exercise's own folder. */
export interface ExerciseFiles {
  names: readonly string[]
  /** The name for messages. */
  file(name: string): string
  /** The text, or null where there is no such file. */
  text(name: string): string | null
  /** The file as it is, or null where there is no such file. */
  bytes(name: string): Uint8Array | null
}

/** Reports a problem of a file, or of a key of exercise.yaml. */
export type Report = (place: { file: string } | { key: string }, message: string) => void

/** A hash over the names and bytes of all files. */
export function hashFiles({ names, bytes }: ExerciseFiles): string {
  const hash = createHash('sha256')
  for (const name of names) {
    if (name.startsWith('dataset/')) continue
    const digest = createHash('sha256')
      .update(bytes(name) ?? new Uint8Array())
      .digest('hex')
    hash.update(JSON.stringify([name, digest]))
  }
  return hash.digest('hex')
}

/** The files of a folder, by their path in it. */
export function filesBelow({ names, bytes }: ExerciseFiles, folder: string): PlainFile[] {
  return names
    .filter((name) => name.startsWith(`${folder}/`))
    .map((name) => ({ path: name.slice(folder.length + 1), content: bytes(name) ?? new Uint8Array() }))
}

/** The only file, or the one called `<name>.*` in the top folder; null where that is not one. */
export function entryOf(paths: readonly string[], name: string): string | null {
  const called = paths.filter((path) => path.startsWith(`${name}.`) && !path.includes('/'))
  const [first] = called.length === 1 ? called : paths
  return called.length === 1 || paths.length === 1 ? (first ?? null) : null
}
