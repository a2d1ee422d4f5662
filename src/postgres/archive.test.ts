import { expect, test } from 'bun:test'
import { packArchive, readArchive } from './archive.ts'

const body = new TextEncoder().encode('some text')

test('an archive gives back what was packed, in order', () => {
  const entries = [
    { path: 'bin', mode: 0o755 },
    { path: 'bin/postgres', mode: 0o755, body },
    { path: 'share/empty', mode: 0o644, body: new Uint8Array() },
  ]
  const read = [...readArchive(packArchive(entries))]
  expect(read.map(({ path, mode }) => ({ path, mode }))).toEqual(entries.map(({ path, mode }) => ({ path, mode })))
  expect(read[0]?.body).toBeUndefined()
  expect(new TextDecoder().decode(read[1]?.body)).toBe('some text')
  expect(read[2]?.body?.byteLength).toBe(0)
})

test('equal files make equal archives', () => {
  expect(packArchive([{ path: 'a', mode: 0o644, body }])).toEqual(packArchive([{ path: 'a', mode: 0o644, body }]))
})

test('an archive that is cut short or changed is refused', () => {
  const archive = packArchive([{ path: 'a', mode: 0o644, body: new Uint8Array(2000) }])
  expect(() => [...readArchive(archive.subarray(0, 1024))]).toThrow('ends within a')
  expect(() => [...readArchive(archive.subarray(0, 512 + 2048))]).toThrow('no end')
  const changed = Uint8Array.from(archive)
  changed[0] = 'b'.charCodeAt(0)
  expect(() => [...readArchive(changed)]).toThrow('damaged')
})

test('an archive that leads out of its directory is refused', () => {
  for (const path of ['../a', '/a', 'a/../../b']) {
    const archive = packArchive([{ path, mode: 0o644, body }])
    expect(() => [...readArchive(archive)]).toThrow('leads out')
  }
})
