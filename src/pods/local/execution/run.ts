/**
 * Runs a job in a box that waits: hands it over, collects what it says, ends it at the first limit it meets, and tells
 * what it came to when nothing of the box is left.
 */
import { type Identity, spawnAs } from '../../../postgres/identity.ts'
import type { ExecutionLimits, ExecutionResult, Job, JobListener } from '../../execution.ts'
import { type CollectOptions, type Collector, collect } from './collect.ts'
import { feedInput, handOver } from './feed.ts'
import type { BoxGroup } from './groups.ts'
import { prlimitOptions, processLimits, warmLimits } from './limits.ts'
import type { PipeReader } from './pipe.ts'
import type { StartedBox } from './start.ts'
import { type Ending, ended, endedBy, endedWithout } from './verdict.ts'
import { type Met, startWatch, type Watch } from './watch.ts'

/** A box about to run. */
export interface RunningBox {
  started: StartedBox
  boundsAddressSpace: boolean
  identity: Identity
  group: BoxGroup | null
  /** What the box was started with. */
  limits: ExecutionLimits
  /** Kills it. */
  end(): void
  /** Whether somebody else had it killed. */
  isLost(): boolean
  /** Resolves when none of its processes is left. */
  gone: Promise<void>
}

/** Packing a workspace after the job's end. */
const archiveTimeoutMs = 10_000
/** Everything that could write to a pipe is gone by then; what is in it is read in no time. */
const drainTimeoutMs = 2_000
/** Names and numbers that an archive adds to each file, roughly. */
const archiveBytesPerFile = 2048
const archiveBytesMin = 64 * 1024
const reportLineBytesMax = 32

/** Runs a checked job with the limits that hold for it. Never throws for what the job does. */
export async function runJob(box: RunningBox, job: Job, listener: JobListener): Promise<ExecutionResult> {
  const run = new Run(box, job, listener)
  try {
    return await run.result()
  } finally {
    run.close()
  }
}

class Run {
  private readonly box: RunningBox
  private readonly job: Job
  private readonly limits: ExecutionLimits
  private readonly beganAt = performance.now()
  private readonly collectors: Record<'stdout' | 'stderr' | 'channel' | 'report', Collector>
  private readonly watch: Watch
  private readonly listener: JobListener
  private readonly onAbort = () => this.stop(endedWithout('cancelled'))
  private timer: Timer
  private ending: Ending | null = null
  private endedAt: number | null = null
  private isArchiveLost = false

  constructor(box: RunningBox, job: Job, listener: JobListener) {
    this.box = box
    this.job = job
    this.limits = job.limits
    this.listener = listener
    const { started } = box
    const { wallMs, outputBytesMax } = job.limits
    const output = (reader: PipeReader, stream: 'stdout' | 'stderr' | null): Collector =>
      this.collect(reader, { bytesMax: outputBytesMax, ...(stream ? { onBytes: this.tell(stream) } : {}) })
    this.collectors = {
      stdout: output(started.stdout, 'stdout'),
      stderr: output(started.stderr, 'stderr'),
      channel: output(started.channel, null),
      report: collect(started.report, {
        bytesMax: this.archiveBytesMax(),
        onBytes: () => this.noteEnd(),
        onOverflow: () => this.giveUpArchive(),
      }),
    }
    const { initPid, readyMemoryBytes } = started
    const watched = { initPid, group: box.group, readyMemoryBytes, limits: job.limits }
    this.watch = startWatch(watched, (name) => this.meet(name))
    this.timer = setTimeout(() => this.stop(endedBy('wallMs', job.limits)), wallMs)
    listener.signal?.addEventListener('abort', this.onAbort, { once: true })
  }

  async result(): Promise<ExecutionResult> {
    if (this.listener.signal?.aborted) this.onAbort()
    else if (!this.fits()) this.stop(endedBy('diskBytesMax', this.limits))
    else if (!this.limitGroup()) this.stop(endedWithout('lost'))
    else this.feed()
    await this.box.gone
    this.endedAt ??= performance.now()
    this.stopWatching()
    const all = Object.values(this.collectors)
    await Promise.race([Promise.all(all.map(({ done }) => done)), Bun.sleep(drainTimeoutMs)])
    return this.describe()
  }

  close(): void {
    this.stopWatching()
    this.listener.signal?.removeEventListener('abort', this.onAbort)
    for (const collector of Object.values(this.collectors)) collector.stop()
    this.box.started.close()
  }

  /** False where the group is gone: a box that waited may have been the first to go when memory ran out. */
  private limitGroup(): boolean {
    try {
      this.box.group?.limit(this.limits)
      return true
    } catch {
      return false
    }
  }

  private feed(): void {
    const { started, boundsAddressSpace, gone } = this.box
    const limits = processLimits(this.limits, boundsAddressSpace)
    this.limitWarm()
      .then(() => handOver(started, this.job, limits))
      .catch(() => this.stop(endedWithout('lost')))
    void feedInput(started.stdin, this.job.stdin, gone)
  }

