import { afterAll, expect, test } from 'bun:test'
import { listAudit } from '../store/audit.ts'
import { createTestDatabase } from '../store/test-database.ts'
import { auditCatalogChanges, catalogChanges } from './audit-changes.ts'
import { memorySource } from './content-source.ts'
import type { Catalog } from './exercise.ts'
import { loadCatalog } from './load-catalog.ts'

const { sql, drop } = await createTestDatabase()
afterAll(drop)

function catalogOf(titles: Record<string, string>, track = 'title: Own\n'): Catalog {
  const files = Object.entries(titles).flatMap(([slug, title]) => [
    { path: `own/${slug}/exercise.yaml`, content: `title: ${title}\nkind: sql\ndifficulty: easy\n` },
    { path: `own/${slug}/description.md`, content: 'Task' },
    { path: `own/${slug}/solution.sql`, content: 'SELECT 1' },
  ])
  return loadCatalog({
    builtin: memorySource('test', [{ path: 'own/track.yaml', content: track }, ...files]),
    directories: [],
  })
}

test('what was read again and is the same is no change', () => {
  expect(catalogChanges(catalogOf({ first: 'First' }), catalogOf({ first: 'First' }))).toBeNull()
})

test('exercises that came, changed and went are named, and a changed track is a change too', () => {
  const changes = catalogChanges(
    catalogOf({ first: 'First', second: 'Second', third: 'Third' }),
    catalogOf({ first: 'First', second: 'Renamed', fourth: 'Fourth' }),
  )
  expect(changes).toEqual({ added: ['fourth'], changed: ['second'], removed: ['third'], problems: 0 })
  const renamed = catalogChanges(catalogOf({ first: 'First' }), catalogOf({ first: 'First' }, 'title: Mine\n'))
  expect(renamed).toEqual({ added: [], changed: [], removed: [], problems: 0 })
  expect(catalogChanges(catalogOf({ first: 'First' }), catalogOf({ first: '[' }))).toMatchObject({
    removed: ['first'],
    problems: expect.any(Number),
  })
})

test('administrators read it in the audit log, of many exercises the first and how many more', async () => {
  const many = Array.from({ length: 25 }, (_, number) => `exercise-${number}`)
  const changes = { added: many, changed: ['first'], removed: [], problems: 2 }
  await auditCatalogChanges(sql, changes, new Date())
  const [row] = await listAudit(sql, { action: 'catalog' })
  expect(row).toMatchObject({ action: 'catalog.changed', actorName: null, detail: { changed: 'first', problems: 2 } })
  expect(row?.detail['added']).toEndWith('exercise-19 and 5 more')
  expect(row?.detail['removed']).toBeUndefined()
})
