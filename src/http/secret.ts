/** The secret that this installation's page tokens are made with: random, made once, kept in the data directory. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const secretBytes = 32

/** Reads the secret, making it where there is none. The file is for its owner only. */
export function pageSecret(dataDir: string): string {
  const path = join(dataDir, 'secrets', 'pages')
  try {
    const kept = readFileSync(path, 'utf8').trim()
    if (kept.length >= secretBytes) return kept
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const secret = randomBytes(secretBytes).toString('base64url')
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  // Renamed into place: a crash leaves either no secret or a whole one.
  writeFileSync(`${path}.new`, secret, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secret
}
