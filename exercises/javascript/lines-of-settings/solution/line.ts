/** What a line of a settings file can be. */
export type Line =
  | { kind: 'nothing' }
  | { kind: 'section'; name: string }
  | { kind: 'pair'; key: string; value: string }
  | { kind: 'mistake' }

/** Understands a single line. */
export function readLine(text: string): Line {
  const line = text.trim()
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' }
  if (line.startsWith('[') && line.endsWith(']')) {
    const name = line.slice(1, -1).trim()
    return name === '' ? { kind: 'mistake' } : { kind: 'section', name }
  }
  const place = line.indexOf('=')
  const key = line.slice(0, place).trim()
  if (place === -1 || key === '') return { kind: 'mistake' }
  return { kind: 'pair', key, value: line.slice(place + 1).trim() }
}
