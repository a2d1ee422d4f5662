/** From the `grading` key and the folders data/, tests/ and check/ to the rules by which a code exercise is graded. */
import type { CodeGrading, IoCase, IoMatch, JudgeProgram, TestFile, TestFramework, Weight } from './code-exercise.ts'
import type { ExerciseFile, GradingFile } from './exercise-file.ts'
import { type ExerciseFiles, entryOf, filesBelow, type Report } from './exercise-files.ts'
import { toleranceUnlessSaid } from './read-grading.ts'

interface Parts {
  files: ExerciseFiles
  read: ExerciseFile
  language: string
  report: Report
}

type Compare = CodeGrading['compare']

/** Which way of comparing a key belongs to. */
const ownKeys: Readonly<Record<string, readonly Compare[]>> = {
  match: ['io'],
  tolerance: ['io'],
  ignore_case: ['io'],
  framework: ['tests'],
  judge: ['io', 'checks'],
  whole: ['io'],
}

/** Which way of comparing a folder belongs to. */
const ownFolders: Readonly<Record<string, readonly Compare[]>> = {
  data: ['io'],
  tests: ['tests'],
  check: ['io', 'checks'],
}

const casesMax = 500

/** Groups of cases that count only as a whole; one that nothing belongs to is a slip. */
function readWhole({ files, report }: Parts, { whole = [] }: GradingFile): readonly string[] {
  const names = files.names.flatMap((name) => /^data\/((?:sample|secret)\/.+)\.in$/.exec(name)?.[1] ?? [])
  for (const [index, pattern] of whole.entries()) {
    const isThere = names.some((name) =>
      pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
    )
    if (!isThere)
      report({ key: `grading.whole[${index}]` }, `There is no case ${pattern} in data/; write "secret/one/*"`)
  }
  return whole
}

/** Puts the rules together; what is wrong is reported. */
export function readCodeGrading(parts: Parts): CodeGrading {
  const { files, read, report } = parts
  const file = read.grading ?? {}
  const compare = compareOf(file, report)
  for (const [key, modes] of Object.entries(ownKeys)) {
    if (Object.hasOwn(file, key) && !modes.includes(compare))
      report(
        { key: `grading.${key}` },
        `"${key}" goes with compare: ${modes.join(' or ')}, and here it is ${compare}; remove it`,
      )
  }
  for (const [folder, modes] of Object.entries(ownFolders)) {
    if (files.names.some((name) => name.startsWith(`${folder}/`)) && !modes.includes(compare))
      report(
        { key: 'grading.compare' },
        `There is a folder ${folder}/, which compare: ${compare} does not use; remove it`,
      )
  }
  const weights = Object.entries(file.weights ?? {}).map(([name, weight]): Weight => ({ name, weight }))
  switch (compare) {
    case 'io':
      return { ...readIo(parts, file), weights, whole: readWhole(parts, file) }
    case 'tests':
      return { compare, framework: frameworkOf(parts, file), tests: readTests(parts), weights }
    case 'checks':
      if (read.files?.hidden !== undefined)
        report(
          { key: 'files.hidden' },
          'With compare: checks people see what the program prints; what is hidden belongs into check/',
        )
      return { compare, script: readJudge(parts, file), weights }
  }
}

function compareOf({ compare }: GradingFile, report: Report): Compare {
  if (compare === 'io' || compare === 'tests' || compare === 'checks') return compare
  report({ key: 'grading.compare' }, 'With kind: code, say how answers are judged: compare: io, tests or checks')
  return 'io'
}

function readIo(parts: Parts, file: GradingFile) {
  const { files, report } = parts
  const match: IoMatch = file.match ?? 'tokens'
  const needsJudge = match === 'checker' || match === 'interactive'
  const hasJudge = files.names.some((name) => name.startsWith('check/'))
  if (file.tolerance !== undefined && match !== 'float')
    report({ key: 'grading.tolerance' }, '"tolerance" goes with match: float; say so or remove it')
  if (hasJudge && !needsJudge)
    report(
      { key: 'grading.match' },
      'There is a folder check/, which only match: checker and interactive use; say so or remove it',
    )
  const judge = needsJudge ? readJudge(parts, file) : null
  const tolerance = file.tolerance ?? toleranceUnlessSaid
  if (file.ignore_case === true && match !== 'tokens' && match !== 'float')
    report({ key: 'grading.ignore_case' }, '"ignore_case" goes with match: tokens or float; say so or remove it')
  const ignoresCase = file.ignore_case ?? false
  return { compare: 'io' as const, match, tolerance, ignoresCase, cases: readCases(parts, match), judge }
}

