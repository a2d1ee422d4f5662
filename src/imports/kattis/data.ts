/** The cases of a package, and what its groups say of points and of the validator's flags. */
import { Failure } from '../../failure.ts'
import type { Checkout } from '../checkout.ts'
import { textIn, textsOf } from '../words.ts'
import { type Problem, readPackageYaml } from './problem.ts'
import { scoringOf, understoodFlags } from './scoring.ts'

/** Cases, ready to be written. */
export interface PackageData {
  /** By path, from `data/`. */
  files: Map<string, Uint8Array>
  count: number
  /** By name of case with `*`, for packages with points. */
  weights: Record<string, number>
  /** Names with `*` of cases that count only where all of them are right. */
  whole: string[]
  flags: string
  notes: string[]
}

const casesMax = 500
const bytesMax = 60 * 1024 * 1024

/** Reads them. Throws `Failure('invalid')` where they can't be taken over. */
export function readData(checkout: Checkout, problem: Problem): PackageData {
  const files = new Map<string, Uint8Array>()
  const notes: string[] = []
  const cases: string[] = []
  let bytes = 0
  for (const kind of ['sample', 'secret']) {
    for (const name of checkout.files(`data/${kind}`)) {
      const path = `data/${kind}/${name}`
      if (/\.(args|files)$/.test(name))
        throw new Failure('invalid', `its case ${path} has ${name.replace(/^.*\./, '.')}, which has no counterpart`)
      if (!/\.(in|ans)$/.test(name)) continue
      if (name.endsWith('.ans') && !checkout.has(path.replace(/ans$/, 'in'))) continue
      const content = checkout.bytes(path) ?? new Uint8Array()
      bytes += content.length
      files.set(path, content)
      if (!name.endsWith('.in')) continue
      if (!checkout.has(path.replace(/in$/, 'ans')) && !problem.isInteractive)
        throw new Failure('invalid', `its case ${path} has no .ans file beside it`)
      cases.push(path)
    }
  }
  if (cases.length === 0) throw new Failure('invalid', 'it has no cases in data/')
  if (cases.length > casesMax)
    throw new Failure('invalid', `it has ${cases.length} cases, and at most ${casesMax} are run`)
  if (bytes > bytesMax) throw new Failure('invalid', `its cases are larger than ${bytesMax / 1024 ** 2} MB together`)
  const folders = [...new Set(cases.map((path) => path.replace(/\/[^/]*$/, '')))]
  const flags = [...new Set(cases.map((path) => flagsOf(checkout, path) ?? problem.flags ?? ''))]
  if (flags.length > 1)
    throw new Failure(
      'invalid',
      `its cases have validators of different flags: ${flags.map((each) => `“${each}”`).join(', ')}`,
    )
  noteGraders(checkout, problem, folders, notes)
  const { weights, whole } = problem.isScoring ? pointsOf(checkout, cases, notes) : { weights: {}, whole: [] }
  return { files, count: cases.length, weights, whole, flags: flags[0] ?? '', notes }
}

/** What the case itself, else the nearest group that says it, says. Throws where an answer would get words of its own. */
function flagsOf(checkout: Checkout, path: string): string | null {
  const own = readPackageYaml(checkout, path.replace(/in$/, 'yaml'))
  const said = [own, ...groupsOf(checkout, path)]
  if (said.some(({ args }) => textsOf(args).length > 0))
    throw new Failure('invalid', `its case ${path} gives the program arguments, which has no counterpart`)
  for (const each of said) {
    const args = each['output_validator_args'] ?? each['output_validator_flags']
    if (args !== undefined) return textIn(args) ?? textsOf(args).join(' ')
  }
  return null
}

/** From the nearest to that of `data/`. */
function groupsOf(checkout: Checkout, path: string): Record<string, unknown>[] {
  const groups: Record<string, unknown>[] = []
  for (let at = path.replace(/\/?[^/]*$/, ''); at !== ''; at = at.replace(/\/?[^/]*$/, ''))
    groups.push(groupOf(checkout, at))
  return groups
}

function noteGraders(checkout: Checkout, { isScoring }: Problem, folders: readonly string[], notes: string[]): void {
  const hasOwn = checkout.files('graders').length > 0
  const flags = folders.flatMap((folder) =>
    groupsOf(checkout, `${folder}/`).flatMap(({ grader_flags: said }) => textIn(said) ?? []),
  )
  if (hasOwn) notes.push(`Its graders are left out${isScoring ? '; points of cases are added up' : ''}.`)
  const left = flags.filter((said) => !isScoring || said.split(/\s+/).some((flag) => !understoodFlags.has(flag)))
  if (!hasOwn && left.length > 0)
    notes.push(`Its grader’s flags are left out (${[...new Set(left)].join(', ')}): all cases count.`)
}

function pointsOf(checkout: Checkout, cases: readonly string[], notes: string[]) {
  const counts = new Map<string, number>()
  for (const path of cases) {
    const folder = path.replace(/\/[^/]*$/, '')
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const scoring = scoringOf({ chainOf: (folder) => groupsOf(checkout, `${folder}/`) }, counts)
  notes.push(...scoring.notes)
  const programs = ['output_validators', 'output_validator'].flatMap((folder) => checkout.files(folder))
  if (programs.length > 0) notes.push('Points that its output validator gives are left out: what it accepts has all.')
  return scoring
}

function groupOf(checkout: Checkout, folder: string): Record<string, unknown> {
  const [first, second] = ['test_group.yaml', 'testdata.yaml'].map((name) =>
    readPackageYaml(checkout, `${folder}/${name}`),
  )
  return { ...second, ...first }
}
