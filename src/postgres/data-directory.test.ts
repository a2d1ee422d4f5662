import { expect, test } from 'bun:test'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDataDirectory } from './data-directory.ts'
import { withScratch } from './scratch.ts'

test('a data directory in use is refused, naming the process, until that one lets go', () =>
  withScratch(async (directory) => {
    const path = join(directory, 'data')
    const first = openDataDirectory(path)
    expect(() => openDataDirectory(path)).toThrow(`A running Podium (process ${process.pid}) uses ${path}`)
    first.close()
    first.close()
    openDataDirectory(path).close()
  }))

test('the lock of a killed program is gone with it', () =>
  withScratch(async (directory) => {
    const script = `import { openDataDirectory } from ${JSON.stringify(join(import.meta.dir, 'data-directory.ts'))}
      openDataDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000)`
    const holder = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe' })
    for await (const _chunk of holder.stdout) break
    expect(() => openDataDirectory(directory)).toThrow(`process ${holder.pid}`)
    holder.kill('SIGKILL')
    await holder.exited
    openDataDirectory(directory).close()
  }))

test('a child does not keep the lock of the program that started it', () =>
  withScratch(async (directory) => {
    const held = openDataDirectory(directory)
    const child = Bun.spawn(['sleep', '30'])
    held.close()
    openDataDirectory(directory).close()
    child.kill('SIGKILL')
    await child.exited
  }))

test('secrets are for their owner alone, and others may at most pass through', () =>
  withScratch(async (directory) => {
    const { path, close } = openDataDirectory(join(directory, 'data'))
    expect(statSync(join(path, 'secrets')).mode & 0o777).toBe(0o700)
    expect(statSync(path).mode & 0o066).toBe(0)
    close()
  }))

test('a directory that a newer Podium wrote is refused and left unlocked', () =>
  withScratch(async (directory) => {
    writeFileSync(join(directory, 'layout'), '99\n')
    expect(() => openDataDirectory(directory)).toThrow('written by a newer Podium')
    writeFileSync(join(directory, 'layout'), '1\n')
    openDataDirectory(directory).close()
  }))

test('a folder of other things is left as it is', () =>
  withScratch(async (directory) => {
    chmodSync(directory, 0o700)
    writeFileSync(join(directory, 'thesis.txt'), 'mine')
    expect(() => openDataDirectory(directory)).toThrow(`${directory} is no data directory of Podium, and not empty`)
    expect(readdirSync(directory)).toEqual(['thesis.txt'])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    rmSync(join(directory, 'thesis.txt'))
    for (const name of ['lost+found', '.bashrc', 'runtimes']) mkdirSync(join(directory, name))
    openDataDirectory(directory).close()
    writeFileSync(join(directory, 'notes.txt'), 'put there later')
    openDataDirectory(directory).close()
  }))

test('what is no directory, or can not be one, is named with the mend', () =>
  withScratch(async (directory) => {
    const file = join(directory, 'file')
    writeFileSync(file, '')
    expect(() => openDataDirectory(file)).toThrow(`${file} is a file, not a directory. Choose another`)
    expect(() => openDataDirectory(join(file, 'data'))).toThrow('is a file, not a directory. Choose another')
    expect(() => openDataDirectory('/proc/podium')).toThrow('/proc/podium cannot be made')
  }))

test('a directory that can not be used says why and what to do', () =>
  withScratch(async (directory) => {
    chmodSync(directory, 0o500)
    // Root may write anywhere, but its servers must be able to pass through.
    if (process.getuid?.() === 0) expect(() => openDataDirectory(join(directory, 'data'))).toThrow('chmod o+x')
    else expect(() => openDataDirectory(join(directory, 'data'))).toThrow('choose another data directory')
    chmodSync(directory, 0o700)
  }))