function readCases({ files, report }: Parts, match: IoMatch): IoCase[] {
  const inputs = files.names.filter((name) => /^data\/(sample|secret)\/.+\.in$/.test(name))
  const answers = files.names.filter((name) => /^data\/(sample|secret)\/.+\.ans$/.test(name))
  for (const name of answers) {
    if (!inputs.includes(name.replace(/\.ans$/, '.in')))
      report({ file: name }, 'There is no .in file of this name beside it')
  }
  if (inputs.length === 0) report({ file: 'data/' }, 'There is no case; add data/sample/1.in and data/sample/1.ans')
  if (inputs.length > casesMax)
    report({ file: 'data/' }, `There are ${inputs.length} cases; at most ${casesMax} are run`)
  return inputs
    .map((name): IoCase => {
      const expected = files.bytes(name.replace(/\.in$/, '.ans'))
      if (expected === null && match !== 'interactive')
        report({ file: name.replace(/\.in$/, '.ans') }, missingAnswer(match))
      const input = files.bytes(name) ?? new Uint8Array()
      const isVisible = name.startsWith('data/sample/')
      return {
        name: name.slice('data/'.length, -'.in'.length),
        isVisible,
        input,
        expected: expected ?? new Uint8Array(),
      }
    })
    .sort((one, other) => Number(other.isVisible) - Number(one.isVisible) || byNumber(one.name, other.name))
}

function missingAnswer(match: IoMatch): string {
  if (match !== 'checker') return 'The file is missing; it holds the output that is right'
  return 'The file is missing; it holds one output that is right, which the checker may read and sample cases show. It may be empty'
}

const collator = new Intl.Collator('en', { numeric: true })

/** 2 before 10. */
function byNumber(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : 1)
}

const frameworkUnlessSaid: Readonly<Record<string, TestFramework>> = {
  python: 'unittest',
  javascript: 'node:test',
  typescript: 'bun test',
}

const frameworksOf: Readonly<Record<string, readonly TestFramework[]>> = {
  python: ['unittest', 'pytest'],
  javascript: ['node:test', 'bun test'],
  typescript: ['bun test'],
}

function frameworkOf({ language, report }: Parts, { framework }: GradingFile): TestFramework {
  const found = framework ?? frameworkUnlessSaid[language]
  const known = frameworksOf[language]
  if (framework !== undefined && known !== undefined && !known.includes(framework))
    report({ key: 'grading.framework' }, `${framework} does not test ${language}; ${known.join(' and ')} do`)
  // That the language is missing has been said.
  if (found === undefined && language !== '')
    report({ key: 'grading.compare' }, `compare: tests needs the framework where the language is ${language}; add it`)
  return found ?? 'unittest'
}

const testNames: Readonly<Record<TestFramework, RegExp>> = {
  unittest: /(^|\/)(test_[^/]*|[^/]*_test)\.py$/,
  pytest: /(^|\/)(test_[^/]*|[^/]*_test)\.py$/,
  'node:test': /[._](test|spec)\.[cm]?[jt]s$/,
  'bun test': /[._](test|spec)\.[cm]?[jt]sx?$/,
}

/** Whether a file holds tests, and is not only there for those that do. */
export function isTestFile(framework: TestFramework, path: string): boolean {
  return testNames[framework].test(path)
}

function readTests(parts: Parts): TestFile[] {
  const { files, read, report } = parts
  const tests = (['visible', 'hidden'] as const).flatMap((folder) =>
    filesBelow(files, `tests/${folder}`).map((file) => ({ ...file, isVisible: folder === 'visible' })),
  )
  const framework = frameworkOf({ ...parts, report: () => {} }, read.grading ?? {})
  if (!tests.some(({ path }) => isTestFile(framework, path)))
    report({ file: 'tests/' }, `There is no test; ${framework} finds tests in files like ${exampleOf(framework)}`)
  const twice = tests.find(({ path }, index) => tests.findIndex((other) => other.path === path) !== index)
  if (twice !== undefined)
    report(
      { file: `tests/hidden/${twice.path}` },
      'There is a file of this name in tests/visible/ too, and both go to one place; rename one',
    )
  for (const { path, isVisible } of tests) {
    if (files.names.includes(`starter/${path}`))
      report(
        { file: `tests/${isVisible ? 'visible' : 'hidden'}/${path}` },
        'There is a file of this name in starter/ too, and both go to one place; rename one',
      )
  }
  return tests
}

function exampleOf(framework: TestFramework): string {
  if (framework === 'unittest' || framework === 'pytest') return 'test_name.py'
  return framework === 'node:test' ? 'name.test.mjs' : 'name.test.ts'
}

function readJudge({ files, language, report }: Parts, { judge = {} }: GradingFile): JudgeProgram {
  const own = filesBelow(files, 'check')
  const paths = own.map(({ path }) => path)
  const entry = judge.entry ?? entryOf(paths, 'check')
  if (own.length === 0)
    report({ file: 'check/' }, 'The program that judges is missing; add it, for example check/check.py')
  else if (entry === null) report({ key: 'grading.judge' }, 'Say which file of check/ is run: "entry: check.py"')
  else if (!paths.includes(entry)) report({ key: 'grading.judge.entry' }, `There is no ${entry} in check/`)
  return { language: judge.language ?? language, entry: entry ?? '', files: own, flags: judge.flags ?? [] }
}
