/**
 * Killing the program and its control plane while people register, sign in and out, change passwords, make tokens and
 * save drafts: nothing acknowledged is lost, nothing is half-made, and what was ended stays ended.
 */
import { afterEach, expect, test } from 'bun:test'
import { expectWholeLife, type Life, live, newLife } from './account-life.ts'
import { controlPlanesOf, isReady, until } from './processes.ts'
import { type Program, removeDirectory, scratchDirectory, startProgram } from './program.ts'

const env = { TRUSTED_PROXIES: '127.0.0.1', PODIUM_LOG_LEVEL: 'warn' }
const lanesCount = 6
/** The crash comes after so many acknowledged steps, at any point of the next ones. */
const stepsMin = 40
const stepsMax = 90
const patienceMs = 60_000
const suiteTimeoutMs = 240_000

let program: Program | null = null
let dataDir: string | null = null

afterEach(async () => {
  await program?.stop()
  if (dataDir !== null) await removeDirectory(dataDir)
  program = null
  dataDir = null
})

/** Many live at once until the crash; returns all their lives. */
async function liveUntil(url: string, crash: () => Promise<void>): Promise<Life[]> {
  const lives: Life[] = []
  // A control plane that is back at once may be missed by nobody: then a life in its middle is the lane's last.
  let isOver = false
  const lanes = Array.from({ length: lanesCount }, async () => {
    let isWhole = true
    while (isWhole && !isOver) {
      const life = newLife(url)
      lives.push(life)
      isWhole = await live(url, life)
    }
  })
  const steps = () => lives.reduce((sum, life) => sum + life.steps, 0)
  const crashAt = stepsMin + Math.floor(Math.random() * (stepsMax - stepsMin))
  await until(`step ${crashAt}`, () => steps() >= crashAt, patienceMs)
  await crash()
  isOver = true
  await Promise.all(lanes)
  return lives
}

async function expectWholeLives(url: string, lives: readonly Life[]): Promise<void> {
  for (const life of lives) await expectWholeLife(url, life)
  // Every kind of change was acknowledged to somebody, else little was proved.
  for (const kind of ['tokens', 'endedCookies', 'oldPasswords'] as const) {
    expect(lives.filter((life) => life[kind].length > 0).length).toBeGreaterThan(0)
  }
}

test(
  'kill -9 of the program leaves every account whole',
  async () => {
    dataDir = await scratchDirectory()
    const all: Life[] = []
    program = await startProgram({ dataDir, env })
    const port = Number(new URL(program.url).port)
    for (let round = 0; round < 3; round += 1) {
      const running: Program = program
      all.push(...(await liveUntil(running.url, async () => await running.kill())))
      program = await startProgram({ dataDir, env, port })
    }
    await expectWholeLives(program.url, all)
  },
  suiteTimeoutMs,
)

test(
  'kill -9 of the control plane leaves every account whole',
  async () => {
    const directory = await scratchDirectory()
    dataDir = directory
    const running = await startProgram({ dataDir, env })
    program = running
    const all: Life[] = []
    const crash = async () => {
      for (const pid of controlPlanesOf(directory)) process.kill(pid, 'SIGKILL')
    }
    for (let round = 0; round < 3; round += 1) {
      all.push(...(await liveUntil(running.url, crash)))
      await until('the control plane to be back', async () => await isReady(running), patienceMs)
    }
    await expectWholeLives(running.url, all)
  },
  suiteTimeoutMs,
)
