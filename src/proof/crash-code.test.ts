/**
 * Killing the program while answers to code exercises are graded and programs run: nothing acknowledged is lost, every
 * stored answer is judged once, and nothing of any box is left.
 */
import { afterEach, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { processTree } from '../pods/local/usage.ts'
import {
  type CodeWorker,
  openCodeWorker,
  readLog,
  runUntilCut,
  type StoredAnswer,
  storedAnswers,
  submitUntilCut,
  writeSlowExercise,
} from './code-worker.ts'
import { controlPlanesOf, podsOf, until } from './processes.ts'
import { type Program, removeDirectory, scratchDirectory, startProgram } from './program.ts'

const submittersCount = 3
const runnersCount = 2
const roundsCount = 3
const patienceMs = 60_000
const suiteTimeoutMs = 300_000
const groupsRoot = '/sys/fs/cgroup'

let program: Program | null = null
const directories: string[] = []

afterEach(async () => {
  await program?.stop()
  program = null
  for (const directory of directories.splice(0)) await removeDirectory(directory)
})

async function freshDirectory(): Promise<string> {
  const directory = await scratchDirectory()
  directories.push(directory)
  return directory
}

/**
 * Everybody works; once a verdict and a run have been acknowledged, the program is killed while an answer is being graded
 * and a program's output comes.
 */
async function workAndCrash(running: Program, submitters: CodeWorker[], runners: CodeWorker[]): Promise<void> {
  const work = Promise.all([...submitters.map(submitUntilCut), ...runners.map(runUntilCut)])
  const judged = () => submitters.reduce((sum, worker) => sum + worker.judged.size, 0)
  const runs = () => runners.reduce((sum, worker) => sum + worker.runs, 0)
  const [judgedBefore, runsBefore] = [judged(), runs()]
  const isHot = async () => {
    if (judged() === judgedBefore || runs() === runsBefore) return false
    if (!runners.some(({ isStreaming }) => isStreaming)) return false
    const stored = await Promise.all(submitters.map(storedAnswers))
    return stored.some((answers) => answers?.some(({ verdict }) => verdict === null) === true)
  }
  await until('an answer being graded while a program runs', isHot, patienceMs)
  // Anywhere in a grading, which takes about a second.
  await Bun.sleep(Math.random() * 600)
  const living = livingBelow(running)
  expect(living.length).toBeGreaterThan(0)
  await running.kill()
  await work
  await until('the end of all boxes', () => podsOf(running.dataDir).length === 0, patienceMs)
  await until('the end of all that ran in boxes', () => living.every((each) => !isAlive(each)), patienceMs)
}

/** A process, told from a later one of the same number. */
interface Living {
  pid: number
  beganAt: string
}

/** Everything below the program but its control plane, which outlives it by design. */
function livingBelow({ pid, dataDir }: Program): Living[] {
  const spared = new Set([pid, ...controlPlanesOf(dataDir).flatMap(processTree)])
  return processTree(pid)
    .filter((each) => !spared.has(each))
    .map((each) => ({ pid: each, beganAt: beganAt(each) ?? '' }))
}

function isAlive({ pid, beganAt: since }: Living): boolean {
  return beganAt(pid) === since
}

/** Null where there is no such process, or nothing but its number. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return /[ZX]/.test(fields[0] ?? '') ? null : (fields[19] ?? '')
  } catch {
    return null
  }
}

/** Control groups of boxes of a Podium, in whichever trees this machine has. */
function groupsOf(dataDir: string): string[] {
  const marker = createHash('sha256').update(resolve(dataDir, 'boxes')).digest('hex').slice(0, 16)
  const ours = foldersBelow(groupsRoot).filter((path) => path.endsWith(`-${marker}`))
  return ours.flatMap(foldersIn).filter((path) => !path.endsWith('/starting'))
}

function foldersBelow(directory: string): string[] {
  return foldersIn(directory).flatMap((path) => [path, ...foldersBelow(path)])
}

/** Groups come and go while one looks: of one that has just gone there is nothing to tell, where `Bun.Glob` would throw. */
function foldersIn(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name))
  } catch {
    return []
  }
}

/**
 * Waits for the verdicts of what the crash left, then compares with all that was acknowledged. Returns how many answers
 * are judged of which nobody was told.
 */
async function expectNothingLost(worker: CodeWorker): Promise<number> {
  let stored: StoredAnswer[] = []
  const isJudged = async () => {
    const answers = await storedAnswers(worker)
    stored = answers ?? []
    return answers?.every(({ verdict }) => verdict !== null) === true
  }
  await until('a verdict for every stored answer', isJudged, patienceMs)
  expect(stored.length).toBeLessThanOrEqual(worker.sent)
  expect(stored.map(({ verdict }) => verdict)).toEqual(stored.map(() => 'accepted'))
  const verdicts = new Map(stored.map(({ id, verdict }) => [id, verdict]))
  for (const [id, verdict] of worker.judged) expect(verdicts.get(id)).toBe(verdict)
  const log = await readLog(worker)
  expect(log.verdicts).toEqual(new Map(stored.map(({ id }) => [id, 1])))
  expect(log.draftVersion).toBeGreaterThanOrEqual(worker.draftVersion)
  expect(log.runs).toBeGreaterThanOrEqual(worker.runs)
  worker.draftVersion = log.draftVersion
  return stored.length - worker.judged.size
}

test.if(Bun.which('bwrap') !== null)(
  'kill -9 of the program while code is graded loses nothing, judges every answer once, and leaves nothing of a box',
  async () => {
    const [dataDir, exercises] = [await freshDirectory(), await freshDirectory()]
    await writeSlowExercise(exercises)
    const env = { EXERCISES_DIR: exercises }
    let running = await startProgram({ dataDir, env })
    program = running
    const port = Number(new URL(running.url).port)
    const filesBefore = readdirSync(join(dataDir, 'boxes')).sort()
    const open = async (count: number) =>
      await Promise.all(Array.from({ length: count }, () => openCodeWorker(running.url)))
    const [submitters, runners] = [await open(submittersCount), await open(runnersCount)]
    let untold = 0
    for (let round = 0; round < roundsCount; round += 1) {
      await workAndCrash(running, submitters, runners)
      const left = groupsOf(dataDir)
      running = await startProgram({ dataDir, env, port })
      program = running
      for (const worker of [...submitters, ...runners]) untold += await expectNothingLost(worker)
      const isGone = (path: string) => !groupsOf(dataDir).includes(path)
      await until('the end of the groups left behind', () => left.every(isGone), patienceMs)
      const relays = () => readdirSync(join(dataDir, 'sandboxes/relays'))
      await until('the end of all ways to databases', () => relays().length === 0, patienceMs)
    }
    // Else the crashes came when nothing was going on, and nothing is proved.
    expect(untold).toBeGreaterThan(0)
    await running.stop()
    await until('the end of all pods', () => podsOf(dataDir).length === 0, patienceMs)
    expect(groupsOf(dataDir)).toEqual([])
    expect(readdirSync(join(dataDir, 'boxes')).sort()).toEqual(filesBefore)
  },
  suiteTimeoutMs,
)
