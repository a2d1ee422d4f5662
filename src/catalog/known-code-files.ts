/** Which files mean something in the folder of a code exercise: a slip in a name would otherwise pass in silence. */
import { pathProblem } from './answer-files.ts'
import type { ExerciseFiles, Report } from './exercise-files.ts'

const known = [
  /^(exercise\.yaml|[^/]+\.md)$/,
  /^(starter|solution|solution\.\d+|check|dataset)\/.+$/,
  /^wrong\/[^/]+\/[^/]+\/.+$/,
  /^tests\/(visible|hidden)\/.+$/,
  /^data\/(sample|secret)\/(.+\/)?[^/]+\.(in|ans)$/,
]

const message =
  'A code exercise has no file of this name; there are exercise.yaml, description.md, starter/, solution/, solution.2/, wrong/VERDICT/NAME/, data/sample/*.in and *.ans, data/secret/, tests/visible/, tests/hidden/, check/ and dataset/'

/** Reports files that would be passed over, and names that can't be in a workspace. */
export function reportStrangeFiles({ names }: ExerciseFiles, report: Report): void {
  for (const name of names) {
    if (!known.some((pattern) => pattern.test(name))) report({ file: name }, message)
    const problem = pathProblem(name)
    if (problem !== null) report({ file: name }, `The name ${problem}; rename it`)
  }
}
