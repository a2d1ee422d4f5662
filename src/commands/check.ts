/** `podium check [DIR]`: proves exercises on real PostgreSQL, and says what is not proven. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type ContentSource, directorySource } from '../catalog/content-source.ts'
import type { Catalog } from '../catalog/exercise.ts'
import { loadCatalog } from '../catalog/load-catalog.ts'
import { readConfig } from '../config.ts'
import { Failure } from '../failure.ts'
import { type CheckReport, type ExerciseReport, isProven, type JudgedItems } from '../grading/check-report.ts'
import { builtinCatalog, prove } from './check/prove.ts'
import type { CommandInput } from './command.ts'

/** Proves the exercises. Exit code 1 where one fails, a folder can't be read, or the score is below `--score`. */
export async function run({ words, env, flags, print }: CommandInput): Promise<number> {
  const { json, score, thorough, ...settings } = flags
  const scoreMin = score === undefined ? null : Number(score) / 100
  if (scoreMin !== null && !(scoreMin >= 0 && scoreMin <= 1))
    throw new Failure('invalid', `--score is a percentage from 0 to 100, not "${score}"`, { code: 'usage' })
  const config = readConfig({ env, flags: settings })
  const catalog = catalogOf(words[0])
  if (catalog.tracks.every(({ exercises }) => exercises.length === 0) && catalog.problems.length === 0)
    throw new Failure('missing', `There is no exercise in ${words[0]}: it would be in TRACK/EXERCISE/exercise.yaml`)
  const isCounted = json === undefined && process.stderr.isTTY
  const how = { isThorough: thorough !== undefined, onProgress: isCounted ? showProgress : () => {} }
  const report = await prove(catalog, config, how, contentFolders(words[0]))
  if (json !== undefined) print(JSON.stringify({ isProven: isProven(report), ...report }, null, 2))
  else for (const line of asText(report)) print(line)
  const isScored = scoreMin === null || (report.score ?? 1) >= scoreMin
  if (!isScored && json === undefined) print(`The score is below ${score} %.`)
  return isProven(report) && isScored ? 0 : 1
}

/** DIR may be a folder of tracks, one track, or one exercise; without it, what is built in. */
function catalogOf(directory: string | undefined): Catalog {
  if (directory === undefined) return builtinCatalog()
  const whole = resolve(directory)
  if (!existsSync(whole)) throw new Failure('missing', `There is no directory ${whole}`)
  if (!statSync(whole).isDirectory()) throw new Failure('invalid', `${whole} is a file; name the folder that holds it`)
  if (existsSync(join(whole, 'exercise.yaml'))) {
    return loadCatalog({
      builtin: only(dirname(dirname(whole)), basename(dirname(whole)), basename(whole)),
      directories: [],
    })
  }
  if (existsSync(join(whole, 'track.yaml')))
    return loadCatalog({ builtin: only(dirname(whole), basename(whole), null), directories: [] })
  return loadCatalog({ builtin: null, directories: [whole] })
}

/** The folder that holds the tracks, for it may hold languages too. */
function contentFolders(directory: string | undefined): string[] {
  if (directory === undefined) return []
  const whole = resolve(directory)
  if (existsSync(join(whole, 'exercise.yaml'))) return [dirname(dirname(whole))]
  return [existsSync(join(whole, 'track.yaml')) ? dirname(whole) : whole]
}

/** One track of a folder of tracks, or one exercise with what belongs to the whole track. */
function only(root: string, track: string, exercise: string | null): ContentSource {
  const source = directorySource(join(root, track))
  // Files are read from here, so that one which can't be read is named with its track.
  const whole = directorySource(root)
  const isOwn = (path: string) => exercise === null || path.startsWith(`${exercise}/`) || path.startsWith('datasets/')
  // The track names its other exercises, which are left out here.
  const title = exercise === null ? null : `${track}/track.yaml`
  const others = tracksWithDatasets(root).filter((name) => name !== track)
  const datasets = new Map(others.map((name) => [name, directorySource(join(root, name, 'datasets'))]))
  return {
    name: root,
    list: () => [
      ...(title === null ? [] : [title]),
      ...source
        .list()
        .filter(isOwn)
        .map((path) => `${track}/${path}`),
      ...[...datasets].flatMap(([name, other]) => other.list().map((path) => `${name}/datasets/${path}`)),
    ],
    text: (path) => (path === title ? `title: ${JSON.stringify(track)}\n` : whole.text(path)),
    bytes: (path) => whole.bytes(path),
  }
}

