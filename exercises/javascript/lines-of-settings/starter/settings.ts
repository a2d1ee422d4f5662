import { readLine } from './line'

/** A line that can't be understood. */
export class SettingsError extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} can't be understood.`)
  }
}

/** The values of a whole file, by section and key. */
export function readSettings(text: string): Map<string, Map<string, string>> {
  return new Map()
}
