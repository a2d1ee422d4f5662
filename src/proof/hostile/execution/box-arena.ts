/**
 * Where hostile programs are run: a driver, a neighbour in a box of its own that keeps answering, and a host that is
 * looked at before and afterwards. What must not be touched is there to be touched: files that anybody may write, a process
 * of the user that boxes run as, servers on every kind of socket, a secret in the environment.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionDriver, ExecutionLimits, ExecutionResult, Job } from '../../../pods/execution.ts'
import { contractLimits, jobOf, type PartialJob, plainRuntime, textOf } from '../../../pods/execution-contract.ts'
import { LocalExecutionBox } from '../../../pods/local/execution/box.ts'
import { createLocalExecutionDriver } from '../../../pods/local/execution/execution-driver.ts'
import { identityFor, spawnAs } from '../../../postgres/identity.ts'
import { silentLog } from '../../../telemetry/log.ts'
import { watchLoop } from '../arena.ts'

/** Limits of an attacker's job. */
export const attackLimits: ExecutionLimits = { ...contractLimits, wallMs: 15_000, cpuMs: 6_000 }
/** What no box may ever show. */
export const secret = 'correct-horse-battery-staple'

const neighbourPauseMs = 15
const goneTimeoutMs = 10_000

/** What of this machine an attacker would like to reach. */
export interface Victim {
  /** A folder that anybody may write to. */
  directory: string
  /** A file in it, with the secret. */
  file: string
  /** A server on 127.0.0.1. */
  port: number
  /** A server on a unix socket in the folder. */
  socket: string
  /** The name of an abstract unix socket, without its first byte. */
  abstractName: string
  /** A process of the user that boxes run as. */
  pid: number
  /** How many connections the servers got. */
  connections(): number
}

/** What an attack came to. */
export interface Siege {
  result: ExecutionResult
  tookMs: number
}

/** A place to attack. */
export interface BoxArena {
  driver: ExecutionDriver
  victim: Victim
  /** What the neighbour and this program's main loop noticed so far. */
  answers(): number
  delaysMs: readonly number[]
  /** Runs a job to its end, and checks that the neighbour answered meanwhile and nothing is left. Throws what is wrong. */
  besiege(job: PartialJob): Promise<Siege>
  /** What is wrong with the victim; null where it is as it was. */
  harm(): string | null
  close(): Promise<void>
}

/** Opens a place. */
export async function openBoxArena(usesGroups: boolean): Promise<BoxArena> {
  const home = mkdtempSync(join(tmpdir(), 'podium-box-arena-'))
  chmodSync(home, 0o711)
  process.env.PODIUM_TEST_SECRET = secret
  const options = { directory: join(home, 'boxes'), hiddenPaths: [], log: silentLog, usesGroups }
  const driver = await createLocalExecutionDriver(options)
  const victim = await openVictim(join(home, 'victim'))
  const loop = watchLoop()
  const neighbour = await startNeighbour(driver)
  const mountsBefore = countMounts()
  return {
    driver,
    victim: victim.facts,
    answers: neighbour.answers,
    delaysMs: loop.delaysMs,
    besiege: async (job) => {
      const box = await startBox(driver)
      const namespace = readlinkSync(`/proc/${box.initPid}/ns/pid`)
      const answersBefore = neighbour.answers()
      const beganAt = performance.now()
      const result = await box.run(jobOf({ ...job, limits: { ...attackLimits, ...job.limits } }))
      const tookMs = performance.now() - beganAt
      await until(() => neighbour.answers() > answersBefore, 'The neighbour stopped answering')
      // One that was killed may take a moment to be gone on a busy machine.
      await until(() => processesIn(namespace).length === 0, 'Processes are left')
      const { boxes } = await driver.usage()
      if (boxes !== 1) throw new Error(`${boxes} boxes are left`)
      if (groupsOf(box.id).length > 0) throw new Error(`A control group is left: ${groupsOf(box.id).join(', ')}`)
      if (countMounts() > mountsBefore) throw new Error('A mount is left')
      return { result, tookMs }
    },
    harm: () => victim.harm(),
    close: async () => {
      await neighbour.stop()
      loop.stop()
      await driver.stop()
      victim.close()
      delete process.env.PODIUM_TEST_SECRET
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}

/** A box that waits. */
export async function startBox(driver: ExecutionDriver): Promise<LocalExecutionBox> {
  const box = await driver.startBox(plainRuntime, { limits: contractLimitsForAttack(), databaseSocket: null })
  if (!(box instanceof LocalExecutionBox)) throw new Error('The suite is for boxes of this machine')
  return box
}

function contractLimitsForAttack(): ExecutionLimits {
  return { ...contractLimits, wallMs: 120_000, cpuMs: 60_000 }
}

/** Processes that are in a box, by its process namespace. */
export function processesIn(namespace: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readlinkSync(`/proc/${name}/ns/pid`) === namespace
    } catch {
      return false
    }
  })
}

