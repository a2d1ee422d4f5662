/** A folder with one track that has one exercise which is not published, for proofs of who sees it. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchDirectory } from './program.ts'

/** The exercise's slug. */
export const draftSlug = 'not-out-yet'

/** What its reference answers with, and nothing else on the site says. */
export const draftSolution = 'select 4711 as secret_number'

/** Writes the folder and returns its path, for EXERCISES_DIR. */
export async function writeDraftContent(): Promise<string> {
  const directory = await scratchDirectory()
  const exercise = join(directory, 'workshop', draftSlug)
  await mkdir(exercise, { recursive: true })
  const files = {
    'workshop/track.yaml': 'title: Workshop\ndescription: Still being written.\n',
    [`workshop/${draftSlug}/exercise.yaml`]:
      'title: Not out yet\nkind: sql\ndifficulty: easy\npoints: 50\nwrites: false\npublished: false\n',
    [`workshop/${draftSlug}/description.md`]: 'Answer with the number.\n',
    [`workshop/${draftSlug}/solution.sql`]: draftSolution,
  }
  for (const [path, text] of Object.entries(files)) await Bun.write(join(directory, path), text)
  return directory
}
