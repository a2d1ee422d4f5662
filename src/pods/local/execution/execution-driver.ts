/**
 * The execution driver `local`: boxes are bubblewrap's, on this machine. Where no box can be made there is no driver to
 * speak of: `problem` says why, and nothing is ever run without one.
 *
 * Its directory holds what all boxes are shown or made of; nothing of a box itself is ever on disk.
 */
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isCompiled } from '../../../embedded.ts'
import { Failure } from '../../../failure.ts'
import { identityFor } from '../../../postgres/identity.ts'
import type { Log } from '../../../telemetry/log.ts'
import type { BoxOptions, BoxRuntime, ExecutionBox, ExecutionDriver } from '../../execution.ts'
import { randomName } from '../names.ts'
import { LocalExecutionBox } from './box.ts'
import { assembleFilter, ownArchitecture } from './filter.ts'
import { readBox } from './gauge.ts'
import { findGroups } from './groups.ts'
import { effectiveLimits } from './job.ts'
import { findProblem } from './problem.ts'
import { type BoxMaker, startProcess } from './start.ts'
import { endStrangers } from './strangers.ts'

/** Options of the driver. */
export interface LocalExecutionDriverOptions {
  /** Where it keeps what boxes are made of. Its parents must let other users pass. */
  directory: string
  /** Paths of this machine that no box may show, for example the data directory and folders of exercises. */
  hiddenPaths: readonly string[]
  log: Log
  /** False: no control groups even where there are some. */
  usesGroups?: boolean
}

const etcFiles: Readonly<Record<string, string>> = {
  passwd:
    'root:x:0:0::/:/usr/sbin/nologin\nlearner:x:1000:1000::/work:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n',
  group: 'root:x:0:\nlearner:x:1000:\nnogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost box\n::1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
}

/** Makes the driver. Never throws because boxes can't be had: its `problem` says so. */
export async function createLocalExecutionDriver(
  options: LocalExecutionDriverOptions,
): Promise<ExecutionDriver & { countsInKernel: boolean }> {
  const maker = prepare(options)
  const problem = await findProblem(maker)
  if (problem) options.log.warn('code exercises are off', { problem })
  return new LocalExecutionDriver(maker, problem)
}

function prepare({ directory, hiddenPaths, usesGroups = true }: LocalExecutionDriverOptions): BoxMaker {
  const path = resolve(directory)
  const etcDirectory = join(path, 'etc')
  mkdirSync(etcDirectory, { recursive: true })
  // Whatever the umask: the user of boxes passes through the first and reads the others.
  chmodSync(path, 0o711)
  chmodSync(etcDirectory, 0o755)
  for (const [name, text] of Object.entries(etcFiles)) {
    writeFileSync(join(etcDirectory, name), text)
    chmodSync(join(etcDirectory, name), 0o644)
  }
  const marker = createHash('sha256').update(path).digest('hex').slice(0, 16)
  const groups = usesGroups ? findGroups(marker) : null
  const filterPath = join(path, 'filter')
  const purpose = groups?.dividesCpu ? 'program' : 'program in one session'
  writeFileSync(filterPath, assembleFilter(ownArchitecture(), purpose), { mode: 0o600 })
  return {
    identity: identityFor('execution'),
    groups,
    etcDirectory,
    filterPath,
    hiddenPaths: [...hiddenPaths, ...(isCompiled ? [process.execPath] : []), path],
    marker,
  }
}

class LocalExecutionDriver implements ExecutionDriver {
  readonly name = 'local'
  readonly problem: string | null
  /** Whether boxes have control groups; else they are watched. */
  readonly countsInKernel: boolean
  private readonly maker: BoxMaker
  private readonly boxes = new Set<LocalExecutionBox>()
  /** From before there is a box. */
  private readonly ids = new Set<string>()
  private isStopping = false

  constructor(maker: BoxMaker, problem: string | null) {
    this.maker = maker
    this.problem = problem
    this.countsInKernel = maker.groups !== null
  }

  async startBox(runtime: BoxRuntime, options: BoxOptions): Promise<ExecutionBox> {
    if (this.problem) throw new Failure('unavailable', `Programs can’t be run here: ${this.problem}`)
    if (this.isStopping) throw new Failure('unavailable', 'Podium is stopping')
    const limits = effectiveLimits(options.limits, options.limits)
    const id = randomName('box-')
    this.ids.add(id)
    const started = await startProcess(this.maker, runtime, { ...options, limits }, id).catch((error) => {
      this.ids.delete(id)
      throw error
    })
    const box = new LocalExecutionBox({
      id,
      runtime,
      options: { ...options, limits },
      started,
      identity: this.maker.identity,
      startPlain: () => this.startBox({ ...runtime, warm: null }, options),
    })
    this.boxes.add(box)
    box.exited.then(() => {
      this.boxes.delete(box)
      this.ids.delete(id)
    })
    if (this.isStopping) {
      await box.kill()
      throw new Failure('unavailable', 'Podium is stopping')
    }
    return box
  }

  async usage() {
    const readings = [...this.boxes].map(({ initPid }) => readBox(initPid))
    return {
      memoryBytes: readings.reduce((sum, reading) => sum + (reading?.memoryBytes ?? 0), 0),
      processes: readings.reduce((sum, reading) => sum + (reading?.processes ?? 0), 0),
      boxes: this.boxes.size,
    }
  }

  async reapOrphans(): Promise<number> {
    const groups = (await this.maker.groups?.reap(this.ids)) ?? 0
    return Math.max(groups, endStrangers(this.maker.marker))
  }

  async stop(): Promise<void> {
    this.isStopping = true
    await Promise.all([...this.boxes].map((box) => box.kill()))
    this.maker.groups?.close()
  }
}
