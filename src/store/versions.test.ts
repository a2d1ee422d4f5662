import { afterAll, expect, test } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { findOrCreateAttempt } from './attempts.ts'
import { newId } from './storable.ts'
import { createTestDatabase } from './test-database.ts'
import { insertGuest } from './users.ts'
import { deleteUnusedVersions, findVersionFiles, insertVersion, isVersionKept } from './versions.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

const noise = randomBytes(600_000)
const dataset = { path: 'own/datasets/big/10-data.sql', bytes: noise }
const files = [
  { path: 'own/first/exercise.yaml', bytes: Buffer.from('title: "Ünï"\n') },
  { path: 'own/first/data/picture.png', bytes: Buffer.from([0, 255, 254, 0, 13, 10]) },
  { path: 'own/first/data/empty', bytes: Buffer.alloc(0) },
]

const countFiles = async () => Number((await sql`select count(*) as count from content_files`)[0]?.['count'])

test('a version comes back byte by byte, whatever its files hold and however large they are', async () => {
  const name = { slug: 'first', version: 'one' }
  expect(await isVersionKept(sql, name)).toBe(false)
  expect(await findVersionFiles(sql, name)).toEqual([])
  await insertVersion(sql, { ...name, files: [...files, dataset] })
  expect(await isVersionKept(sql, name)).toBe(true)
  const found = await findVersionFiles(sql, name)
  expect(found.map(({ path }) => path)).toEqual([...files, dataset].map(({ path }) => path).sort())
  for (const { path, bytes } of [...files, dataset]) {
    const same = found.find((file) => file.path === path)
    expect([path, Buffer.compare(same?.bytes ?? Buffer.from('absent'), bytes)]).toEqual([path, 0])
  }
  const pieces = await sql`select octet_length(content) as bytes from content_pieces order by 1 desc`
  expect(pieces[0]?.['bytes']).toBe(262_144)
})

test('files that versions share are kept once, and a version that is asked for twice or at once is kept once', async () => {
  const before = await countFiles()
  const two = {
    slug: 'first',
    version: 'two',
    files: [{ path: 'own/first/exercise.yaml', bytes: Buffer.from('2') }, dataset],
  }
  await Promise.all([insertVersion(sql, two), insertVersion(sql, two), insertVersion(sql, two)])
  expect(await countFiles()).toBe(before + 1)
  expect((await findVersionFiles(sql, two)).map(({ path }) => path)).toEqual([dataset.path, 'own/first/exercise.yaml'])
})

test('a version goes with the last attempt that began with it, and takes only files that nobody else has', async () => {
  const userId = newId()
  await insertGuest(sql, { id: userId, now: new Date() })
  await findOrCreateAttempt(sql, { viewer: { userId }, exercise: { slug: 'first', version: 'two' } })
  expect(await deleteUnusedVersions(sql)).toBe(1)
  expect(await isVersionKept(sql, { slug: 'first', version: 'one' })).toBe(false)
  expect(await findVersionFiles(sql, { slug: 'first', version: 'two' })).toHaveLength(2)
  expect(await countFiles()).toBe(2)
  await sql`delete from users where id = ${userId}`
  expect(await deleteUnusedVersions(sql)).toBe(1)
  expect([await countFiles(), (await sql`select 1 from content_pieces`).length]).toEqual([0, 0])
})
