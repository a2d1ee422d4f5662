import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PodDriver } from '../../pods/driver.ts'
import { createLocalDriver } from '../../pods/local/local-driver.ts'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { createPlainSandboxes, type PlainSandboxes } from '../plain-sandboxes.ts'
import { answerOf, type CodeBench, canRunCode, exerciseOf, openBench } from './test-code.ts'

setDefaultTimeout(240_000)

const home = mkdtempSync(join(tmpdir(), 'podium-code-database-'))
chmodSync(home, 0o711)
let driver: PodDriver
let sandboxes: PlainSandboxes
let bench: CodeBench

beforeAll(async () => {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const pod = { capacity: 8, memoryBytesMax: 700e6, diskBytesMax: 256e6 }
  sandboxes = createPlainSandboxes(driver, { pod, podsMax: 4, usesMax: 4 })
  bench = await openBench({ useSandbox: sandboxes.use })
})

afterAll(async () => {
  await bench.stop()
  await sandboxes.stop()
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

/** Speaks PostgreSQL's protocol with nothing but what comes with Python: prints the cells, or the error's message. */
const client = `
import os, socket, struct, urllib.parse
url = urllib.parse.urlparse(os.environ["DATABASE_URL"])
host = urllib.parse.parse_qs(url.query)["host"][0]
link = socket.socket(socket.AF_UNIX)
link.connect(host + "/.s.PGSQL.5432")
body = b"user\\0" + url.username.encode() + b"\\0database\\0" + url.path[1:].encode() + b"\\0\\0"
link.sendall(struct.pack("!II", len(body) + 8, 196608) + body)
stream = link.makefile("rb")
def ask(sql):
    link.sendall(b"Q" + struct.pack("!I", len(sql) + 5) + sql.encode() + b"\\0")
    return answer()
def answer():
    cells = []
    while True:
        kind, size = stream.read(1), struct.unpack("!I", stream.read(4))[0]
        data = stream.read(size - 4)
        if kind == b"D":
            cells.append(data[6:].decode())
        if kind == b"E":
            cells.append([part[1:].decode() for part in data.split(b"\\0") if part[:1] == b"M"][0])
        if kind == b"Z":
            return cells
answer()
`

const exercise = (more: Record<string, string> = {}) =>
  exerciseOf('language: python\ngrading: { compare: io }', {
    'solution/main.py': `${client}print(*ask(input()))\n`,
    'dataset/10-film.sql': "CREATE TABLE film (title text); INSERT INTO film VALUES ('Ada'), ('Bix');",
    'data/sample/1.in': 'SELECT title FROM film ORDER BY 1\n',
    'data/sample/1.ans': 'Ada Bix\n',
    'data/secret/1.in': 'DELETE FROM film RETURNING title\n',
    'data/secret/1.ans': 'Ada Bix\n',
    'data/secret/2.in': 'SELECT count(*) FROM film\n',
    'data/secret/2.ans': '2\n',
    ...more,
  })

test.if(canRunCode)('each run of an answer reaches a database of its own, through DATABASE_URL', async () => {
  const given = exercise()
  const verdict = await bench.grader.grade({ exercise: given, answer: given.solutions[0] ?? '', personId: 'somebody' })
  expect([verdict.kind, verdict.summary]).toEqual(['accepted', 'Passed. All 3 cases are right.'])
})

const variants = {
  'dataset/hidden/1/10-film.sql': "CREATE TABLE film (title text); INSERT INTO film VALUES ('Ada'), ('Bix');",
  'dataset/hidden/2/10-film.sql': "CREATE TABLE film (title text); INSERT INTO film VALUES ('Secret');",
}

/** Right on the data that is seen, whatever it is asked. */
const guess = 'print("2" if "count" in input() else "Ada Bix")'

test.if(canRunCode)(
  'an answer has to be right on hidden variants of the data too, of which it is told nothing',
  async () => {
    const given = exercise(variants)
    const grade = (answer: string) => bench.grader.grade({ exercise: given, answer, personId: 'somebody' })
    const right = await grade(given.solutions[0] ?? '')
    expect([right.kind, right.summary]).toEqual(['accepted', 'Passed. All 5 cases are right.'])
    const wrong = await grade(answerOf('main.py', guess))
    expect([wrong.kind, wrong.isNearly, wrong.summary]).toEqual([
      'wrong_answer',
      true,
      'Nearly: hidden case other data 2: It is right on the data you see, and not on other data.',
    ])
    expect(JSON.stringify(wrong)).not.toContain('Secret')
    expect((await grade(answerOf('main.py', 'print("Ada Bix")'))).code.items.map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
      'failed',
      'not_run',
      'not_run',
    ])
  },
)

test.if(canRunCode)('tests, too, have to pass on hidden variants of the data', async () => {
  const test_ = `import unittest, main\n${client}class Films(unittest.TestCase):\n    def test_titles(self):\n        self.assertEqual(main.titles(), ask("SELECT title FROM film ORDER BY 1"))\n`
  const given = exerciseOf('language: python\ngrading: { compare: tests, framework: unittest }', {
    'starter/main.py': 'def titles():\n    pass\n',
    'solution/main.py': `${client}def titles():\n    return ask("SELECT title FROM film ORDER BY 1")\n`,
    'tests/hidden/test_films.py': test_,
    'dataset/10-film.sql': variants['dataset/hidden/1/10-film.sql'],
    'dataset/hidden/1/10-film.sql': variants['dataset/hidden/2/10-film.sql'],
  })
  const grade = (answer: string) => bench.grader.grade({ exercise: given, answer, personId: 'somebody' })
  expect(await grade(given.solutions[0] ?? '')).toMatchObject({ kind: 'accepted', datasetsPassed: 2 })
  const wrong = await grade(answerOf('main.py', 'def titles():\n    return ["Ada", "Bix"]\n'))
  expect(wrong.code.items.map(({ name, outcome }) => [name, outcome]).at(-1)).toEqual(['other data 1', 'failed'])
  expect(wrong.kind).toBe('wrong_answer')
  expect(JSON.stringify(wrong)).not.toContain('Secret')
})

/** What the answer has written down is asked of the database, by a script that sees the same data, fresh. */
const films = (check: string, more: Record<string, string> = {}) =>
  exerciseOf('language: python\ngrading: { compare: checks }', {
    'starter/main.py': '',
    'solution/main.py': `${client}open("titles.txt", "w").write(" ".join(ask("SELECT title FROM film ORDER BY 1")))\nask("DELETE FROM film")\n`,
    'check/check.py': check,
    'dataset/10-film.sql': variants['dataset/hidden/1/10-film.sql'],
    'dataset/hidden/1/10-film.sql': variants['dataset/hidden/2/10-film.sql'],
    ...more,
  })

const asking = `${client}
import os
told = os.path.exists("titles.txt") and open("titles.txt").read()
isRight = told == " ".join(ask("SELECT title FROM film ORDER BY 1"))
os.write(3, b"ok titles\\n" if isRight else b"not ok titles # The file has other titles.\\n")
`

test.if(canRunCode)('what is left in the workspace has to be right on hidden variants of the data, too', async () => {
  const given = films(asking)
  const grade = (answer: string) => bench.grader.grade({ exercise: given, answer, personId: 'somebody' })
  expect(await grade(given.solutions[0] ?? '')).toMatchObject({ kind: 'accepted', datasetsPassed: 2 })
  const guessed = await grade(answerOf('main.py', 'open("titles.txt", "w").write("Ada Bix")'))
  expect([guessed.kind, guessed.summary]).toEqual([
    'wrong_answer',
    'Nearly: hidden check other data 1: It is right on the data you see, and not on other data.',
  ])
  expect(JSON.stringify(guessed)).not.toContain('Secret')
  const slow =
    'import os\nif "Secret" in "".join(ask("SELECT title FROM film")):\n    raise SystemExit(os.kill(os.getpid(), 11))\n'
  const breaking = await grade(answerOf('main.py', `${client}${slow}open("titles.txt", "w").write("Ada Bix")`))
  expect(breaking.code.items.map(({ name, outcome, message }) => [name, outcome, message])).toEqual([
    ['titles', 'passed', null],
    ['other data 1', 'runtime_error', 'It runs on the data you see, and ends with an error on other data.'],
  ])
})

test.if(canRunCode)('a script that knows only the data people see is the author’s to mend', async () => {
  const script =
    'import os\nold = open("titles.txt").read() == "Ada Bix"\nos.write(3, b"ok t\\n" if old else b"not ok t # Others.\\n")\n'
  const given = films(script)
  const grading = bench.grader.grade({ exercise: given, answer: given.solutions[0] ?? '', personId: 'somebody' })
  const refused = await grading.catch((error: unknown) => error)
  expect(refused).toEqual(new Error('The reference fails on a hidden dataset in check t: Others.'))
})

test.if(canRunCode)('a program without a database finds none', async () => {
  const given = { ...exercise(), database: null }
  const list = 'import os\nprint(os.path.exists("/run/podium/.s.PGSQL.5432"), os.environ.get("DATABASE_URL"))'
  const run = await bench.grader.runProgram({
    exercise: given,
    answer: answerOf('main.py', list),
    personId: 'somebody',
    stdin: new Uint8Array(),
  })
  expect(new TextDecoder().decode(run.result.stdout)).toBe('False None\n')
})
