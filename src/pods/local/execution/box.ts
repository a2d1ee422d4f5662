/** One box of this machine, from ready to gone. It runs one job and is gone before the job's result is told. */
import { readFileSync } from 'node:fs'
import { kill } from 'node:process'
import { Failure } from '../../../failure.ts'
import type { Identity } from '../../../postgres/identity.ts'
import type { BoxOptions, BoxRuntime, ExecutionBox, ExecutionResult, Job, JobListener } from '../../execution.ts'
import { checkJob, effectiveLimits } from './job.ts'
import { runJob } from './run.ts'
import type { StartedBox } from './start.ts'

/** Where the box's first process is not buried by its parent by then, the parent is killed too. */
const noticeTimeoutMs = 2_000
/** A box that is not gone by then stays behind in the kernel; nobody waits for it any longer. */
const goneTimeoutMs = 10_000

/** What a box is made of. */
export interface BoxFacts {
  id: string
  runtime: BoxRuntime
  options: BoxOptions
  started: StartedBox
  identity: Identity
  /** Starts another box for the same runtime without its warm program. */
  startPlain: () => Promise<ExecutionBox>
}

/** A box that `startProcess` has started. */
export class LocalExecutionBox implements ExecutionBox {
  readonly id: string
  readonly runtime: string
  readonly exited: Promise<void>
  private readonly facts: BoxFacts
  private readonly gone: Promise<void>
  private running: Promise<unknown> | null = null
  private isUsed = false
  private isEnding = false
  private isLost = false

  constructor(facts: BoxFacts) {
    this.facts = facts
    this.id = facts.id
    this.runtime = facts.runtime.key
    this.gone = waitUntilGone(facts.started)
    this.exited = this.gone.then(() => this.finish())
  }

  /** The box's first process, as this machine numbers it. */
  get initPid(): number {
    return this.facts.started.initPid
  }

  async run(job: Job, listener: JobListener = {}): Promise<ExecutionResult> {
    if (this.isUsed) throw new Failure('conflict', 'A box runs one job only')
    checkJob(job)
    const limits = effectiveLimits(job.limits, this.facts.options.limits)
    this.isUsed = true
    const { runtime, started } = this.facts
    if (runtime.warm !== null && (job.archive !== null || job.archives)) {
      const [plain] = await Promise.all([this.facts.startPlain(), this.kill()])
      return plain.run(job, listener)
    }
    const box = {
      started,
      boundsAddressSpace: runtime.boundsAddressSpace,
      identity: this.facts.identity,
      group: started.group,
      limits: this.facts.options.limits,
      end: () => this.end(),
      isLost: () => this.isLost,
      gone: this.gone,
    }
    const running = runJob(box, { ...job, limits }, listener)
    this.running = running.catch(() => {})
    try {
      return await running
    } finally {
      await this.kill()
    }
  }

  async kill(): Promise<void> {
    // Where its job has come to an end of another kind already, that counts.
    this.isLost = true
    this.end()
    await this.exited
  }

  private end(): void {
    if (this.isEnding) return
    this.isEnding = true
    const { process, initPid } = this.facts.started
    // The first process goes first: its parent takes note of it, and nobody else has to bury it.
    if (!killChild(initPid, process.pid)) process.kill('SIGKILL')
    else setTimeout(() => process.kill('SIGKILL'), noticeTimeoutMs).unref()
  }

  private async finish(): Promise<void> {
    await this.running
    this.facts.started.close()
    await this.facts.started.group?.remove()
  }
}

/**
 * The first process is dead only when all the others are, and bubblewrap waits for that one; where bubblewrap itself was
 * killed, it has to be waited for here.
 */
async function waitUntilGone({ process, initPid }: StartedBox): Promise<void> {
  const beganAt = readStat(initPid)?.beganAt
  await process.exited
  const deadline = performance.now() + goneTimeoutMs
  while (performance.now() < deadline) {
    const found = readStat(initPid)
    if (!found || found.beganAt !== beganAt || /[ZX]/.test(found.state)) return
    await Bun.sleep(2)
  }
}

/** False where the number is no longer that of this parent's child. */
function killChild(pid: number, parent: number): boolean {
  try {
    return readStat(pid)?.parent === parent && kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** What makes a number one process and no other. Null where there is none. */
function readStat(pid: number): { state: string; parent: number; beganAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // What comes after the name, which may hold anything: state, parent, and as the 20th the time of its start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', parent: Number(fields[1]), beganAt: fields[19] ?? '' }
  } catch {
    return null
  }
}
