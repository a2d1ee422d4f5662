/** What a line of a settings file can be. */
export type Line =
  | { kind: 'nothing' }
  | { kind: 'section'; name: string }
  | { kind: 'pair'; key: string; value: string }
  | { kind: 'mistake' }

/** Understands a single line. */
export function readLine(text: string): Line {
  return { kind: 'nothing' }
}
