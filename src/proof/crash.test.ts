/**
 * Killing the program, its control plane and its pods at random points under load: nothing that was acknowledged is
 * lost, and Podium is back within seconds.
 */
import { afterEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlPlanesOf, isReady, podsOf, until } from './processes.ts'
import {
  createVisitor,
  type Program,
  type ProgramOptions,
  removeDirectory,
  scratchDirectory,
  startProgram,
  type Visitor,
} from './program.ts'

const slug = 'whole-shelf'
const solution = readFileSync(`${import.meta.dir}/../../exercises/first-queries/${slug}/solution.sql`, 'utf8')
/** On any machine; how fast it is on a quiet one is measured by `podium bench`. */
const backMs = 25_000
/** For what happens at once, but for other work of a busy machine. */
const patienceMs = 30_000
const suiteTimeoutMs = 240_000

const programs: Program[] = []
const directories: string[] = []

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop()
  for (const directory of directories.splice(0)) await removeDirectory(directory)
})

async function start(options: ProgramOptions): Promise<Program> {
  const program = await startProgram(options)
  programs.push(program)
  return program
}

async function freshDirectory(): Promise<string> {
  const directory = await scratchDirectory()
  directories.push(directory)
  return directory
}

/** A person at work: what the program acknowledged to them is remembered. */
interface Worker {
  visitor: Visitor
  attemptId: string
  /** The last acknowledged draft. */
  draft: { text: string; version: number }
  /** Ids of answers that came back with a verdict. */
  judged: number
  /** Answers that were sent, with or without an answer. */
  sent: number
}

async function openWorker(program: Program): Promise<Worker> {
  const visitor = createVisitor(program.url)
  const page = await (await visitor.get(`/exercises/${slug}`)).text()
  const attemptId = /data-attempt="([^"]+)"/.exec(page)?.[1] ?? ''
  return { visitor, attemptId, draft: { text: '', version: 0 }, judged: 0, sent: 0 }
}

/** Saves drafts, runs and hands in until a request fails. */
async function workUntilCut(worker: Worker, number: number): Promise<void> {
  const { visitor, attemptId } = worker
  for (let round = 0; ; round += 1) {
    try {
      const text = `-- worker ${number}, round ${round}\n${solution}`
      const saved = await visitor.api('PUT', `/attempts/${attemptId}/draft`, { text, version: worker.draft.version })
      if (!saved.ok) return
      const { version } = readVersion(await saved.json())
      worker.draft = { text, version }
      await (await visitor.post(`/attempts/${attemptId}/runs`, { sql: 'select 1' })).text()
      worker.sent += 1
      const answer = await visitor.api('POST', '/api/submissions', { exercise: slug, sql: text })
      if (!answer.ok) return
      await answer.text()
      worker.judged += 1
    } catch {
      return
    }
  }
}

function readVersion(value: unknown): { version: number } {
  if (typeof value !== 'object' || value === null || !('version' in value) || typeof value.version !== 'number') {
    throw new Error(`no version in ${JSON.stringify(value)}`)
  }
  return { version: value.version }
}

/** The same person, with the same cookies, at the program that was started again on another port. */
async function expectNothingLost(worker: Worker, number: number): Promise<void> {
  const page = await pageOf(worker)
  expect(page).toContain(`data-attempt="${worker.attemptId}"`)
  const version = Number(/data-version="(\d+)"/.exec(page)?.[1])
  // What was not acknowledged any more may have been saved all the same.
  expect(version).toBeGreaterThanOrEqual(worker.draft.version)
  if (version === worker.draft.version && version > 0) expect(page).toContain(`worker ${number}, round`)
  const answers = page.match(/class="v pass"/g)?.length ?? 0
  if (worker.judged > 0) expect(answers).toBeGreaterThan(0)
}

/** The exercise page; while the control plane comes back, Podium says when to try again. */
async function pageOf({ visitor }: Worker): Promise<string> {
  for (;;) {
    const response = await visitor.get(`/exercises/${slug}`)
    const text = await response.text()
    if (response.status !== 503) return text
    expect(response.headers.get('retry-after')).toBe('1')
    await Bun.sleep(200)
  }
}

