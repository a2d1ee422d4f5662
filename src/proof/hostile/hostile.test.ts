/** Hostile SQL is the normal case: each attack against a real server, boxed and unboxed, with neighbours who go on working. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import type { Database, Pod } from '../../pods/driver.ts'
import type { RunLimits, RunResult } from '../../pods/run.ts'
import { type Arena, attackLimits, openArena, percentile, runAll, watchLoop } from './arena.ts'
import type { Attack } from './attack.ts'
import { attacks } from './attacks.ts'

/** From the limit to the answer: cancel, terminate, and where nothing else helps the pod's end. */
const graceMs = 8_000
const patientMs = 10_000
/** Where the quiet is very quiet, noise of the machine counts for more than the attacker. */
const noiseMs = 30

for (const boxed of Bun.which('bwrap') ? [true, false] : [false]) {
  describe(`Hostile SQL in ${boxed ? 'a boxed' : 'an unboxed'} pod`, () => {
    let arena: Arena
    const quietMs: number[] = []
    const besiegedMs: number[] = []
    const delaysMs: number[] = []
    const quietDelaysMs: number[] = []
    beforeAll(async () => {
      arena = await openArena(boxed)
      const loop = watchLoop()
      const { other } = await arena.besiege(() => Bun.sleep(1_500))
      loop.stop()
      quietDelaysMs.push(...loop.delaysMs)
      quietMs.push(...other.latenciesMs)
    }, 60_000)
    afterAll(() => arena.close())

    for (const attack of attacks) {
      test(attack.name, async () => {
        const { pod, database } = await arena.attacker()
        const loop = watchLoop()
        const beganAt = performance.now()
        const { result, mate, other } = await arena.besiege(() => perform(database, attack))
        const tookMs = performance.now() - beganAt
        loop.stop()
        judge(attack, result)
        expect(tookMs).toBeLessThan(limitsOf(attack).timeoutMs + graceMs)
        expect(other.troubles).toEqual([])
        besiegedMs.push(...other.latenciesMs)
        delaysMs.push(...loop.delaysMs)
        const isLost = await isGone(pod)
        if (isLost) expect(attack.mayLosePod ?? false).toBe(true)
        else await expectPeace(attack, database, mate.troubles)
      }, 30_000)
    }

    test('neighbours in another pod hardly notice', () => {
      expect(besiegedMs.length).toBeGreaterThan(100)
      expect(percentile(besiegedMs, 0.95)).toBeLessThan(Math.max(3 * percentile(quietMs, 0.95), noiseMs))
    })

    test('Podium itself goes on answering', () => {
      // What else the machine does delays this process in the quiet as well.
      expect(percentile(delaysMs, 0.99)).toBeLessThan(Math.max(50, 3 * percentile(quietDelaysMs, 0.99)))
    })

    test('a pod is as light as before when the attackers are gone', async () => {
      const { pod, database } = await arena.attacker()
      await database.drop()
      const { memoryBytes, diskBytes } = await pod.usage()
      expect(memoryBytes).toBeLessThan(150 * 1024 * 1024)
      expect(diskBytes).toBeLessThan(100 * 1024 * 1024)
      expect(existsSync('/tmp/podium-was-here')).toBe(false)
    })
  })
}

/** What another limit must end gets the time that a busy machine may need. */
function limitsOf({ end }: Attack): RunLimits {
  return end.includes('time_limit') ? attackLimits : { ...attackLimits, timeoutMs: patientMs }
}

/** Runs all of an attack; the last result counts. */
async function perform(database: Database, attack: Attack): Promise<RunResult> {
  const { sql } = attack
  const runs = sql.map((part) => (typeof part === 'string' ? null : part)).filter((part) => part !== null)
  const texts = sql.filter((part) => typeof part === 'string')
  const limits = limitsOf(attack)
  let result = await runAll(database, runs[0] ?? texts, limits)
  for (const run of runs.slice(1)) result = await runAll(database, run, limits)
  return result
}

function judge(attack: Attack, result: RunResult): void {
  const last = result.statements.at(-1)
  const error = last?.error ? `${last.error.code} ${last.error.message}` : ''
  expect([result.end, error.slice(0, 200)]).toSatisfy(([end]) => attack.end.some((allowed) => allowed === end))
  if (attack.error) expect(error.slice(0, 300)).toMatch(attack.error)
  if (attack.row) expect(last?.rows[0]).toEqual([...attack.row])
  if (attack.never) expect(JSON.stringify(result)).not.toMatch(attack.never)
  expect(attack.check?.(result) ?? null).toBeNull()
}

/** The attacker's sandbox works or is lost where it may be; the neighbour in the same pod was not disturbed; nothing is left. */
async function expectPeace(attack: Attack, database: Database, troubles: readonly string[]): Promise<void> {
  if (!attack.mayDisturbMates) expect(troubles).toEqual([])
  const after = await runAll(database, ["SELECT 'still here'"])
  if (after.end === 'lost') expect(attack.mayLoseSandbox ?? false).toBe(true)
  else expect([after.end, await lingering(database)]).toEqual(['completed', '0'])
  await database.drop()
}

/** Sessions of the attacker that are still there after two seconds at most. */
async function lingering(database: Database): Promise<string | null | undefined> {
  const question = 'SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()'
  let count: string | null | undefined
  for (let tries = 0; tries < 40 && count !== '0'; tries += 1) {
    if (tries > 0) await Bun.sleep(50)
    count = (await runAll(database, ['SET statement_timeout = 0', question])).statements[1]?.rows[0]?.[0]
  }
  return count
}

async function isGone(pod: Pod): Promise<boolean> {
  return Promise.race([pod.exited.then(() => true), Bun.sleep(10).then(() => false)])
}