  private stop(ending: Ending): void {
    this.ending ??= ending
    this.endedAt ??= performance.now()
    this.box.end()
  }

  /** Packing the workspace takes processor time, which is not the job's. Everything else goes on to count. */
  private meet(met: Met): void {
    if (this.endedAt === null || met !== 'cpuMs') this.stop(this.endingOf(met))
  }

  private endingOf(met: Met): Ending {
    return met === 'starved' ? endedWithout('lost') : endedBy(met, this.limits)
  }

  private stopWatching(): void {
    clearTimeout(this.timer)
    this.watch.stop()
  }

  /** A warm program that has other limits than this job's gets them from outside, before its job. */
  private async limitWarm(): Promise<void> {
    const { started, boundsAddressSpace, identity, limits } = this.box
    if (started.warmPid === null) return
    const options = prlimitOptions(
      warmLimits(limits, boundsAddressSpace),
      processLimits(this.limits, boundsAddressSpace),
    )
    if (options.length === 0) return
    const quiet = { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' } as const
    const code = await spawnAs(identity, ['prlimit', '--pid', String(started.warmPid), ...options], quiet).exited
    if (code !== 0) this.stop(endedWithout('lost'))
  }

  private collect(reader: PipeReader, options: Omit<CollectOptions, 'onOverflow'>): Collector {
    return collect(reader, { ...options, onOverflow: () => this.stop(endedBy('outputBytesMax', this.limits)) })
  }

  private tell(stream: 'stdout' | 'stderr'): (bytes: Uint8Array) => void {
    return (bytes) => this.listener.onOutput?.(stream, bytes)
  }

  private fits(): boolean {
    const { files, archive } = this.job
    const bytes = files.reduce((sum, { content }) => sum + content.length, archive?.length ?? 0)
    return bytes <= this.limits.diskBytesMax
  }

  private archiveBytesMax(): number {
    const { diskBytesMax, filesMax } = this.limits
    return this.job.archives ? archiveBytesMin + diskBytesMax + filesMax * archiveBytesPerFile : archiveBytesMin
  }

  /** With an archive to come, the first line of the report is the job's end; from then on only packing goes on. */
  private noteEnd(): void {
    if (!this.job.archives || this.endedAt !== null) return
    this.endedAt = performance.now()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.giveUpArchive(), archiveTimeoutMs)
  }

  private giveUpArchive(): void {
    if (!this.job.archives) return
    this.isArchiveLost = true
    this.endedAt ??= performance.now()
    this.box.end()
  }

  private describe(): ExecutionResult {
    const [stdout, stderr, channel] = [this.bytesOf('stdout'), this.bytesOf('stderr'), this.bytesOf('channel')]
    const last = this.watch.lastLook()
    const unnoticed = last === 'cpuMs' && this.job.archives ? null : last
    const isCounted = this.box.group?.countsCpu === true
    const cpuMs = isCounted ? this.watch.cpuMs : Math.max(this.watch.cpuMs, cpuMsOf(this.box.started))
    const { code, archive, complaint } = this.readReport()
    if (this.box.isLost()) this.ending ??= endedWithout('lost')
    if (unnoticed) this.ending ??= this.endingOf(unnoticed)
    const finish = { cpuMs, isPacked: this.job.archives, stderr }
    if (this.ending === null && code !== null) this.ending = ended({ code, ...finish }, this.limits)
    return {
      ...(this.ending ?? endedWithout('lost')),
      stdout,
      stderr: complaint === null ? stderr : new TextEncoder().encode(complaint),
      channel: this.job.hasChannel ? channel : new Uint8Array(),
      archive: this.job.archives && !this.isArchiveLost ? archive : null,
      wallMs: (this.endedAt ?? performance.now()) - this.beganAt,
      cpuMs,
      memoryBytesPeak: this.watch.memoryBytesPeak,
    }
  }

  /** What the box said beside the job's own words. It may be the job's all the same: nothing rests on it. */
  private readReport(): { code: number | null; archive: Uint8Array | null; complaint: string | null } {
    const report = this.bytesOf('report')
    const lineEnd = Math.min(report.indexOf(0x0a), reportLineBytesMax)
    const line = new TextDecoder().decode(report.subarray(0, Math.max(0, lineEnd)))
    const complaint = line === 'unpack' ? 'The files could not be unpacked.\n' : null
    const code = this.job.archives ? /^exit (\d{1,3})$/.exec(line)?.[1] : undefined
    if (code === undefined) return { code: this.box.started.process.exitCode, archive: null, complaint }
    return { code: Number(code), archive: report.slice(lineEnd + 1), complaint }
  }

  private bytesOf(name: keyof Run['collectors']): Uint8Array {
    return this.collectors[name].bytes()
  }
}

/** Processor time of all that the box's processes waited for, without what it took to make the box. */
function cpuMsOf({ process, readyCpuMs }: StartedBox): number {
  return Math.max(0, Number(process.resourceUsage()?.cpuTime.total ?? 0) / 1000 - readyCpuMs)
}
