// Makes a new section where one comes again, and the first pairs are lost.
import { readLine } from './line'

export class SettingsError extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} can't be understood.`)
  }
}

export function readSettings(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>([['', new Map()]])
  let name = ''
  text.split('\n').forEach((each, index) => {
    const line = readLine(each)
    if (line.kind === 'mistake') throw new SettingsError(index + 1)
    if (line.kind === 'section') {
      name = line.name
      sections.set(name, new Map())
    }
    if (line.kind === 'pair') sections.get(name)?.set(line.key, line.value)
  })
  return sections
}
