/** What problem.yaml says, in the legacy format and in that of 2023-07. */
import { parseDocument } from 'yaml'
import { Failure } from '../../failure.ts'
import type { Checkout } from '../checkout.ts'
import { mapOf, textIn, textsOf } from '../words.ts'

/** The facts of a package that exercises are made from. */
export interface Problem {
  name: string | null
  source: { name: string | null; url: string | null; license: string | null; authors: string[] }
  keywords: string[]
  isInteractive: boolean
  isScoring: boolean
  /** Why it can't be taken over, whatever else it has; null: nothing is in the way. */
  unsupported: string | null
  /** Flags of the validator that hold where no group says otherwise; null: not said. */
  flags: string | null
  /** Seconds; null: derived from the slowest accepted submission. */
  timeLimit: number | null
  /** By which that is multiplied. */
  timeMultiplier: number
  memoryMb: number | null
  outputMb: number | null
  /** What `{{name}}` and `{{name.variant}}` stand for in the package's texts. */
  constants: ReadonlyMap<string, string>
  notes: string[]
}

/** Reads a YAML file of a package; empty where there is none. Throws `Failure('invalid')` where it is no YAML. */
export function readPackageYaml(checkout: Checkout, path: string): Record<string, unknown> {
  const text = checkout.text(path)
  if (text === null) return {}
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined) throw unreadable(path, error)
  try {
    return mapOf(document.toJS({ maxAliasCount: 100 }))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): Failure {
  const [why] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  return new Failure('invalid', `its ${path} can’t be read: ${why}`, { cause })
}

/** Versions of the format whose keys are known here. */
const versions = new Set(['legacy', 'legacy-icpc', '2023-07', '2023-07-draft', '2025-09', '2025-09-draft'])

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0

/** Reads it. Throws `Failure('invalid')` where the file can't be read. */
export function readProblem(checkout: Checkout): Problem {
  const yaml = readPackageYaml(checkout, 'problem.yaml')
  const version = textIn(yaml['problem_format_version']) ?? 'legacy'
  const isLegacy = version.startsWith('legacy')
  const validation = textIn(yaml['validation']) ?? ''
  const types = [...textsOf(yaml['type']), ...(textIn(yaml['type']) ?? '').split(/\s+/)]
  const limits = mapOf(yaml['limits'])
  const multipliers = mapOf(limits['time_multipliers'])
  const multiplier = isLegacy ? limits['time_multiplier'] : multipliers['ac_to_time_limit']
  const notes: string[] = []
  if (!versions.has(version))
    notes.push(`Its problem_format_version ${version} is not known; it was read as 2025-09. Look over what came of it.`)
  const unsupportedType = types.find((type) => type === 'multi-pass' || type === 'submit-answer')
  return {
    name: nameOf(yaml['name']),
    source: sourceOf(yaml, notes),
    keywords: [...textsOf(yaml['keywords']), ...(textIn(yaml['keywords']) ?? '').split(/[\s,]+/)],
    isInteractive: types.includes('interactive') || /\binteractive\b/.test(validation),
    isScoring: types.includes('scoring') || /\bscore\b/.test(validation),
    unsupported: unsupportedType === undefined ? null : `problems of the type ${unsupportedType} have no counterpart`,
    flags: textIn(yaml['validator_flags']),
    timeLimit: timeLimitOf(checkout, limits),
    timeMultiplier: isNumber(multiplier) ? multiplier : isLegacy ? 5 : 2,
    memoryMb: isNumber(limits['memory']) ? Math.min(65_536, Math.ceil(limits['memory'])) : null,
    outputMb: isNumber(limits['output']) ? Math.min(64, Math.ceil(limits['output'])) : null,
    constants: constantsOf(yaml['constants']),
    notes,
  }
}

function constantsOf(value: unknown): ReadonlyMap<string, string> {
  const constants = new Map<string, string>()
  const set = (name: string, given: unknown) => {
    const text = textIn(given)
    if (text !== null) constants.set(name, text)
  }
  for (const [name, given] of Object.entries(mapOf(value))) {
    const variants = mapOf(given)
    set(name, variants['value'] ?? given)
    for (const [variant, each] of Object.entries({ value: given, ...variants })) set(`${name}.${variant}`, each)
  }
  return constants
}

function nameOf(name: unknown): string | null {
  const names = mapOf(name)
  return textIn(name) ?? textIn(names['en']) ?? textIn(Object.values(names)[0])
}

function timeLimitOf(checkout: Checkout, limits: Record<string, unknown>): number | null {
  const said = limits['time_limit']
  if (isNumber(said)) return said
  const file = Number((checkout.text('.timelimit') ?? '').trim())
  if (isNumber(file)) return file
  const judge = /^\s*timelimit\s*=\s*['"]?([\d.]+)/m.exec(checkout.text('domjudge-problem.ini') ?? '')?.[1]
  return isNumber(Number(judge)) ? Number(judge) : null
}

function sourceOf(yaml: Record<string, unknown>, notes: string[]): Problem['source'] {
  const license = textIn(yaml['license'])
  const owner = textIn(yaml['rights_owner'])
  const [first] = Array.isArray(yaml['source']) ? yaml['source'] : [yaml['source']]
  const url = textIn(mapOf(first)['url']) ?? textIn(yaml['source_url'])
  if (license === null || license === 'unknown')
    notes.push('Its licence is not known; ask its authors before you show it.')
  else if (license === 'permission' || license === 'educational')
    notes.push(`Its licence is “${license}”; see whether that covers your use.`)
  const words = license === null ? null : license.replace(/^cc\b.*/, (cc) => cc.toUpperCase())
  return {
    name: textIn(first) ?? textIn(mapOf(first)['name']),
    url: url !== null && /^https?:\/\/\S+$/.test(url) ? url : null,
    license: owner === null ? words : [words, `rights: ${owner}`].filter((word) => word !== null).join(', '),
    authors: authorsOf(yaml),
  }
}

/** People as names, without addresses. */
function authorsOf(yaml: Record<string, unknown>): string[] {
  const credits = yaml['credits']
  const authors = mapOf(credits)['authors'] ?? (mapOf(credits) === credits ? null : credits) ?? yaml['author']
  const list = Array.isArray(authors) ? authors : (textIn(authors) ?? '').split(/,| and /)
  return list
    .flatMap((each: unknown) => textIn(each) ?? textIn(mapOf(each)['name']) ?? [])
    .map((name) => name.replace(/<[^>]*>/, '').trim())
    .filter((name) => name !== '')
}
