import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { publishedSchemas } from './exercise-file.ts'

test.each(Object.keys(publishedSchemas))('the published %s says what the reader takes', async (name) => {
  const file = Bun.file(join(import.meta.dir, '../../exercises', name))
  const written = `${JSON.stringify(publishedSchemas[name], null, 2)}\n`
  // Where a key has changed, this writes the schema anew; the change then shows in the diff.
  if (process.env['PODIUM_WRITE_SCHEMAS'] === '1') await file.write(written)
  expect(await file.text()).toBe(written)
})
