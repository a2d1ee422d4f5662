/**
 * Remembers what programs said of their versions: asking nine of them takes half a second of every start. A program that
 * was replaced is asked again.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Ask = (argv: readonly string[]) => Promise<string | null>

const fileName = 'versions.json'

/** The same question, answered from the directory where it was asked before. `save` keeps what was learnt. */
export function rememberVersions(directory: string, ask: Ask): { ask: Ask; save(): void } {
  const path = join(directory, fileName)
  const known = readKnown(path)
  const asked = new Map<string, string>()
  return {
    async ask(argv) {
      const key = keyOf(argv)
      const said = known.get(key) ?? (await ask(argv))
      if (said !== null) asked.set(key, said)
      return said
    },
    save() {
      if (asked.size === known.size && [...asked].every(([key, said]) => known.get(key) === said)) return
      mkdirSync(directory, { recursive: true, mode: 0o755 })
      const filling = `${path}.${process.pid}`
      writeFileSync(filling, JSON.stringify(Object.fromEntries(asked), null, 2))
      renameSync(filling, path)
    },
  }
}

/** The command, and what tells a program from the one that was there before. */
function keyOf(argv: readonly string[]): string {
  const found = statSync(argv[0] ?? '', { throwIfNoEntry: false })
  return JSON.stringify([argv, found?.size ?? 0, found?.mtimeMs ?? 0, found?.ctimeMs ?? 0, found?.ino ?? 0])
}

/** What can't be read is asked again. */
function readKnown(path: string): Map<string, string> {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof read !== 'object' || read === null) return new Map()
    return new Map(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}
