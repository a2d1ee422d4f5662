/** The settings as they may stand in a report that is sent to strangers: amounts and choices, no address, path or secret. */
import type { Config } from '../config.ts'
import { settingNames, settings } from '../config.ts'
import type { Setting } from './setting.ts'

/** Settings whose words say nothing about a place or a person. */
const plainWords: readonly (keyof Config)[] = ['signUp', 'logLevel']

/** One line a setting: `PODIUM_SANDBOXES_MAX=600`, or `DATABASE_URL is set` where the value is nobody's business. */
export function redactedSettings(config: Config): string[] {
  return settingNames.map((name) => line(name, settings[name], config[name]))
}

function line<Value>(name: keyof Config, { variable, kind, isSecret }: Setting<Value>, value: Value): string {
  if (!isPresent(value) || (Array.isArray(value) && value.length === 0)) return `${variable} is not set`
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || plainWords.includes(name)
  return isPlain && isSecret !== true ? `${variable}=${kind.show(value)}` : `${variable} is set`
}

function isPresent<Value>(value: Value): value is Exclude<Value, null> {
  return value !== null
}
