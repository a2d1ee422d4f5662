import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCheckout } from './checkout.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-checkout-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('links within a checkout are followed, those out of it and around in circles are told', () => {
  const path = join(home, 'linked')
  mkdirSync(join(path, 'a/b'), { recursive: true })
  writeFileSync(join(path, 'a/b/file'), '')
  symlinkSync('a/b', join(path, 'short'))
  symlinkSync('..', join(path, 'a/b/up'))
  symlinkSync('/etc/passwd', join(path, 'out'))
  const checkout = openCheckout(path)
  expect(checkout.files('')).toEqual(['a/b/file', 'short/file'])
  expect(checkout.strayLinks()).toEqual(['a/b/up', 'out'])
  expect(checkout.text('out')).toBeNull()
})

test('folders that lead to each other by ever more ways are not all walked, though they have no file', () => {
  const path = join(home, 'folded')
  for (let level = 0; level < 20; level += 1) {
    mkdirSync(join(path, String(level)), { recursive: true })
    for (const name of ['one', 'other']) symlinkSync(join(path, String(level + 1)), join(path, String(level), name))
  }
  mkdirSync(join(path, '20'))
  expect(() => openCheckout(path).files('')).toThrow('more than 20000 files and folders')
})
