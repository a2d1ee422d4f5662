import { afterAll, afterEach, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { embeddedBytes, embeddedText, listEmbedded } from '../embedded.ts'
import { findOrCreateAttempt } from '../store/attempts.ts'
import { newId } from '../store/storable.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { insertGuest } from '../store/users.ts'
import { createLog, silentLog } from '../telemetry/log.ts'
import { embeddedSource } from './content-source.ts'
import type { Exercise } from './exercise.ts'
import { keptVersions } from './kept-versions.ts'
import { listExercises } from './live-catalog.ts'
import { loadCatalog } from './load-catalog.ts'

setDefaultTimeout(120_000)

const { sql, drop } = await createTestDatabase()
const directory = mkdtempSync(join(tmpdir(), 'podium-versions-'))
afterAll(drop)
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
}

const folders = {
  'own/track.yaml': 'title: Own\n',
  'own/datasets/cinema/10-films.sql': 'CREATE TABLE film (id int, title text);\n',
  'own/datasets/cinema/20-film.csv': 'id,title\r\n1,"Ünï, first"\n',
  'own/datasets/cinema/hidden/1/20-film.csv': 'id,title\n2,Other\n',
  'own/first/exercise.yaml': 'title: First\nkind: sql\ndifficulty: easy\ndataset: cinema\nhints: [Look, Think]\n',
  'own/first/description.md': '\ufeffThe task, with a mark before it.\n',
  'own/first/solution.sql': 'SELECT * FROM film',
  'own/first/solution.2.sql': 'TABLE film',
  'own/first/wrong/none.sql': '-- Nothing\nSELECT 1',
}

function find(slug: string): Exercise {
  const { tracks, problems } = loadCatalog({ builtin: null, directories: [directory] })
  const found = listExercises({ tracks, problems }).find((exercise) => exercise.slug === slug)
  if (found === undefined) throw new Error(JSON.stringify(problems))
  return found
}

/** Without what is kept beside it: text and bytes of one file are the same file. */
const meaning = ({ content, ...exercise }: Exercise) => ({ ...exercise, paths: content.map(({ path }) => path).sort() })

/** Bytes as text, for what holds them may be of several kinds. */
const plain = (exercise: Exercise) =>
  JSON.stringify(meaning(exercise), (_, value) => (value instanceof Uint8Array ? [...value] : value))

test('a version means the same after its folder has gone and the program was started again', async () => {
  write(folders)
  const before = find('first')
  await keptVersions({ sql, log: silentLog }).keep(before)
  rmSync(directory, { recursive: true, force: true })
  const after = await keptVersions({ sql, log: silentLog }).find('first', before.version)
  if (after === null) throw new Error('The version is not kept')
  expect(meaning(after)).toEqual(meaning(before))
  expect(await keptVersions({ sql, log: silentLog }).find('first', 'another')).toBeNull()
})

test('a code exercise is kept with all its files, those that are no text as they are', async () => {
  write({
    'own/track.yaml': 'title: Own\n',
    'own/double/exercise.yaml':
      'title: Double\nkind: code\nlanguage: python\ndifficulty: easy\nfiles: { read: [picture.png] }\ngrading: { compare: io }\n',
    'own/double/description.md': 'Double it.',
    'own/double/starter/main.py': 'n = int(input())\n',
    'own/double/starter/picture.png': new Uint8Array([0x89, 0, 255, 254, 13, 10]),
    'own/double/solution/main.py': 'print(2 * int(input()))\n',
    'own/double/data/sample/1.in': '2',
    'own/double/data/sample/1.ans': '4',
    'own/double/data/secret/1.in': new Uint8Array([0xff, 0xfe]),
    'own/double/data/secret/1.ans': '0',
  })
  const before = find('double')
  expect(before.kind).toBe('code')
  await keptVersions({ sql, log: silentLog }).keep(before)
  rmSync(directory, { recursive: true, force: true })
  const after = await keptVersions({ sql, log: silentLog }).find('double', before.version)
  if (after === null) throw new Error('The version is not kept')
  expect(plain(after)).toEqual(plain(before))
})

test('every built-in exercise can be kept and means the same when it comes back', async () => {
  const builtin = embeddedSource({ list: listEmbedded, text: embeddedText, bytes: embeddedBytes })
  const all = listExercises(loadCatalog({ builtin, directories: [] }))
  expect(all.length).toBeGreaterThan(50)
  const versions = keptVersions({ sql, log: silentLog })
  for (const exercise of all) {
    await versions.keep(exercise)
    const found = await versions.find(exercise.slug, exercise.version)
    expect(found === null ? exercise.slug : meaning(found)).toEqual(meaning(exercise))
  }
})

test('a version that nobody has begun with goes, and is kept again for who begins now', async () => {
  write(folders)
  const exercise = find('first')
  const versions = keptVersions({ sql, log: silentLog })
  await versions.keep(exercise)
  expect(await versions.sweep()).toBeGreaterThan(0)
  expect(await keptVersions({ sql, log: silentLog }).find('first', exercise.version)).toBeNull()
  const userId = newId()
  await insertGuest(sql, { id: userId, now: new Date() })
  await findOrCreateAttempt(sql, { viewer: { userId }, exercise })
  await Promise.all([versions.keep(exercise), versions.sweep(), versions.keep(exercise)])
  await versions.keep(exercise)
  expect(await versions.sweep()).toBe(0)
  expect((await keptVersions({ sql, log: silentLog }).find('first', exercise.version))?.title).toBe('First')
})

test('a version that is too large is not kept, and the log says so once', async () => {
  write({ ...folders, 'own/datasets/cinema/30-more.sql': `-- ${'x'.repeat(65 * 1024 * 1024)}\n` })
  const lines: string[] = []
  const log = createLog({ level: 'info', format: 'json', write: (line) => lines.push(line) })
  const versions = keptVersions({ sql, log })
  const exercise = find('first')
  await Promise.all([versions.keep(exercise), versions.keep(exercise)])
  await versions.keep(exercise)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('too large to keep')
  expect(await versions.find('first', exercise.version)).toBeNull()
})
