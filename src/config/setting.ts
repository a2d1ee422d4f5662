/** One setting: what it is, and how its value is found and checked. */
import { readFileSync } from 'node:fs'
import { Failure } from '../failure.ts'
import type { Kind } from './kinds.ts'
import type { Machine } from './machine.ts'

/** One line of the table of settings. */
export interface Setting<Value> {
  /** The environment variable that the documents name. */
  variable: string
  /** Further variables that are read where the first is not set. */
  alternatives?: readonly string[]
  /** The flag without its dashes. */
  flag: string
  kind: Kind<Exclude<Value, null>>
  /** The value where nothing is set. */
  initial(machine: Machine): Value
  /** That default in words, for help and README. */
  initialText: string
  /** What the setting does, one sentence. */
  purpose: string
  /** Never shown; its value may also come from the file that VARIABLE_FILE names. */
  isSecret?: true
}

/** What settings are read from. */
export interface SettingSources {
  env: Readonly<Record<string, string | undefined>>
  /** By flag name without dashes. Names are checked by the command line. */
  flags: Readonly<Record<string, string | undefined>>
  /** What defaults depend on; measured where it is left out. */
  machine?: Machine
}

/**
 * Reads one setting from its flag, its variables, the files these name, else its default.
 * Throws `Failure('invalid')` with a sentence that names where the value came from, the value and what is allowed.
 */
export function readSetting<Value>(
  setting: Setting<Value>,
  { env, flags }: SettingSources,
  machine: Machine,
): { value: Value; origin: string } {
  const flag = flags[setting.flag]
  if (flag !== undefined) return { value: check(setting, `--${setting.flag}`, flag), origin: `--${setting.flag}` }
  for (const variable of [setting.variable, ...(setting.alternatives ?? [])]) {
    const found = readVariable(setting.isSecret === true, variable, env)
    if (found !== null) return { value: check(setting, found.origin, found.text), origin: found.origin }
  }
  return { value: setting.initial(machine), origin: 'default' }
}

function readVariable(isSecret: boolean, variable: string, env: SettingSources['env']) {
  const text = env[variable]
  const file = isSecret ? env[`${variable}_FILE`] : undefined
  if (text !== undefined && file !== undefined) {
    throw new Failure('invalid', `${variable} and ${variable}_FILE are both set; set only one of them`)
  }
  if (file !== undefined) return { text: readSecretFile(`${variable}_FILE`, file), origin: `${variable}_FILE` }
  return text === undefined || isServiceLink(text) ? null : { text, origin: variable }
}

/** Kubernetes sets PODIUM_PORT=tcp://10.0.0.1:80 in every Pod beside a service named podium; nobody meant us by it. */
function isServiceLink(text: string | undefined): boolean {
  return text?.startsWith('tcp://') === true
}

function readSecretFile(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure('invalid', `${variable} names ${file}, which cannot be read: ${reason}`, { cause })
  }
}

function check<Value>(setting: Setting<Value>, origin: string, text: string): Value {
  if (text.trim() === '') throw new Failure('invalid', `${origin} is empty; it must be ${setting.kind.allowed}`)
  const value = setting.kind.parse(text.trim())
  if (value !== undefined) return value
  const shown = setting.isSecret === true ? 'not allowed (its value is a secret)' : JSON.stringify(text)
  throw new Failure('invalid', `${origin} is ${shown}; it must be ${setting.kind.allowed}`)
}

/** All variables that a setting is read from. */
export function namesOf(setting: Pick<Setting<unknown>, 'variable' | 'alternatives' | 'isSecret'>): string[] {
  const names = [setting.variable, ...(setting.alternatives ?? [])]
  return setting.isSecret === true ? names.flatMap((name) => [name, `${name}_FILE`]) : names
}
