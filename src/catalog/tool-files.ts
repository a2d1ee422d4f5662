/**
 * Which files of an answer would speak to the tools that test it instead of being tested: settings that a test framework
 * or a runtime reads by itself, a place of the runner's, and modules that the tests would load in place of their own.
 * What the exercise itself offers for editing, or a reference solution has, is the author's decision.
 */
import type { CodeExercise, TestsGrading } from './code-exercise.ts'

/** What decides which files an answer may have. */
export type ToolFileFacts = Pick<CodeExercise, 'files' | 'grading'>

/** Read by frameworks, by Python and by Bun before or beside the tests. */
const settingNames =
  /^(conftest\.py|\.?pytest\.ini|\.?pytest\.toml|tox\.ini|setup\.cfg|pyproject\.toml|(site|user)customize\.py|pyvenv\.cfg|.*\.pth|\.?bunfig\.toml|\.env(\..*)?|[jt]sconfig(\..*)?\.json)$/
/** Folders whose content is read in the same way. */
const settingFolders = /^(\.podium|.*\.(dist|egg)-info|(site|user)customize|conftest|__pycache__)$/

/**
 * Why a file can't be part of an answer that tests judge, as the end of a sentence; null where it can. `offered`: paths that
 * the author gives to the learner.
 */
export function toolFileProblem(path: string, { grading }: ToolFileFacts, offered: ReadonlySet<string>): string | null {
  if (grading.compare !== 'tests' || offered.has(path)) return null
  const folders = path.split('/')
  const name = folders.pop() ?? ''
  if (settingNames.test(name) || folders.some((folder) => settingFolders.test(folder)))
    return 'would change how answers are tested'
  return standsFor(path, grading, offered) ? 'has the name of something that the tests bring or import' : null
}

/** `support.tsx` and `support/__init__.py` are found before the author's `support.ts` and `support.py`. */
function standsFor(path: string, grading: TestsGrading, offered: ReadonlySet<string>): boolean {
  const own = grading.tests.map((test) => stemOf(test.path))
  if (own.some((stem) => stem === stemOf(path) || path.startsWith(`${stem}/`))) return true
  if (!/^(unittest|pytest)$/.test(grading.framework)) return false
  const top = stemOf(path.split('/')[0] ?? '')
  const isOffered = [...offered].some((each) => stemOf(each.split('/')[0] ?? '') === top)
  return !isOffered && importedBy(grading).has(top)
}

function stemOf(path: string): string {
  return path.replace(/(?<=[^/])\.[^./]*$/, '')
}

/** Names that Python's tests import from the top, for example `random`. */
function importedBy({ tests }: TestsGrading): Set<string> {
  const names = new Set<string>()
  for (const { path, content } of tests) {
    if (!path.endsWith('.py')) continue
    for (const [, from, list] of new TextDecoder().decode(content).matchAll(importLine))
      for (const name of from === undefined ? (list ?? '').split(',') : [from])
        names.add(name.trim().split(/[\s.]/)[0] ?? '')
  }
  return names
}

const importLine = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/gm
