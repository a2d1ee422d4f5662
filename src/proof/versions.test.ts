/**
 * A running attempt keeps the version that it began with, whatever becomes of the exercise's folder and of the program
 * meanwhile: real restarts, real crashes, a backup restored elsewhere.
 */
import { afterEach, describe, expect, test } from 'bun:test'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listAudit } from '../store/audit.ts'
import {
  createVisitor,
  type Program,
  removeDirectory,
  runCommand,
  scratchDirectory,
  startProgram,
  type Visitor,
} from './program.ts'
import { startSite } from './site.ts'

const suiteTimeoutMs = 120_000
const programs: Program[] = []
const directories: string[] = []

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop()
  for (const directory of directories.splice(0)) await removeDirectory(directory)
})

async function freshDirectory(): Promise<string> {
  const directory = await scratchDirectory()
  directories.push(directory)
  return directory
}

async function start(options: { dataDir: string; exercises: string; port?: number }): Promise<Program> {
  const { exercises, ...rest } = options
  const program = await startProgram({ ...rest, env: { EXERCISES_DIR: exercises } })
  programs.push(program)
  return program
}

async function stop(program: Program): Promise<void> {
  programs.splice(programs.indexOf(program), 1)
  expect(await program.stop()).toBe(0)
}

async function kill(program: Program): Promise<void> {
  programs.splice(programs.indexOf(program), 1)
  await program.kill()
}

/** One exercise whose right answer depends on its version, with a dataset of the track. */
function writeExercise(folder: string, { title, film }: { title: string; film: string }): void {
  const files = {
    'own/track.yaml': 'title: Own\n',
    'own/datasets/cinema/10-films.sql': `CREATE TABLE film (title text);\nINSERT INTO film VALUES ('${film}');\n`,
    'own/first/exercise.yaml': `title: ${title}\nkind: sql\ndifficulty: easy\ndataset: cinema\n`,
    'own/first/description.md': 'Show every film.',
    'own/first/solution.sql': `SELECT title FROM film WHERE title = '${film}'`,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const before = { title: 'As it was', film: 'Ada' }
const after = { title: 'As it is now', film: 'Bix' }
const path = '/exercises/first'
/** Right where the film is Ada. */
const answer = "SELECT 'Ada' AS title"

async function pageOf(visitor: Visitor): Promise<{ status: number; attempt: string | undefined; text: string }> {
  const response = await visitor.get(path)
  const text = await response.text()
  return { status: response.status, attempt: /data-attempt="([^"]+)"/.exec(text)?.[1], text }
}

/** What the attempt's own database holds. */
async function films(visitor: Visitor): Promise<string> {
  return await (await visitor.api('POST', '/api/execute', { exercise: 'first', sql: 'SELECT title FROM film' })).text()
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen in time`)
    await Bun.sleep(20)
  }
}

describe('an attempt', () => {
  test(
    'keeps the version that it began with when the exercise changes and when it goes, over restarts',
    async () => {
      const [dataDir, exercises] = [await freshDirectory(), await freshDirectory()]
      writeExercise(exercises, before)
      let program = await start({ dataDir, exercises })
      const port = Number(new URL(program.url).port)
      const visitor = createVisitor(program.url)
      const { attempt } = await pageOf(visitor)
      const draft = { text: '-- my own words', version: 0 }
      expect((await visitor.api('PUT', `/attempts/${attempt}/draft`, draft)).status).toBe(200)

      await stop(program)
      writeExercise(exercises, after)
      program = await start({ dataDir, exercises, port })
      const changed = await pageOf(visitor)
      expect(changed.attempt).toBe(attempt)
      expect(changed.text).toContain(before.title)
      expect(changed.text).toContain('my own words')
      expect(await films(visitor)).toContain('Ada')
      const other = createVisitor(program.url)
      expect((await pageOf(other)).text).toContain(after.title)

      await stop(program)
      rmSync(join(exercises, 'own'), { recursive: true })
      program = await start({ dataDir, exercises, port })
      const gone = await pageOf(visitor)
      expect([gone.status, gone.attempt]).toEqual([200, attempt])
      expect(gone.text).toContain(before.title)
      expect(await films(visitor)).toContain('Ada')
      expect((await pageOf(createVisitor(program.url))).status).toBe(404)
      const checked = await visitor.api('POST', '/api/submissions', { exercise: 'first', sql: answer })
      expect(await checked.json()).toMatchObject({ attempt, is_correct: true })
      expect((await pageOf(visitor)).attempt).toBe(attempt)
      // Nobody begins anew with what is not there any more, but each goes on with their own.
      expect(await films(other)).toContain('Bix')
    },
    suiteTimeoutMs,
  )

  test(
    'is graded by its own version where a crash came between the answer and its verdict',
    async () => {
      const [dataDir, exercises] = [await freshDirectory(), await freshDirectory()]
      writeExercise(exercises, before)
      const program = await start({ dataDir, exercises })
      const port = Number(new URL(program.url).port)
      const visitor = createVisitor(program.url)
      const { attempt } = await pageOf(visitor)
      const slow = `${answer} FROM pg_sleep(8)`
      const cut = visitor.post(`/attempts/${attempt}/submissions`, { sql: slow }).catch(() => null)
      await until('an answer without verdict', async () => (await pageOf(visitor)).text.includes('Being checked'))
      await kill(program)
      await cut
      writeExercise(exercises, after)
      await start({ dataDir, exercises, port })
      await until('its verdict', async () => !(await pageOf(visitor)).text.includes('Being checked'))
      const { submissions } = Object(await (await visitor.api('GET', '/api/submissions')).json())
      expect(submissions).toMatchObject([{ attempt, verdict: 'accepted', is_correct: true }])
    },
    suiteTimeoutMs,
  )

  test(
    'is in a backup with its version, and goes on where that is restored without the folder',
    async () => {
      const [dataDir, exercises, restored] = [await freshDirectory(), await freshDirectory(), await freshDirectory()]
      writeExercise(exercises, before)
      const program = await start({ dataDir, exercises })
      const port = Number(new URL(program.url).port)
      const visitor = createVisitor(program.url)
      const { attempt } = await pageOf(visitor)
      const file = join(exercises, 'copy.podium')
      expect(await runCommand(dataDir, ['backup', file])).toMatchObject({ code: 0 })
      await stop(program)
      expect(await runCommand(restored, ['restore', file])).toMatchObject({ code: 0 })
      rmSync(join(exercises, 'own'), { recursive: true })
      await start({ dataDir: restored, exercises, port })
      const page = await pageOf(visitor)
      expect([page.status, page.attempt]).toEqual([200, attempt])
      expect(page.text).toContain(before.title)
      expect(await films(visitor)).toContain('Ada')
    },
    suiteTimeoutMs,
  )
})

test(
  'a change of the catalogue is in the audit log, and those in the middle of an exercise go on as before',
  async () => {
    const exercises = await freshDirectory()
    writeExercise(exercises, before)
    const site = await startSite({ EXERCISES_DIR: exercises })
    try {
      const visitor = site.visitor()
      const { attempt } = await pageOf(visitor)
      writeExercise(exercises, after)
      site.parts.library.refresh()
      const { sql } = site.parts
      await until('an audit row', async () => (await listAudit(sql, { action: 'catalog' })).length > 0)
      expect(await listAudit(sql, { action: 'catalog' })).toMatchObject([
        { actorId: null, detail: { changed: 'first' } },
      ])
      const page = await pageOf(visitor)
      expect([page.attempt, page.text.includes(before.title)]).toEqual([attempt, true])
    } finally {
      await site.stop()
    }
  },
  suiteTimeoutMs,
)