/** Tracks beside the one that is checked: an exercise may use their datasets. */
function tracksWithDatasets(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => existsSync(join(root, name, 'track.yaml')) && existsSync(join(root, name, 'datasets')))
}

const barWidth = 30

/** One line that is written over, on the terminal only. */
function showProgress(done: number, total: number, { slug }: ExerciseReport): void {
  const filled = Math.round((done / total) * barWidth)
  const bar = '█'.repeat(filled) + '·'.repeat(barWidth - filled)
  process.stderr.write(`\r${bar} ${done}/${total} ${slug.slice(0, 30).padEnd(30)}`)
  if (done === total) process.stderr.write(`\r${' '.repeat(barWidth + 50)}\r`)
}

function asText(report: CheckReport): string[] {
  const { exercises, problems, score, durationMs } = report
  const width = Math.max(0, ...exercises.map(({ slug }) => slug.length))
  const failed = exercises.filter(({ failures }) => failures.length > 0).length
  const unproven = exercises.filter((exercise) => exercise.unproven !== null).length
  return [
    ...problems.map(
      ({ file, line, key, message }) =>
        `content  ${file}${line === null ? '' : `:${line}`}${key ? ` ${key}` : ''}: ${message}`,
    ),
    ...exercises.flatMap((exercise) => exerciseLines(exercise, width)),
    '',
    `${exercises.length} ${exercises.length === 1 ? 'exercise' : 'exercises'} in ${(durationMs / 1000).toFixed(1)} s${score === null ? '' : `, ${(score * 100).toFixed(1)} % of mutants killed`}${unproven === 0 ? '' : `, ${unproven} not proven here`}`,
    `${exercises.length - failed - unproven} passed, ${failed + problems.length} failed`,
  ]
}

function exerciseLines(
  { track, slug, failures, notes, unproven, wrongAnswers, mutants, references, datasets, judged }: ExerciseReport,
  width: number,
): string[] {
  if (unproven !== null) return [`--   ${slug.padEnd(width)}  not proven here: ${unproven}`]
  const state = failures.length === 0 ? 'ok  ' : 'FAIL'
  const killed = mutants === null || mutants.total === 0 ? '' : `  mutants ${mutants.killed}/${mutants.total}`
  const alike = mutants !== null && mutants.equivalent > 0 ? ` (${mutants.equivalent} equivalent)` : ''
  const more = references > 1 ? `  references ${references}` : ''
  const by = judged === null ? '' : judgedWords(judged, datasets)
  return [
    `${state} ${slug.padEnd(width)}  wrong ${wrongAnswers}${more}${by}${killed}${alike}`,
    ...failures.map(({ what, file, line, message }) => {
      const place = file === null ? '' : `${track}/${slug}/${file}${line === undefined ? '' : `:${line}`}: `
      return `       ${what}: ${place}${message}`
    }),
    ...notes.map((note) => `       note: ${note}`),
    ...(mutants?.survivors ?? []).map(({ name, sql }) => `       survives: ${name}: ${shorten(sql)}`),
  ]
}

const judgedBy = { io: 'cases', tests: 'tests', checks: 'checks' } as const

/** For example `  cases 2 + 5 hidden  datasets 2`. */
function judgedWords({ compare, visible, hidden }: JudgedItems, datasets: number): string {
  const items = hidden === 0 ? `${visible}` : `${visible} + ${hidden} hidden`
  return `  ${judgedBy[compare]} ${items}${datasets === 0 ? '' : `  datasets ${datasets}`}`
}

function shorten(sql: string): string {
  const line = sql.replace(/\s+/g, ' ')
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
