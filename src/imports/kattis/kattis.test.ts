import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decodeAnswer } from '../../catalog/answer-files.ts'
import type { CodeExercise } from '../../catalog/code-exercise.ts'
import { requireCode } from '../../catalog/kinds.ts'
import { loadCatalog } from '../../catalog/load-catalog.ts'
import { importKattis } from './kattis.ts'

const directory = mkdtempSync(join(tmpdir(), 'podium-kattis-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let count = 0

/** Writes packages and returns the folder that holds them. */
function packages(files: Record<string, string>): string {
  count += 1
  const folder = join(directory, `Contest ${count}`)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Imports it, and what loads of that. */
async function imported(files: Record<string, string>, measure: Parameters<typeof importKattis>[0]['measure'] = null) {
  const to = join(directory, `out-${count + 1}`)
  const report = await importKattis({ from: packages(files), to, measure })
  const { tracks, problems } = loadCatalog({ builtin: null, directories: report.exercises > 0 ? [to] : [] })
  expect(problems).toEqual([])
  const exercises = tracks.flatMap((track) => track.exercises).map(requireCode)
  const find = (slug: string): CodeExercise => {
    const found = exercises.find((each) => each.slug === slug)
    if (found === undefined) throw new Error(`no ${slug} among ${exercises.map((each) => each.slug)}`)
    return found
  }
  return { report, to, exercises, find }
}

const legacy = {
  'twice/problem.yaml':
    'name: Twice as much\nauthor: Ada <ada@example.org>, Bo\nlicense: cc by-sa\nrights_owner: The Choir\nlimits:\n  memory: 512\n',
  'twice/.timelimit': '3\n',
  'twice/problem_statement/problem.en.tex': '\\problemname{Twice}\nPrint $2n$. \\odd{}\n',
  'twice/problem_statement/problem.sv.tex': 'Skriv $2n$.\n',
  'twice/data/sample/1.in': '1\n',
  'twice/data/sample/1.ans': '2\n',
  'twice/data/secret/small/1.in': '4\n',
  'twice/data/secret/small/1.ans': '8\n',
  'twice/data/secret/small/1.desc': 'Four.\n',
  'twice/submissions/accepted/fine.py': 'print(2 * int(input()))\n',
  'twice/submissions/accepted/Fine.java': 'public class Fine { public static void main(String[] args) {} }\n',
  'twice/submissions/accepted/Other.java': 'public class Other { public static void main(String[] args) {} }\n',
  'twice/submissions/accepted/fine.hs': 'main = interact id\n',
  'twice/submissions/accepted/old.py': '#!/usr/bin/env python2\nprint 2 * input()\n',
  'twice/submissions/wrong_answer/once.py': '#!/usr/bin/env python3\nprint(input())\n',
  'twice/submissions/time_limit_exceeded/slow.py': 'while True: pass\n',
  'twice/submissions/run_time_error/memory.py': 'print("x" * 10**10)\n',
  'twice/submissions/wrong_answer/once.cc': 'int main() {}\n',
}

test('a legacy package becomes an exercise for each language with an accepted submission', async () => {
  const { report, exercises, find } = await imported(legacy)
  expect(report).toMatchObject({ takenOver: 1, leftOut: 0, exercises: 2 })
  expect(exercises.map(({ slug, language, title }) => [slug, language, title])).toEqual([
    ['twice', 'python', 'Twice as much'],
    ['twice-java', 'java', 'Twice as much (Java)'],
  ])
  const python = find('twice')
  expect(python).toMatchObject({
    ...{ entry: 'main.py', limits: { cpuMs: 3000, memoryBytesMax: 512 * 1024 ** 2 } },
    grading: { compare: 'io', match: 'tokens', ignoresCase: true },
    source: { name: null, license: 'CC BY-SA, rights: The Choir', authors: ['Ada', 'Bo'] },
  })
  expect(python.descriptionHtml).toContain('Print 2n.')
  expect(python.descriptionHtml).toContain('CC BY-SA')
})

test('submissions of a package become references and wrong answers with the verdict of their folder', async () => {
  const { find } = await imported(legacy)
  const { wrongAnswers, solutions } = find('twice')
  expect(wrongAnswers.map(({ name, verdict }) => `${verdict}/${name}`).sort()).toEqual([
    'memory_limit/memory-py',
    'time_limit/slow-py',
    'wrong_answer/once-py',
  ])
  const once = wrongAnswers.find(({ name }) => name === 'once-py')
  expect(decodeAnswer(once?.answer ?? '').get('main.py')).toBe(
    '#!/usr/bin/env python3\n# From submissions/wrong_answer/once.py of the problem package.\nprint(input())\n',
  )
  expect(solutions).toHaveLength(1)
  const java = find('twice-java')
  expect(java.entry).toBe('Fine.java')
  expect(decodeAnswer(java.solutions[1] ?? '').get('Fine.java')).toContain('Other.main(args)')
})

test('the report of a package names every submission and command that was left out, and why', async () => {
  const { report } = await imported(legacy)
  expect(report.items[0]?.notes).toEqual([
    'Not understood in problem_statement/problem.en.tex: \\odd. Look over the description.',
    'Left out: submissions/accepted/fine.hs, for Podium has no language for .hs.',
    'Left out: submissions/accepted/old.py, for it is in Python 2.',
    'Left out: submissions/wrong_answer/once.cc, for there is no accepted submission in C++.',
  ])
})

const base = {
  'p/problem.yaml':
    'problem_format_version: 2023-07-draft\nname: { en: Close, sv: Nära }\nlicense: cc0\ncredits:\n  authors: [{ name: Cleo }]\nsource: { name: A contest, url: "https://example.org" }\n',
  'p/statement/problem.md': '# Close\n\nPrint $\\frac{1}{n}$, not `$n$`.\n\n![a cat](cat.png)\n',
  'p/data/secret/1.in': '2\n',
  'p/data/secret/1.ans': '0.5\n',
  'p/submissions/accepted/a.py': 'print(1 / int(input()))\n',
}

test('a package of 2023-07 with a statement in Markdown is taken over, with people and source', async () => {
  const { find, report } = await imported(base)
  expect(find('p')).toMatchObject({
    title: 'Close',
    source: { name: 'A contest', url: 'https://example.org', license: 'cc0', authors: ['Cleo'] },
  })
  expect(find('p').descriptionHtml).toContain('Print 1/n, not <code>$n$</code>.')
  expect(report.items[0]?.notes).toContain('Pictures are left out: cat.png.')
})

test.each([
  ['float_tolerance 1e-4', { match: 'float', tolerance: 1e-4, ignoresCase: true }],
  ['case_sensitive', { match: 'tokens', ignoresCase: false }],
  ['float_absolute_tolerance 1e-4', { match: 'checker', judge: { entry: 'default_validator.py' } }],
  ['space_change_sensitive', { match: 'checker', judge: { flags: ['space_change_sensitive'] } }],
])('the default validator with %s is kept', async (flags, grading) => {
  const { find } = await imported({ ...base, 'p/data/testdata.yaml': `output_validator_flags: ${flags}\n` })
  expect(find('p').grading).toMatchObject(grading)
})

test('output validators and interactive ones come along', async () => {
  const files = {
    'p/output_validators/v/check.cc': 'int main() { return 42; }\n',
    'p/output_validators/v/check.h': '\n',
  }
  const custom = await imported({
    ...base,
    ...files,
    'p/problem.yaml': 'name: Close\nvalidation: custom\nvalidator_flags: a 1\n',
  })
  expect(custom.find('p').grading).toMatchObject({
    match: 'checker',
    judge: { language: 'cpp', entry: 'check.cc', flags: ['a', '1'] },
  })
  const interactive = await imported({
    ...{ ...base, ...files, 'p/problem.yaml': 'problem_format_version: 2023-07\nname: Close\ntype: interactive\n' },
    'p/data/sample/1.interaction': '>1\n<2\n',
  })
  expect(interactive.find('p').grading).toMatchObject({ match: 'interactive' })
  expect(interactive.find('p').descriptionHtml).toContain('&gt;1\n&lt;2')
})

const { 'p/data/secret/1.in': _in, 'p/data/secret/1.ans': _ans, ...noCases } = base
const grouped = {
  ...noCases,
  'p/data/sample/1.in': '1\n',
  'p/data/sample/1.ans': '1\n',
  'p/data/secret/one/1.in': '1\n',
  'p/data/secret/one/1.ans': '1\n',
  'p/data/secret/one/2.in': '2\n',
  'p/data/secret/one/2.ans': '0.5\n',
  'p/data/secret/two/1.in': '4\n',
  'p/data/secret/two/1.ans': '0.25\n',
  'p/data/secret/two/2.in': '5\n',
  'p/data/secret/two/2.ans': '0.2\n',
}
const scoring = { 'p/problem.yaml': 'problem_format_version: 2023-07\nname: Close\ntype: scoring\n' }
const legacyScoring = { 'p/problem.yaml': 'name: Close\ntype: scoring\n' }

/** What points and groups a package comes to, and what is said of them. */
async function pointsOf(files: Record<string, string>) {
  const { find, report } = await imported({ ...grouped, ...files })
  const { grading } = find('p')
  if (grading.compare !== 'io') throw new Error('Packages are judged by output')
  const notes = (report.items[0]?.notes ?? []).filter((note) => /count|points|worth|grader/i.test(note))
  return {
    weights: Object.fromEntries(grading.weights.map(({ name, weight }) => [name, weight])),
    whole: grading.whole,
    notes,
  }
}

test('points of groups are earned by the whole group, unless its cases are added up; samples count for nothing', async () => {
  expect(
    await pointsOf({
      ...scoring,
      'p/data/secret/one/test_group.yaml': 'max_score: 30\n',
      'p/data/secret/two/test_group.yaml': 'max_score: 70\nscore_aggregation: sum\nrequire_pass: one\n',
    }),
  ).toEqual({
    weights: { 'sample/*': 0, 'secret/one/*': 15, 'secret/two/*': 35 },
    whole: ['secret/one/*'],
    notes: ['data/secret/two: that it counts only where other groups pass is left out.'],
  })
  const all = 'max_score: 100\nscore_aggregation: pass-fail\n'
  const { whole, notes } = await pointsOf({
    ...scoring,
    'p/data/secret/test_group.yaml': all,
    'p/data/secret/one/test_group.yaml': 'max_score: 30\n',
  })
  expect([whole, notes]).toEqual([
    ['secret/*'],
    ['Nothing says what data/secret/two is worth: each of its cases counts 1.'],
  ])
})

test('points of legacy groups are those of the default grader, with its flags inherited', async () => {
  const partial = 'grader_flags: always_accept\non_reject: continue\naccept_score: 5\n'
  expect(
    await pointsOf({
      ...legacyScoring,
      'p/data/testdata.yaml': 'grader_flags: ignore_sample\n',
      'p/data/secret/testdata.yaml': 'grader_flags: accept_if_any_accepted\non_reject: continue\n',
      'p/data/secret/one/testdata.yaml': 'grader_flags: first_error min\naccept_score: 40\nrange: 0 40\n',
      'p/data/secret/two/testdata.yaml': partial,
    }),
  ).toEqual({ weights: { 'sample/*': 0, 'secret/one/*': 20, 'secret/two/*': 5 }, whole: ['secret/one/*'], notes: [] })
  const strict = await pointsOf({
    ...legacyScoring,
    'p/data/secret/testdata.yaml': 'accept_score: 10\nreject_score: 1\ngrader_flags: odd\n',
  })
  expect(strict).toMatchObject({ weights: { 'secret/one/*': 10, 'secret/two/*': 10 }, whole: ['secret/*'] })
  expect(strict.notes).toEqual([
    'Its grader’s flags are left out (odd): all cases count.',
    'data/secret/one: points for what is wrong are left out.',
    'data/secret/two: points for what is wrong are left out.',
  ])
})

test('limits that are none are measured or left to the language, and small ones are as small as can be', async () => {
  const limitsOf = async (files: Record<string, string>) => (await imported({ ...base, ...files })).find('p').limits
  const version = 'problem_format_version: 2023-07\nname: Close\n'
  for (const limits of [
    'time_limit: 0',
    'time_limit: -1',
    'time_limit: .nan',
    'memory: 0',
    'output: .inf',
    'memory: -5',
  ])
    expect(await limitsOf({ 'p/problem.yaml': `${version}limits: { ${limits} }\n` })).toEqual({})
  expect(await limitsOf({ 'p/domjudge-problem.ini': 'timelimit=0\n' })).toEqual({})
  expect(await limitsOf({ 'p/.timelimit': 'NaN\n' })).toEqual({})
  const small = `${version}limits: { time_limit: 0.001, memory: 0.2, output: 0.1 }\n`
  const least = { cpuMs: 100, memoryBytesMax: 1024 ** 2, outputBytesMax: 1024 ** 2 }
  expect(await limitsOf({ 'p/problem.yaml': small })).toMatchObject(least)
  expect(await limitsOf({ 'p/problem.yaml': `${version}limits: { time_limit: 1e9 }\n` })).toEqual({
    cpuMs: 600_000,
    wallMs: 600_000,
  })
})

const yaml = [
  'wrong_answer: { permitted: [AC, WA, TLE], required: [TLE] }',
  'mixed/slow*.py: { permitted: [AC, TLE], required: [TLE] }',
  'mixed/{either,or}.py: { required: [WA, TLE] }',
  'mixed/whole: { permitted: [AC], entrypoint: begin.py }',
]

test('what submissions must come to is read from submissions.yaml and from tags, and what may be several things is left out', async () => {
  const { find, report } = await imported({
    ...base,
    'p/submissions/submissions.yaml': yaml.join('\n'),
    'p/submissions/wrong_answer/a.py': 'pass\n',
    'p/submissions/mixed/slow1.py': 'pass\n',
    'p/submissions/mixed/either.py': 'pass\n',
    'p/submissions/mixed/whole/begin.py': 'import a\n',
    'p/submissions/mixed/whole/a.py': 'print(0.5)\n',
    'p/submissions/mixed/tagged.py': '# @EXPECTED_RESULTS@: RUN-ERROR\n',
    'p/submissions/rejected/tagged.py': '# @EXPECTED_RESULTS@: TIMELIMIT, WRONG-ANSWER\n',
    'p/submissions/brute_force/b.py': 'pass\n',
  })
  const { wrongAnswers, solutions } = find('p')
  expect(wrongAnswers.map(({ name, verdict }) => `${verdict}/${name}`).sort()).toEqual([
    'runtime_error/tagged-py',
    'time_limit/slow1-py',
  ])
  expect(decodeAnswer(solutions[1] ?? '').get('main.py')).toBe('import a\n')
  expect(report.items[0]?.notes.filter((note) => note.startsWith('Left out'))).toEqual([
    'Left out: submissions/brute_force/b.py, for it may come to more than one verdict: TLE, RTE.',
    'Left out: submissions/mixed/either.py, for it may come to more than one verdict: WA, TLE, RTE.',
    'Left out: submissions/rejected/tagged.py, for it may come to more than one verdict: TLE, WA.',
    'Left out: submissions/wrong_answer/a.py, for it may come to more than one verdict: WA, TLE.',
  ])
})

test('files that a package includes with answers are there and not edited, and may have the beginning', async () => {
  const { find } = await imported({
    ...base,
    'p/problem.yaml':
      'problem_format_version: 2025-09\nname: Close\nlicense: cc0\nconstants: { k: { value: 5, tex: "5{,}0" } }\n',
    'p/statement/problem.en.tex': 'At most $\\constant{k.tex}$, that is \\constant{k}.',
    'p/include/default/data.txt': 'k is {{k}}, {{other}} is not\n',
    'p/include/python3/main.py': 'import solve\nprint(solve.near())\n',
    'p/submissions/accepted/a.py': '',
    'p/submissions/accepted/b/solve.py': 'def near(): return 0.5\n',
    'p/submissions/wrong_answer/solve.py': 'def near(): return 1\n',
  })
  const { entry, files, wrongAnswers, descriptionHtml } = find('p')
  expect(descriptionHtml).toContain('At most 5,0, that is 5.')
  expect(entry).toBe('main.py')
  expect(files.map(({ path, access }) => [path, access])).toContainEqual(['main.py', 'read'])
  const data = files.find(({ path }) => path === 'data.txt')
  expect(new TextDecoder().decode(data?.content)).toBe('k is 5, {{other}} is not\n')
  expect(decodeAnswer(wrongAnswers[0]?.answer ?? '').get('solve.py')).toContain('def near(): return 1')
})

test('attachments lie beside the answer, templates are what learners begin with', async () => {
  const { find } = await imported({
    ...base,
    'p/attachments/tool.py': 'print(1)\n',
    'p/attachments/templates/python3/start.py': '# Begin here.\n',
  })
  const { files } = find('p')
  expect(files.map(({ path, access }) => [path, access])).toEqual([
    ['attachments/tool.py', 'read'],
    ['main.py', 'edit'],
  ])
  expect(new TextDecoder().decode(files[1]?.content)).toBe('# Begin here.\n')
})

test('links out of a package, or around in circles, are told and not followed', async () => {
  const folder = packages({ ...base, 'secret.py': 'print(0)\n' })
  symlinkSync('/etc/passwd', join(folder, 'p/submissions/accepted/passwd.py'))
  symlinkSync('.', join(folder, 'p/data/secret/round'))
  symlinkSync('/', join(folder, 'p/data/secret/everything'))
  const report = await importKattis({ from: join(folder, 'p'), to: join(folder, 'out'), measure: null })
  expect(report.items[0]?.notes).toContain(
    'Links that lead out of the package or nowhere are not followed: data/secret/everything, data/secret/round, submissions/accepted/passwd.py.',
  )
  expect(readdirSync(join(folder, 'out/p/p'))).not.toContain('solution.2')
})

test('an import that fails leaves what the earlier one wrote, and never touches what somebody made', async () => {
  const { to } = await imported(base)
  const from = join(directory, `Contest ${count}`)
  const track = join(to, `contest-${count}`)
  rmSync(join(track, '.podium-import'))
  expect(importKattis({ from, to, measure: null })).rejects.toThrow('is not from an import')
  const file = join(directory, 'a-file')
  writeFileSync(file, '')
  expect(importKattis({ from, to: join(file, 'deeper'), measure: null })).rejects.toThrow('is no directory')
})

test('a time limit that the package leaves open comes from its slowest accepted submission', async () => {
  const { find, report } = await imported(base, async () => new Map([['p', 1600]]))
  expect(find('p').limits).toEqual({ cpuMs: 3000, wallMs: 16_000 })
  expect(report.items[0]?.notes.at(-1)).toContain('3 s: 2 times its slowest accepted submission here (1600 ms)')
})

const rows = ['x,x,x,x,x,x,x,x', '*a,*a,*a,*a,*a,*a,*a', '*b,*b,*b,*b,*b,*b,*b', '*c,*c,*c,*c,*c,*c,*c']
const aliases = [...rows, '*d'].map((row, index) => `${'abcde'[index]}: &${'abcde'[index]} [${row}]`).join('\n')

test.each<[string, Record<string, string>, string]>([
  ['without cases', { 'p/data/secret/1.in': '', 'p/problem.yaml': 'name: [' }, 'problem.yaml can’t be read'],
  ['that is a bomb of aliases', { 'p/problem.yaml': aliases }, 'problem.yaml can’t be read'],
  ['with a case without answer', { 'p/data/secret/2.in': '' }, 'secret/2.in has no .ans'],
  [
    'with a case that has arguments in its settings',
    { 'p/data/secret/1.yaml': 'args: [a]' },
    'gives the program arguments',
  ],
  [
    'with cases of different flags',
    {
      'p/data/sample/test_group.yaml': 'output_validator_args: [a]',
      'p/data/sample/1.in': '',
      'p/data/sample/1.ans': '',
    },
    'different flags: “a”, “”',
  ],
  ['with a name that no exercise can have', { 'p/data/secret/a\nb.in': '' }, 'a control character'],
  ['of several passes', { 'p/problem.yaml': 'name: x\ntype: [multi-pass]\n' }, 'multi-pass have no counterpart'],
  ['with a validator in another language', { 'p/output_validators/v.hs': '' }, 'no language for .hs'],
  ['with a validator made by a script', { 'p/output_validators/v/build': '' }, 'made by a script'],
  ['whose cases have arguments', { 'p/data/secret/1.args': '' }, 'has .args'],
])('a package %s is left out with the reason', async (_, files, reason) => {
  const { report } = await imported({ ...base, ...files })
  expect(report).toMatchObject({ takenOver: 0, leftOut: 1, exercises: 0 })
  expect(report.items[0]?.leftOut).toContain(reason)
})

test.if(Bun.which('python3') !== null)(
  'the default validator as a program holds each of its flags',
  () => {
    const folder = packages({ 'case.ans': 'Ab 10.0\n' })
    const verdict = (output: string, ...flags: string[]) =>
      Bun.spawnSync(
        [
          'python3',
          join(import.meta.dir, 'default-validator.py'),
          'case.in',
          join(folder, 'case.ans'),
          folder,
          ...flags,
        ],
        {
          stdin: Buffer.from(output),
        },
      ).exitCode
    expect(verdict('aB  10.0')).toBe(42)
    expect(verdict('aB 10.0\n', 'case_sensitive')).toBe(43)
    expect(verdict('Ab  10.0\n', 'space_change_sensitive')).toBe(43)
    expect(verdict('Ab 10.0\n', 'space_change_sensitive')).toBe(42)
    expect(verdict('ab 10.5', 'float_absolute_tolerance', '0.1')).toBe(43)
    expect(verdict('ab 10.5', 'float_relative_tolerance', '0.1')).toBe(42)
    expect(verdict('ab 10.0 x')).toBe(43)
    expect(verdict('ab')).toBe(43)
    // Eight programs start, on a machine that may be busy.
  },
  60_000,
)

test('the track names its exercises in the order of the packages', async () => {
  const { to } = await imported(base)
  const track = readFileSync(join(to, `contest-${count}`, 'track.yaml'), 'utf8')
  expect(track).toContain('exercises:\n  - p\n')
})
