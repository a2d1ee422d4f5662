import { afterEach, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type LiveCatalog, openCatalog } from './live-catalog.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-content-'))
let catalog: LiveCatalog | null = null

afterEach(() => {
  catalog?.stop()
  rmSync(directory, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  const whole = join(directory, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
}

function writeExercise(slug: string, title: string): void {
  write('own/track.yaml', 'title: Own\n')
  write(`own/${slug}/exercise.yaml`, `title: ${title}\nkind: sql\ndifficulty: easy\n`)
  write(`own/${slug}/description.md`, 'Task')
  write(`own/${slug}/solution.sql`, 'SELECT 1')
}

test('a folder that is added or changed appears without a restart, and its earlier version stays reachable', async () => {
  writeExercise('first', 'First')
  const changed = Promise.withResolvers<void>()
  catalog = openCatalog(
    { builtin: null, directories: [directory] },
    { onChange: () => changed.resolve(), intervalMs: 10 },
  )
  const before = catalog.find('first')
  expect(before?.title).toBe('First')
  writeExercise('first', 'Renamed')
  writeExercise('second', 'Second')
  await changed.promise
  expect(catalog.find('second')?.title).toBe('Second')
  expect(catalog.find('first')?.title).toBe('Renamed')
  expect(catalog.findVersion('first', before?.version ?? '')?.title).toBe('First')
  expect(catalog.findVersion('first', 'unknown')).toBeNull()
})

test('a folder that breaks is reported, and its last sound version stays reachable', () => {
  writeExercise('first', 'First')
  catalog = openCatalog({ builtin: null, directories: [directory] })
  const version = catalog.find('first')?.version ?? ''
  write('own/first/exercise.yaml', 'title: [\n')
  expect(catalog.refresh()).toBe(true)
  expect(catalog.find('first')).toBeNull()
  expect(catalog.current().problems).toHaveLength(1)
  expect(catalog.findVersion('first', version)?.title).toBe('First')
})

test('what is not published is there for those who see all, and nowhere for others', () => {
  writeExercise('first', 'First')
  write('own/first/exercise.yaml', 'title: First\nkind: sql\ndifficulty: easy\npublished: false\n')
  writeExercise('second', 'Second')
  catalog = openCatalog({ builtin: null, directories: [directory] })
  expect(catalog.find('first')).toBeNull()
  expect(catalog.current().tracks[0]?.exercises.map(({ slug }) => slug)).toEqual(['second'])
  const draft = catalog.find('first', 'all')
  expect(draft?.isPublished).toBe(false)
  expect(catalog.findVersion('first', draft?.version ?? '')).toBeNull()
  expect(catalog.findVersion('first', draft?.version ?? '', 'all')).toBe(draft)
  writeExercise('first', 'First')
  catalog.refresh()
  expect(catalog.find('first')?.title).toBe('First')
})

test('a track of nothing but unpublished exercises is not shown to learners', () => {
  writeExercise('first', 'First')
  write('own/first/exercise.yaml', 'title: First\nkind: sql\ndifficulty: easy\npublished: false\n')
  catalog = openCatalog({ builtin: null, directories: [directory] })
  expect(catalog.current().tracks).toEqual([])
  expect(catalog.current('all').tracks).toHaveLength(1)
})

test('what is wrong in languages’ files is told with the exercises’ problems, and goes with them', () => {
  writeExercise('first', 'First')
  write('runtimes/lua.yaml', 'title: [\n')
  const problem = { file: 'runtimes/lua.yaml', line: 1, key: 'title', message: 'This is no title' }
  let problems = [problem]
  const languages = () => ({ names: ['python'], problems })
  catalog = openCatalog({ builtin: null, directories: [directory], languages })
  expect(catalog.current().problems).toEqual([problem])
  problems = []
  write('runtimes/lua.yaml', 'title: Lua\n')
  expect(catalog.refresh()).toBe(true)
  expect(catalog.current().problems).toEqual([])
})

test('links out of the folder are not followed', () => {
  writeExercise('first', 'First')
  symlinkSync('/etc/hostname', join(directory, 'own/first/starter.sql'))
  catalog = openCatalog({ builtin: null, directories: [directory] })
  expect(catalog.find('first')?.starter).toBe('')
})

test('a directory that is absent is a problem, and is taken up once it is there', () => {
  const absent = join(directory, 'later')
  catalog = openCatalog({ builtin: null, directories: [absent] })
  expect(catalog.current().problems[0]?.message).toContain("can't be read")
  write('later/own/track.yaml', 'title: Own\n')
  expect(catalog.refresh()).toBe(true)
  expect(catalog.current().tracks).toHaveLength(1)
})
