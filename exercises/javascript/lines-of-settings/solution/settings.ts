import { readLine } from './line'

/** A line that can't be understood. */
export class SettingsError extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} can't be understood.`)
  }
}

/** The values of a whole file, by section and key. */
export function readSettings(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  const sectionOf = (name: string) => {
    const section = sections.get(name) ?? new Map<string, string>()
    sections.set(name, section)
    return section
  }
  let name = ''
  for (const [index, each] of text.split('\n').entries()) {
    const line = readLine(each)
    if (line.kind === 'mistake') throw new SettingsError(index + 1)
    if (line.kind === 'section') {
      name = line.name
      sectionOf(name)
    }
    if (line.kind === 'pair') sectionOf(name).set(line.key, line.value)
  }
  return sections
}