/** Waits until something holds; throws where it does not within ten seconds. */
export async function until(holds: () => boolean, complaint: string): Promise<void> {
  const deadline = performance.now() + goneTimeoutMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(complaint)
    await Bun.sleep(5)
  }
}

/** Keeps asking a program in a box something, and waits for each answer. */
async function startNeighbour(driver: ExecutionDriver) {
  const box = await startBox(driver)
  let answers = 0
  let isStopping = false
  let answered = () => {}
  async function* ask(): AsyncGenerator<Uint8Array> {
    while (!isStopping) {
      const answer = new Promise<void>((resolve) => {
        answered = resolve
      })
      yield new TextEncoder().encode('are you there\n')
      await answer
      answers += 1
      await Bun.sleep(neighbourPauseMs)
    }
  }
  const limits = { ...contractLimitsForAttack(), outputBytesMax: 10_000_000 }
  const job: Job = { ...jobOf({ argv: ['/bin/cat'] }), stdin: ask(), limits }
  const running = box.run(job, { onOutput: () => answered() })
  return {
    answers: () => answers,
    stop: async () => {
      isStopping = true
      answered()
      const { end, stderr } = await running
      if (end !== 'exited') throw new Error(`The neighbour was not left alone: ${end} ${textOf(stderr)}`)
    },
  }
}

function countMounts(): number {
  return readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length
}

/** Control groups of a box, in whatever place they may be. */
export function groupsOf(id: string): string[] {
  const places = ['', 'memory/', 'pids/', 'cpuacct/', 'cpu,cpuacct/'].map((name) => `/sys/fs/cgroup/${name}`)
  return places
    .flatMap((place) => namesIn(place).map((name) => join(place, name, id)))
    .filter((path) => existsSync(path))
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => /^(podium|boxes)-/.test(name))
  } catch {
    return []
  }
}

async function openVictim(directory: string) {
  mkdirSync(directory)
  chmodSync(directory, 0o777)
  const file = join(directory, 'precious')
  writeFileSync(file, secret)
  chmodSync(file, 0o666)
  let connections = 0
  const open = () => {
    connections += 1
  }
  const socket = { open, data: () => {} }
  const tcp = Bun.listen({ hostname: '127.0.0.1', port: 0, socket })
  const path = join(directory, 'server.sock')
  const unix = Bun.listen({ unix: path, socket })
  chmodSync(path, 0o777)
  const abstractName = `podium-arena-${process.pid}`
  const abstract = Bun.listen({ unix: `\0${abstractName}`, socket })
  const sleeper = spawnAs(identityFor('execution'), ['sleep', '600'], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  })
  const before = describeFolder(directory)
  const facts: Victim = {
    directory,
    file,
    port: tcp.port,
    socket: path,
    abstractName,
    pid: sleeper.pid,
    connections: () => connections,
  }
  return {
    facts,
    harm: () => {
      if (describeFolder(directory) !== before) return `Its folder changed: ${describeFolder(directory)}`
      if (connections > 0) return 'A server was reached'
      if (sleeper.exitCode !== null || sleeper.signalCode !== null) return 'A process was ended'
      return null
    },
    close: () => {
      sleeper.kill('SIGKILL')
      for (const server of [tcp, unix, abstract]) server.stop(true)
    },
  }
}

/** Names, owners, rights, times and contents. */
function describeFolder(directory: string): string {
  return readdirSync(directory)
    .sort()
    .map((name) => {
      const { uid, gid, mode, mtimeMs, size, nlink } = statSync(join(directory, name))
      const content = name === 'precious' ? readFileSync(join(directory, name), 'utf8') : ''
      return [name, uid, gid, mode, mtimeMs, size, nlink, content].join(' ')
    })
    .join('\n')
}
