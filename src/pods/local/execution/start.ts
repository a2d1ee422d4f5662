/** Starts a box and waits until it is ready for its job. Must run on the main thread, like every start of a pod. */
import { closeSync, fchownSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { Failure } from '../../../failure.ts'
import { type Identity, spawnWithDescriptors } from '../../../postgres/identity.ts'
import type { BoxOptions, BoxRuntime } from '../../execution.ts'
import { preciseCpuMsOf, processTree } from '../usage.ts'
import { type BoxParts, boxArguments } from './arguments.ts'
import { residentBytes } from './gauge.ts'
import type { BoxGroup, GroupTree } from './groups.ts'
import { warmLimits } from './limits.ts'
import {
  endQuietly,
  makePipe,
  moveUp,
  type Pipe,
  type PipeReader,
  type PipeWriter,
  readerOf,
  writerOf,
} from './pipe.ts'
import { starterCommand } from './starter.ts'

/** A warm program may have libraries to load on a busy machine. */
const readyTimeoutMs = 30_000
const complaintBytesMax = 4096
const ready = 'ready\n'
/**
 * Podium itself and the databases come first when the processor is short. What the kernel counts by user and not by
 * process is bounded here, before there is a namespace of users: one box can then not use up what is there for all. One
 * byte of core means none at all; with none, the kernel would still start the machine's own program for crashes.
 */
const modesty = ['nice', '-n', '10', 'prlimit', '--core=1', '--sigpending=1024', '--memlock=65536', '--msgqueue=0']

/** When memory runs out, the kernel takes boxes before others. */
const offeredFirst = '900'

/** What all boxes of a driver are made of. */
export interface BoxMaker extends Omit<BoxParts, 'filterDescriptor'> {
  identity: Identity
  /** Null where there are no control groups to be had. */
  groups: GroupTree | null
  /** The file with the filter. */
  filterPath: string
  /** Found in the environment of the processes of this Podium's boxes, and of no other's. */
  marker: string
}

/** The name of the variable that holds the marker; it is not seen inside. */
export const markerVariable = 'PODIUM_BOX'

/** A box that waits, with our ends of its pipes. */
export interface StartedBox {
  process: Bun.Subprocess
  /** The box's first process, as this machine numbers it: with it everything in the box ends. */
  initPid: number
  /** The warm program; null without one. */
  warmPid: number | null
  /** In its control group; null where there are none. */
  group: BoxGroup | null
  /** Processor time that it took to make the box ready. */
  readyCpuMs: number
  /** What the warm program holds already: its control group counts only what comes after. 0 without one. */
  readyMemoryBytes: number
  stdin: PipeWriter
  job: PipeWriter
  /** Where the archive of files goes; null for a warm program. */
  files: PipeWriter | null
  stdout: PipeReader
  stderr: PipeReader
  channel: PipeReader
  report: PipeReader
  /** Closes our ends. Idempotent. */
  close(): void
}

/** Starts a box. Throws `Failure('unavailable')` with what bubblewrap said where it does not come up. */
export async function startProcess(
  maker: BoxMaker,
  runtime: BoxRuntime,
  options: BoxOptions,
  id: string,
): Promise<StartedBox> {
  let group: BoxGroup | null = null
  const pipes = openPipes(runtime.warm === null)
  const started = spawn(maker, runtime, options, pipes)
  const announced = maker.groups?.announce(started.process.pid)
  try {
    await waitUntilReady(started)
    const initPid = firstChild(started.process.pid)
    const tree = processTree(initPid)
    for (const pid of tree) offerFirst(pid)
    group = maker.groups?.create(id) ?? null
    await announced
    await group?.admit(tree)
    const readyCpuMs = [started.process.pid, ...tree].reduce((sum, pid) => sum + preciseCpuMsOf(pid), 0)
    const warmPid = runtime.warm === null ? null : firstChild(initPid)
    const readyMemoryBytes = warmPid === null ? 0 : residentBytes(warmPid)
    return { ...started, initPid, warmPid, group, readyCpuMs, readyMemoryBytes }
  } catch (error) {
    started.process.kill('SIGKILL')
    started.close()
    await started.process.exited
    await group?.remove()
    throw error
  }
}

interface BoxPipes {
  stdin: Pipe
  stdout: Pipe
  stderr: Pipe
  channel: Pipe
  job: Pipe
  report: Pipe
  files: Pipe | null
}

/** Leaves none open where there are not enough of them to be had. */
function openPipes(takesFiles: boolean): BoxPipes {
  const made: Pipe[] = []
  const make = (ours: keyof Pipe) => {
    const pipe = makePipe(ours)
    made.push(pipe)
    return pipe
  }
  try {
    return {
      stdin: make('writeEnd'),
      stdout: make('readEnd'),
      stderr: make('readEnd'),
      channel: make('readEnd'),
      job: make('writeEnd'),
      report: make('readEnd'),
      files: takesFiles ? make('writeEnd') : null,
    }
  } catch (error) {
    for (const end of made.flatMap(({ readEnd, writeEnd }) => [readEnd, writeEnd])) closeSync(end)
    throw error
  }
}

function spawn(maker: BoxMaker, runtime: BoxRuntime, options: BoxOptions, pipes: BoxPipes) {
  const { stdin, stdout, stderr, channel, job, report, files } = pipes
  const theirs = [stdin.readEnd, stdout.writeEnd, stderr.writeEnd, channel.writeEnd, job.readEnd, report.writeEnd]
  if (files) theirs.push(files.readEnd)
  const ours = [stdin.writeEnd, job.writeEnd, stdout.readEnd, stderr.readEnd, channel.readEnd, report.readEnd]
  if (files) ours.push(files.writeEnd)
  try {
    const filter = moveUp(openSync(maker.filterPath, 'r'))
    theirs.push(filter)
    // A program may open input and output by name, and then the owner counts. Nobody opens the others so.
    const named = [stdin.readEnd, stdout.writeEnd, stderr.writeEnd]
    if (maker.identity) for (const end of named) fchownSync(end, maker.identity.uid, maker.identity.gid)
    const limits = warmLimits(options.limits, runtime.boundsAddressSpace)
    const command = starterCommand(runtime.warm?.argv ?? null, limits)
    const box = boxArguments(runtime, options, { ...maker, filterDescriptor: theirs.indexOf(filter) })
    const argv = [...modesty, 'bwrap', ...box, ...command]
    const process = spawnWithDescriptors(maker.identity, argv, theirs, {
      [markerVariable]: maker.marker,
    })
    return observe(process, pipes)
  } catch (error) {
    for (const descriptor of ours) closeSync(descriptor)
    throw error
  } finally {
    for (const descriptor of theirs) closeSync(descriptor)
  }
}

/** Takes over our ends of the pipes. */
function observe(process: Bun.Subprocess, pipes: BoxPipes) {
  const { stdin, job, files, stdout, stderr, channel, report } = pipes
  const writers = {
    stdin: writerOf(stdin.writeEnd),
    job: writerOf(job.writeEnd),
    files: files && writerOf(files.writeEnd),
  }
  const readers = {
    stdout: readerOf(stdout.readEnd),
    stderr: readerOf(stderr.readEnd),
    channel: readerOf(channel.readEnd),
    report: readerOf(report.readEnd),
  }
  const close = () => {
    for (const writer of Object.values(writers)) if (writer) void endQuietly(writer)
    for (const reader of Object.values(readers)) reader.cancel().catch(() => {})
  }
  return { process, ...writers, ...readers, close }
}

async function waitUntilReady(started: Pick<StartedBox, 'process' | 'report' | 'stderr'>): Promise<void> {
  const timer = setTimeout(() => started.process.kill('SIGKILL'), readyTimeoutMs)
  try {
    let said = ''
    while (said.length < ready.length) {
      const { value, done } = await started.report.read()
      if (done) throw new Failure('unavailable', `A box did not start: ${await complaint(started.stderr)}`)
      said += new TextDecoder().decode(value)
    }
    if (said !== ready) throw new Failure('unavailable', 'A box did not start: its program said something else')
  } finally {
    clearTimeout(timer)
  }
}

async function complaint(stderr: PipeReader): Promise<string> {
  let said = ''
  while (said.length < complaintBytesMax) {
    const { value, done } = await stderr.read()
    if (done) break
    said += new TextDecoder().decode(value)
  }
  return said.trim().slice(0, complaintBytesMax) || 'bubblewrap ended without a word'
}

function offerFirst(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, offeredFirst)
  } catch {
    // It has ended.
  }
}

/** The first child that a process has at this moment. */
function firstChild(pid: number): number {
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  if (first === undefined) throw new Failure('unavailable', 'A box ended as it started')
  return Number(first)
}
