/** What an exercise's page says of the exercises around it. */
import { expect, test } from 'bun:test'
import { openCatalog } from '../catalog/live-catalog.ts'
import { nextOf } from './exercise-page.ts'

const exerciseOf = (track: string, slug: string, more = '') => ({
  [`${track}/${slug}/exercise.yaml`]: `title: ${slug}\nkind: sql\ndifficulty: easy\n${more}`,
  [`${track}/${slug}/description.md`]: 'Task',
  [`${track}/${slug}/solution.sql`]: 'SELECT 1',
  [`${track}/${slug}/dataset/10-rows.sql`]: 'CREATE TABLE t ()',
})

const files: Record<string, string> = {
  'a-late/track.yaml': 'title: Late\norder: 2\nexercises: [fourth]\n',
  ...exerciseOf('a-late', 'fourth'),
  'b-early/track.yaml': 'title: Early\norder: 1\nexercises: [first, second, third]\n',
  ...exerciseOf('b-early', 'first'),
  ...exerciseOf('b-early', 'second', 'published: false\n'),
  ...exerciseOf('b-early', 'third'),
}

const builtin = {
  name: 'content',
  list: () => Object.keys(files).sort(),
  text: (path: string) => files[path] ?? '',
  bytes: (path: string) => Buffer.from(files[path] ?? ''),
}

test('after an exercise comes the next one of its track that one may see, then the first of the next track', () => {
  const library = openCatalog({ builtin, directories: [] })
  const after = (slug: string, sight: 'all' | 'published') => {
    const exercise = library.find(slug, 'all')
    if (exercise === null) throw new Error(JSON.stringify(library.current().problems))
    return nextOf(library, exercise, sight)?.slug ?? null
  }
  expect(after('first', 'published')).toBe('third')
  expect(after('first', 'all')).toBe('second')
  expect(after('third', 'published')).toBe('fourth')
  expect(after('fourth', 'published')).toBeNull()
  library.stop()
})
