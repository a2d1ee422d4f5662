/**
 * What the groups of a package with points say of them, as weights of cases and as groups that only count whole. The words
 * of the legacy format are the default grader's; those of 2023-07 say it themselves.
 */
import { textIn } from '../words.ts'

/** The points of a package's cases. */
export interface Scoring {
  /** By name of case, with `*`. */
  weights: Record<string, number>
  /** Names with `*` of cases that count only where all of them are right. */
  whole: string[]
  notes: string[]
}

/** What the files of groups say, each with what it says itself. */
export interface GroupWords {
  /** Of a folder like `data/secret/one`, the nearest first, up to `data`. */
  chainOf(folder: string): readonly Record<string, unknown>[]
}

const secret = 'data/secret'
const legacyKeys = ['accept_score', 'reject_score', 'range', 'grader_flags', 'on_reject', 'grading']

/** Reads it from the folders that have cases, by the number of their cases. */
export function scoringOf(words: GroupWords, cases: ReadonlyMap<string, number>): Scoring {
  const scoring: Scoring = { weights: {}, whole: [], notes: [] }
  const folders = [...cases].filter(([folder]) => folder === secret || folder.startsWith(`${secret}/`))
  if (folders.length < cases.size) scoring.weights['sample/*'] = 0
  const all = [...folders.map(([folder]) => folder), secret].flatMap((folder) => words.chainOf(folder))
  const isLegacy = all.some((group) => legacyKeys.some((key) => Object.hasOwn(group, key)))
  for (const [folder, count] of folders) {
    const value = isLegacy ? legacyValue(words, folder, count) : presentValue(words, folder)
    if (value.points === null) scoring.notes.push(`Nothing says what ${folder} is worth: each of its cases counts 1.`)
    else scoring.weights[patternOf(folder)] = Math.round((value.points / count) * 1000) / 1000
    if (value.isWhole) scoring.whole.push(patternOf(folder))
    scoring.notes.push(...value.notes.map((note) => `${folder}: ${note}`))
  }
  if (folders.some(([folder]) => folder !== secret)) readSecret(words, isLegacy, scoring)
  return scoring
}

function patternOf(folder: string): string {
  return `${folder.slice('data/'.length)}/*`
}

interface GroupValue {
  /** Of all its cases together; null: not said. */
  points: number | null
  isWhole: boolean
  notes: string[]
}

/** As since 2023-07: a group is worth its points where all is right, unless its cases are added up. */
function presentValue(words: GroupWords, folder: string): GroupValue {
  const own = words.chainOf(folder)[0] ?? {}
  const { max_score: max, score_aggregation: aggregation, require_pass: required } = own
  const said = textIn(aggregation) ?? (folder === secret ? 'sum' : 'pass-fail')
  const points = typeof max === 'number' && max >= 0 ? max : max === undefined && folder === secret ? 100 : null
  const notes = required === undefined ? [] : ['that it counts only where other groups pass is left out.']
  return { points, isWhole: said !== 'sum', notes }
}

/** As the default grader has it: what is not accepted has no points, and acceptance needs all, unless flags say otherwise. */
function legacyValue(words: GroupWords, folder: string, count: number): GroupValue {
  const group = inherited(words, folder)
  const flags = flagsOf(group)
  const mode = flags.findLast((flag) => ['sum', 'avg', 'min', 'max'].includes(flag)) ?? 'sum'
  const accept = typeof group['accept_score'] === 'number' ? group['accept_score'] : null
  const most = Number((textIn(group['range']) ?? '').split(/\s+/)[1] ?? Number.NaN)
  const bound = Number.isFinite(most) && most >= 0 ? most : null
  const sum = mode === 'sum' ? (accept ?? 1) * count : (accept ?? 1)
  // Without a score for what is accepted, the validator tells it, and the range says how much that may be.
  const points = accept === null && bound !== null ? bound : sum
  const notes: string[] = []
  if (accept === null && bound !== null) notes.push('parts of its points that a validator gives are left out.')
  if (group['reject_score'] !== undefined && group['reject_score'] !== 0)
    notes.push('points for what is wrong are left out.')
  const isPartial = flags.some(isForgiving)
  if (isPartial && mode === 'max') notes.push('that its best case counts is left out: all of them count.')
  if (isPartial && mode === 'sum' && textIn(group['on_reject']) !== 'continue')
    notes.push('cases after the first that is wrong count, too.')
  return { points: Math.max(0, points), isWhole: !isPartial || mode === 'min', notes }
}

/** Whether an answer that is not right everywhere gets points at all. */
function readSecret(words: GroupWords, isLegacy: boolean, scoring: Scoring): void {
  const own = words.chainOf(secret)[0] ?? {}
  const aggregation = textIn(own['score_aggregation'])
  const isAll = isLegacy
    ? !flagsOf(inherited(words, secret)).some(isForgiving)
    : aggregation === 'pass-fail' || aggregation === 'min'
  if (isAll) scoring.whole = ['secret/*']
  if (!isLegacy && aggregation === 'min') scoring.notes.push('That the worst group counts is left out: all must pass.')
  const mode = flagsOf(inherited(words, secret)).findLast((flag) => ['avg', 'min', 'max'].includes(flag))
  if (isLegacy && mode !== undefined && !isAll)
    scoring.notes.push(`That of its groups the ${mode} counts is left out: they are added up.`)
}

/** Legacy groups inherit key by key. */
function inherited(words: GroupWords, folder: string): Record<string, unknown> {
  return Object.assign({}, ...words.chainOf(folder).toReversed())
}

function flagsOf(group: Record<string, unknown>): string[] {
  return (textIn(group['grader_flags']) ?? '').split(/\s+/).filter(Boolean)
}

function isForgiving(flag: string): boolean {
  return flag === 'always_accept' || flag === 'accept_if_any_accepted'
}

/** Flags of the default grader that are understood where there are points. */
export const understoodFlags: ReadonlySet<string> = new Set([
  ...['sum', 'avg', 'min', 'max', 'worst_error', 'first_error'],
  ...['always_accept', 'accept_if_any_accepted', 'ignore_sample'],
])
