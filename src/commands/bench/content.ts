/** What the bench works on: a dataset whose template is 8 MB, and exercises over it that nobody else has. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageRecipe } from '../../pods/driver.ts'

/** How many exercises there are: so many fresh attempts a person can begin. */
export const exercisesMax = 40

const schema = `create table reading (id integer primary key, station text not null, taken date not null, level numeric not null);
insert into reading
  select number, 'station ' || number % 7, date '2025-01-01' + number % 365, number % 113 / 10.0
  from generate_series(1, 1000) as number;`

/** The query that is timed: a small answer that has to read the table. */
export const query = 'select station, count(*), max(level) from reading group by station order by station'

/** The rows that it returns. */
export const queryRows = 7

/** The dataset. Different editions are different images with the same content. */
export function recipeOf(edition: string): ImageRecipe {
  return { seed: 1, files: [{ name: 'reading.sql', format: 'sql', text: `-- edition ${edition}\n${schema}` }] }
}

/** The name of an exercise. */
export function slugOf(number: number): string {
  return `bench-${number}`
}

/** Writes a folder for EXERCISES_DIR with one track, all of whose exercises share the dataset; none is hidden. */
export async function writeExercises(directory: string): Promise<void> {
  const track = join(directory, 'bench')
  await mkdir(join(track, 'datasets/reading'), { recursive: true })
  await writeFile(join(track, 'track.yaml'), 'title: Bench\n')
  await writeFile(join(track, 'datasets/reading/10-reading.sql'), schema)
  for (let number = 0; number < exercisesMax; number += 1) {
    const folder = join(track, slugOf(number))
    await mkdir(folder)
    const yaml = [`title: Bench ${number}`, 'kind: sql', 'difficulty: easy', 'dataset: reading', 'writes: true']
    await writeFile(join(folder, 'exercise.yaml'), `${yaml.join('\n')}\n`)
    await writeFile(join(folder, 'description.md'), 'How many readings, and the highest level, by station.\n')
    await writeFile(join(folder, 'solution.sql'), `${query};\n`)
  }
}
