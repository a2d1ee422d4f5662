import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rememberVersions } from './version-cache.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-versions-'))
const program = join(directory, 'program')
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function askOnce(): Promise<{ said: (string | null)[]; asked: number }> {
  let asked = 0
  const { ask, save } = rememberVersions(directory, async () => {
    asked += 1
    return 'program 1.2'
  })
  const said = [await ask([program, '--version']), await ask([program, '-v'])]
  save()
  return { said, asked }
}

test('a program is asked once for its version, until it is replaced or the memory is damaged', async () => {
  writeFileSync(program, 'old')
  const said = ['program 1.2', 'program 1.2']
  expect(await askOnce()).toEqual({ said, asked: 2 })
  expect(await askOnce()).toEqual({ said, asked: 0 })
  writeFileSync(program, 'newer')
  expect(await askOnce()).toEqual({ said, asked: 2 })
  writeFileSync(join(directory, 'versions.json'), '{"broken')
  expect(await askOnce()).toEqual({ said, asked: 2 })
})

test('a program that does not answer is asked again', async () => {
  let asked = 0
  const { ask, save } = rememberVersions(directory, async () => {
    asked += 1
    return null
  })
  expect(await ask(['/nowhere'])).toBeNull()
  expect(await ask(['/nowhere'])).toBeNull()
  save()
  expect(asked).toBe(2)
})
