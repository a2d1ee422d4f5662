/** A problem package of Kattis or ICPC (legacy and 2023-07), or a folder of them, as a track. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Failure } from '../../failure.ts'
import { openCheckout } from '../checkout.ts'
import { type ImportReport, leftOut, reportOf } from '../report.ts'
import { mapOf, slugOf } from '../words.ts'
import { claimTrack, type WrittenExercise, writeTrack } from '../written-exercise.ts'
import { type TakenPackage, takePackage, timesOf } from './package.ts'

/** Runs the references of the exercises in a folder of tracks; the slowest case of each in milliseconds, by slug. */
export type MeasureReferences = (directory: string) => Promise<ReadonlyMap<string, number>>

/** What to import, and where to. */
export interface KattisImport {
  /** A package, or a folder of packages. */
  from: string
  /** The folder that gets the track. */
  to: string
  /** Finds time limits where packages leave them to the judge's machine; null: nothing can be run. */
  measure: MeasureReferences | null
}

/** What a reference may take while it is measured. */
const secondsWhileMeasured = 60

/**
 * Writes a track of the folder's name. Throws `Failure` where there is no package in it, or the place is taken.
 */
export async function importKattis({ from, to, measure }: KattisImport): Promise<ImportReport & { track: string }> {
  const checkout = openCheckout(from)
  const isOne = checkout.has('problem.yaml')
  const names = isOne
    ? ['']
    : checkout.folders('').filter((name) => !name.startsWith('.') && checkout.has(`${name}/problem.yaml`))
  if (names.length === 0)
    throw new Failure(
      'invalid',
      `There is no problem package in ${from}: name a folder with a problem.yaml, or a folder of such folders`,
    )
  const slug = slugOf(basename(checkout.path))
  claimTrack(to, slug)
  const taken = withoutSameNames(
    names.map((name) =>
      isOne ? takePackage(checkout, basename(checkout.path)) : takePackage(checkout.below(name), name),
    ),
  )
  const track = {
    slug,
    title: `${isOne ? 'Problem' : 'Problems'}: ${isOne ? basename(checkout.path) : slug}`,
    description: '',
    exercises: taken.flatMap(({ exercises }) => exercises),
  }
  if (track.exercises.length > 0) {
    await setTimeLimits(taken, measure)
    writeTrack(to, track)
  }
  const items = taken.map(({ item }) => ({ ...item, written: item.written.map((each) => `${slug}/${each}`) }))
  return { ...reportOf(items), track: slug }
}

/** Two packages may differ only in what folders of exercises can't have in their names: the first has it. */
function withoutSameNames(taken: readonly TakenPackage[]): TakenPackage[] {
  const owners = new Map<string, string>()
  return taken.map((each) => {
    const same = each.exercises.find(({ slug }) => owners.has(slug))
    if (same !== undefined) {
      const why = `its exercise would be called ${same.slug}, as that of ${owners.get(same.slug)}; give the folder another name`
      return { ...each, exercises: [], item: leftOut(each.item.name, why) }
    }
    for (const { slug } of each.exercises) owners.set(slug, each.item.name)
    return each
  })
}

/** Where a package says no limit, it is what its slowest accepted submission takes, times its factor, in whole seconds. */
async function setTimeLimits(taken: readonly TakenPackage[], measure: MeasureReferences | null): Promise<void> {
  const open = taken.filter(({ problem, exercises }) => problem?.timeLimit === null && exercises.length > 0)
  if (open.length === 0) return
  for (const { exercises } of open) for (const each of exercises) setSeconds(each, secondsWhileMeasured)
  const found = measure === null ? new Map<string, number>() : await measured(open, measure)
  for (const { exercises, problem, item } of open) {
    const slowest = Math.max(-1, ...exercises.map(({ slug }) => found.get(slug) ?? -1))
    const seconds = slowest < 0 ? null : Math.max(1, Math.round((slowest / 1000) * (problem?.timeMultiplier ?? 5)))
    for (const each of exercises) setSeconds(each, seconds)
    if (seconds === null)
      item.notes.push('It says no time limit and could not be run here; the languages’ own limits hold.')
    else
      item.notes.push(
        `Its time limit is ${seconds} s: ${problem?.timeMultiplier} times its slowest accepted submission here (${Math.round(slowest)} ms).`,
      )
  }
}

async function measured(
  open: readonly TakenPackage[],
  measure: MeasureReferences,
): Promise<ReadonlyMap<string, number>> {
  const directory = mkdtempSync(join(tmpdir(), 'podium-import-'))
  try {
    writeTrack(directory, {
      slug: 'measured',
      title: 'Measured',
      description: '',
      exercises: open.flatMap(({ exercises }) => exercises),
    })
    return await measure(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function setSeconds(exercise: WrittenExercise, seconds: number | null): void {
  exercise.facts['limits'] = {
    ...mapOf(exercise.facts['limits']),
    ...{ cpu_seconds: undefined, seconds: undefined },
    ...timesOf(seconds),
  }
}
