/** Directories of the tests in this folder: below the temporary directory, short, removed afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../telemetry/log.ts'
import { type ServerFiles, unpackServer } from './server-files.ts'

/** Runs the body with a new directory that other users may pass through. */
export async function withScratch<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'pd-'))
  try {
    chmodSync(directory, 0o711)
    return await body(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

let shared: Promise<ServerFiles> | null = null

/** PostgreSQL, unpacked once for all tests of this run; it stays in the temporary directory for the next. */
export function testServerFiles(): Promise<ServerFiles> {
  shared ??= unpackServer({ dataDir: join(tmpdir(), `pd-server-${process.getuid?.()}`), log: silentLog })
  return shared
}
