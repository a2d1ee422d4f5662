/** Holds exercises/README.md to what the loader takes: an author has only that page. */
import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constructNames } from '../parsing/constructs.ts'
import { listExercises } from './live-catalog.ts'
import { loadCatalog } from './load-catalog.ts'

const exercises = join(import.meta.dir, '../../exercises')
const page = await Bun.file(join(exercises, 'README.md')).text()

test.each(['exercise.schema.json', 'track.schema.json'])(
  'the page for authors explains every key of %s',
  async (name) => {
    const { properties } = await Bun.file(join(exercises, name)).json()
    const keys = [...Object.keys(properties), ...Object.keys(properties.grading?.properties ?? {})]
    const missing = keys.filter((key) => !page.includes(`\`${key}\``) && !page.includes(`\`${key}.`))
    expect(missing).toEqual([])
  },
)

test('the page for authors names every construct', () => {
  expect(constructNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test("the page's code examples, pasted into a shell, are exercises without a problem", async () => {
  const directory = mkdtempSync(join(tmpdir(), 'podium-page-'))
  try {
    const script = scripts().find((text) => text.includes('kind: code')) ?? 'exit 1'
    const shell = Bun.spawn(['bash', '-e', '-c', script.replace('podium check', 'true')], { cwd: directory })
    expect(await shell.exited).toBe(0)
    const catalog = loadCatalog({ builtin: null, directories: [join(directory, 'my')] })
    expect(catalog.problems).toEqual([])
    expect(listExercises(catalog).map(({ slug, kind }) => [slug, kind])).toEqual([
      ['double', 'code'],
      ['initials', 'code'],
      ['tidy-up', 'code'],
    ])
  } finally {
    rmSync(directory, { recursive: true })
  }
})

function scripts(): string[] {
  return [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
}

test("the page's example, pasted into a shell, is an exercise without a problem", async () => {
  const directory = mkdtempSync(join(tmpdir(), 'podium-page-'))
  try {
    const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? []
    const shell = Bun.spawn(['sh', '-e', '-c', script.replace('podium check .', 'true')], { cwd: directory })
    expect(await shell.exited).toBe(0)
    const catalog = loadCatalog({ builtin: null, directories: [join(directory, 'my')] })
    expect(catalog.problems).toEqual([])
    expect(catalog.tracks[0]?.exercises[0]).toMatchObject({ slug: 'late-books', dataset: 'late-books', writes: false })
  } finally {
    rmSync(directory, { recursive: true })
  }
})
