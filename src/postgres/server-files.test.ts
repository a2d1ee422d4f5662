import { expect, test } from 'bun:test'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { silentLog } from '../telemetry/log.ts'
import { withScratch } from './scratch.ts'
import { removeOtherServers, unpackServer } from './server-files.ts'

test('PostgreSQL is unpacked once, and everyone can read it', () =>
  withScratch(async (dataDir) => {
    const umask = process.umask(0o077)
    const files = await unpackServer({ dataDir, log: silentLog }).finally(() => process.umask(umask))
    expect(files.version).toMatch(/^18\./)
    expect(statSync(join(files.directory, 'bin/postgres')).mode & 0o777).toBe(0o755)
    expect(statSync(files.directory).mode & 0o777).toBe(0o755)
    expect(statSync(join(files.base, 'global/pg_control')).mode & 0o777).toBe(0o644)
    const before = statSync(files.directory).ino
    expect(await unpackServer({ dataDir, log: silentLog })).toEqual(files)
    expect(statSync(files.directory).ino).toBe(before)
  }))

test(
  'programs that unpack at the same moment all get a whole server',
  () =>
    withScratch(async (dataDir) => {
      const script = `import { removeOtherServers, unpackServer } from ${JSON.stringify(join(import.meta.dir, 'server-files.ts'))}
      const log = { debug() {}, info() {}, warn() {}, error() {}, with: () => log }
      console.log((await unpackServer({ dataDir: ${JSON.stringify(dataDir)}, log })).directory)`
      const programs = [1, 2, 3].map(() =>
        Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'pipe' }),
      )
      const outputs = await Promise.all(programs.map((program) => new Response(program.stdout).text()))
      expect(new Set(outputs).size).toBe(1)
      expect(existsSync(join(outputs[0]?.trim() ?? '', 'bin/postgres'))).toBe(true)
      expect(readdirSync(join(dataDir, 'server'))).toHaveLength(1)
    }),
  30_000,
)

test('what a killed program left half unpacked is removed', () =>
  withScratch(async (dataDir) => {
    // Process ids end at 2^22 on Linux, so nothing has this one.
    const abandoned = join(dataDir, 'server/.filling-99999999-abc')
    mkdirSync(abandoned, { recursive: true })
    await unpackServer({ dataDir, log: silentLog })
    expect(existsSync(abandoned)).toBe(false)
  }))

test('after a power cut damaged files are unpacked again, and whole ones are kept', () =>
  withScratch(async (dataDir) => {
    const { directory } = await unpackServer({ dataDir, log: silentLog })
    writeFileSync(join(directory, '.boot'), 'an earlier boot')
    const kept = statSync(directory).ino
    await unpackServer({ dataDir, log: silentLog })
    expect(statSync(directory).ino).toBe(kept)
    writeFileSync(join(directory, '.boot'), 'an earlier boot')
    writeFileSync(join(directory, 'bin/postgres'), '')
    await unpackServer({ dataDir, log: silentLog })
    expect(readFileSync(join(directory, 'bin/postgres')).byteLength).toBeGreaterThan(1_000_000)
  }))

test('a data directory below a file is refused with the reason', () =>
  withScratch(async (directory) => {
    writeFileSync(join(directory, 'file'), '')
    const attempt = unpackServer({ dataDir: join(directory, 'file'), log: silentLog })
    await expect(attempt).rejects.toThrow('is a file, not a directory')
  }))

test('the servers of other versions are removed when asked', () =>
  withScratch(async (dataDir) => {
    const files = await unpackServer({ dataDir, log: silentLog })
    mkdirSync(join(dataDir, 'server/0123456789abcdef/bin'), { recursive: true })
    await removeOtherServers({ files, dataDir })
    expect(readdirSync(join(dataDir, 'server'))).toEqual([basename(files.directory)])
  }))