describe('kill -9 of the program under load', () => {
  test(
    'loses nothing acknowledged, leaves no boxed pod, and takes the control plane over',
    async () => {
      const dataDir = await freshDirectory()
      let program = await start({ dataDir })
      const port = Number(new URL(program.url).port)
      const workers = await Promise.all(Array.from({ length: 4 }, () => openWorker(program)))
      // The datasets are loaded now, so that what is killed later is work and not its preparation.
      await workers[0]?.visitor.api('POST', '/api/submissions', { exercise: slug, sql: solution })
      for (let round = 0; round < 3; round += 1) {
        const work = workers.map(workUntilCut)
        await Bun.sleep(500 + Math.random() * 1500)
        await program.kill()
        programs.splice(0)
        await Promise.all(work)
        await until('the end of all boxed pods', () => podsOf(dataDir).length === 0, patienceMs)
        const before = controlPlanesOf(dataDir)
        program = await start({ dataDir, port })
        expect(program.startMs).toBeLessThan(backMs)
        expect(controlPlanesOf(dataDir)).toEqual(before)
        for (const [number, worker] of workers.entries()) await expectNothingLost(worker, number)
      }
      expect(workers.reduce((sum, { judged }) => sum + judged, 0)).toBeGreaterThan(0)
      await until('a verdict for every answer', async () => await isAllJudged(workers), patienceMs)
    },
    suiteTimeoutMs,
  )

  test(
    'leaves unboxed pods that the next start ends',
    async () => {
      const dataDir = await freshDirectory()
      const env = { PATH: pathWithoutBubblewrap() }
      const program = await start({ dataDir, env })
      const worker = await openWorker(program)
      const ran = await worker.visitor.api('POST', '/api/execute', { exercise: slug, sql: 'select 1' })
      expect(ran.status).toBe(200)
      const left = podsOf(dataDir)
      expect(left.length).toBeGreaterThan(0)
      await program.kill()
      programs.splice(0)
      const again = await start({ dataDir, env })
      await until(
        'the end of the pods left behind',
        () => podsOf(dataDir).every((pid) => !left.includes(pid)),
        patienceMs,
      )
      expect(again.startMs).toBeLessThan(backMs)
    },
    suiteTimeoutMs,
  )
})

async function isAllJudged(workers: readonly Worker[]): Promise<boolean> {
  const pages = await Promise.all(workers.map(async ({ visitor }) => (await visitor.get(`/exercises/${slug}`)).text()))
  return pages.every((page) => !page.includes('Being checked'))
}

/** Everything the machine has on its path, but for bubblewrap. */
function pathWithoutBubblewrap(): string {
  const directory = mkdtempSync(join(tmpdir(), 'path-'))
  directories.push(directory)
  for (const from of ['/usr/sbin', '/sbin', '/usr/bin', '/bin']) {
    for (const name of readdirSync(from)) {
      if (name === 'bwrap') continue
      try {
        symlinkSync(join(from, name), join(directory, name))
      } catch {
        // The same name stands in an earlier directory of the path.
      }
    }
  }
  return directory
}

describe('kill -9 of the control plane under load', () => {
  test(
    'is mended without a restart, and loses nothing acknowledged',
    async () => {
      const dataDir = await freshDirectory()
      const program = await start({ dataDir })
      const workers = await Promise.all(Array.from({ length: 4 }, () => openWorker(program)))
      for (let round = 0; round < 2; round += 1) {
        const work = workers.map(workUntilCut)
        await Bun.sleep(300 + Math.random() * 700)
        for (const pid of controlPlanesOf(dataDir)) process.kill(pid, 'SIGKILL')
        await Promise.all(work)
        await until('the control plane to be back', async () => await isReady(program), backMs)
        for (const [number, worker] of workers.entries()) await expectNothingLost(worker, number)
      }
      expect(controlPlanesOf(dataDir).length).toBe(1)
    },
    suiteTimeoutMs,
  )
})

describe('kill -9 of pods under load', () => {
  test(
    'costs their own attempts a fresh database, and nobody an error of Podium',
    async () => {
      const dataDir = await freshDirectory()
      const program = await start({ dataDir })
      const workers = await Promise.all(Array.from({ length: 6 }, () => openWorker(program)))
      const statuses: number[] = []
      let isOver = false
      const work = workers.map(async ({ visitor }) => {
        while (!isOver) {
          const response = await visitor.api('POST', '/api/execute', {
            exercise: slug,
            sql: 'select count(*) from item',
          })
          statuses.push(response.status)
          await response.text()
          await Bun.sleep(20)
        }
      })
      for (let kill = 0; kill < 5; kill += 1) {
        await Bun.sleep(400)
        const pods = podsOf(dataDir)
        const pid = pods[Math.floor(Math.random() * pods.length)]
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      }
      await Bun.sleep(500)
      isOver = true
      await Promise.all(work)
      expect(statuses.length).toBeGreaterThan(workers.length)
      expect(statuses.filter((status) => status >= 500)).toEqual([])
      const last = await Promise.all(
        workers.map(({ visitor }) => visitor.api('POST', '/api/execute', { exercise: slug, sql: 'select 1 as one' })),
      )
      for (const response of last) expect(JSON.stringify(await response.json())).toContain('"end":"completed"')
    },
    suiteTimeoutMs,
  )
})
