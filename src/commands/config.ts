/** `podium config`: every setting, its value and where that came from. Secrets are hidden. */

import type { Setting } from '../config/setting.ts'
import { type Config, readSettings, settingNames, settings, unknownVariables } from '../config.ts'
import type { CommandInput } from './command.ts'
import { nearest } from './parse.ts'

/** One line of the answer. */
interface SettingReport {
  name: string
  variable: string
  flag: string
  /** As it would be written; null where nothing is set and the default is none. */
  value: string | null
  /** `default`, or the flag or variable it was read from. */
  origin: string
}

/** A sentence for each PODIUM_ variable that means nothing: most are misspelt. */
export function strangeVariables(env: CommandInput['env']): string[] {
  const known = settingNames.map((name) => settings[name].variable)
  return unknownVariables(env).map((name) => {
    const near = nearest(name, known)
    return `${name} is set, but it is not a setting of Podium.${near === null ? '' : ` Did you mean ${near}?`}`
  })
}

/** Prints the settings. A wrong one is a `Failure('invalid')`, as it is at start. */
export async function run({ env, flags, print }: CommandInput): Promise<number> {
  const { config, origins } = readSettings({ env, flags })
  const reports = settingNames.map((name) => report(name, config, origins[name]))
  if (flags.json !== undefined) print(JSON.stringify(reports, null, 2))
  else for (const line of table(reports)) print(line)
  for (const warning of strangeVariables(env)) console.error(`podium: ${warning}`)
  return 0
}

function report<Name extends keyof Config>(name: Name, config: Config, origin: string): SettingReport {
  const { variable, flag } = settings[name]
  return { name, variable, flag: `--${flag}`, value: showValue(settings[name], config[name]), origin }
}

function showValue<Value>({ isSecret, kind }: Setting<Value>, value: Value): string | null {
  if (!isPresent(value)) return null
  return isSecret === true ? '(hidden)' : kind.show(value)
}

function isPresent<Value>(value: Value): value is Exclude<Value, null> {
  return value !== null
}

function table(reports: readonly SettingReport[]): string[] {
  const rows = reports.map(({ variable, value, origin }) => [variable, value || 'none', origin] as const)
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length))
  return rows.map(([variable, value, origin]) => `${variable.padEnd(width(0))}  ${value.padEnd(width(1))}  ${origin}`)
}
