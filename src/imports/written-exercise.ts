/** What imports make: folders of exercises and tracks, written where no author's work can be lost. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { Failure } from '../failure.ts'
import { notForNames } from './checkout.ts'

/** An exercise about to be written. */
export interface WrittenExercise {
  /** The folder's name. */
  slug: string
  /** What exercise.yaml says. Keys without a value are left out. */
  facts: Record<string, unknown>
  /** In Markdown. */
  description: string
  /** Further files by path. */
  files: Map<string, Uint8Array | string>
}

/** A track about to be written. */
export interface WrittenTrack {
  slug: string
  title: string
  description: string
  exercises: readonly WrittenExercise[]
}

/** In every folder that an import made; a folder without it is somebody's own. */
export const markerName = '.podium-import'

const marker = 'Made by podium import, which may replace this folder. Remove this file to keep what you change here.\n'

/**
 * Sees whether `directory/<track>` may be written. Throws `Failure('conflict')` where that has something that no import
 * made, or where the directory is none.
 */
export function claimTrack(directory: string, track: string): void {
  const folder = join(directory, track)
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && !statSync(at).isDirectory())
      throw new Failure('conflict', `${at} is no directory; name another place with --to`, { code: 'usage' })
    if (existsSync(at)) break
  }
  if (!existsSync(folder)) return
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, markerName)))
    throw new Failure(
      'conflict',
      `${folder} is there already and is not from an import, or its file ${markerName} was removed to keep it; name another place with --to`,
      { code: 'usage' },
    )
}

/** Writes it, in place of what an earlier import wrote there, which stays until all is written. Throws as `claimTrack`. */
export function writeTrack(directory: string, track: WrittenTrack): void {
  claimTrack(directory, track.slug)
  const folder = join(directory, track.slug)
  // Nobody takes exercises from a folder whose name begins with a dot.
  const made = join(directory, `.${track.slug}.importing`)
  rmSync(made, { recursive: true, force: true })
  write(join(made, markerName), marker)
  const { title, description, exercises } = track
  const facts = {
    title,
    description: description || undefined,
    exercises: exercises.slice(0, 500).map(({ slug }) => slug),
  }
  write(join(made, 'track.yaml'), yamlOf(facts))
  for (const exercise of exercises) writeExercise(join(made, exercise.slug), exercise)
  rmSync(folder, { recursive: true, force: true })
  renameSync(made, folder)
}

/** Whether a path stays in its folder and could be a file's name everywhere. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => !['', '.', '..'].includes(part) && !notForNames.test(part))
}

/** Writes one folder. Throws `Failure('invalid')` where a file would lie outside of it. */
export function writeExercise(folder: string, { facts, description, files }: WrittenExercise): void {
  const stray = [...files.keys()].find((path) => !isPlainPath(path))
  if (stray !== undefined) throw new Failure('invalid', `${JSON.stringify(stray)} is no name for a file of an exercise`)
  write(join(folder, 'exercise.yaml'), yamlOf(facts))
  write(join(folder, 'description.md'), `${description.trim()}\n`)
  for (const [path, content] of files) write(join(folder, path), content)
}

function write(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function yamlOf(facts: Record<string, unknown>): string {
  return stringify(withoutNothing(facts), { lineWidth: 0 })
}

/** Without undefined values and empty lists and maps, at any depth. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutNothing(inner)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined && !isEmpty(inner)))
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
