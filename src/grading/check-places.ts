/** Where in an exercise's own files something stands that failed: line and key, as problems of content have them. */
import type { SqlExercise } from '../catalog/exercise.ts'
import { exerciseFile } from '../catalog/exercise-file.ts'
import { readYaml } from '../yaml/yaml-reader.ts'
import type { CheckFailure } from './check-report.ts'

/** The failure with the line of this key of exercise.yaml, for example `grading.equivalent[1]`. */
export function atKey(exercise: SqlExercise, key: string, failure: Omit<CheckFailure, 'file'>): CheckFailure {
  const source = textOf(exercise, 'exercise.yaml')
  const place = source === null ? {} : { line: readYaml(source, '', exerciseFile).lineOf(key) }
  return { ...failure, file: 'exercise.yaml', key, ...place }
}

/** The failure with the line on which this check of checks.sql begins. */
export function atCheck(exercise: SqlExercise, name: string, failure: Omit<CheckFailure, 'file'>): CheckFailure {
  const lines = textOf(exercise, 'checks.sql')?.split('\n') ?? []
  const place = lines.findIndex((line) => /^--\s*check:\s*(.*)$/.exec(line.trimEnd())?.[1]?.trim() === name)
  return { ...failure, file: 'checks.sql', key: name, ...(place < 0 ? {} : { line: place + 1 }) }
}

function textOf({ content, track, slug }: SqlExercise, name: string): string | null {
  const found = content.find(({ path }) => path === `${track}/${slug}/${name}`)?.content
  return found === undefined ? null : typeof found === 'string' ? found : new TextDecoder().decode(found)
}
