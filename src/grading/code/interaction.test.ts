import { expect, test } from 'bun:test'
import { Failure } from '../../failure.ts'
import type { ExecutionBox, ExecutionLimits, Job, JobListener } from '../../pods/execution.ts'
import type { Runtime } from '../../runtimes/runtime.ts'
import type { UseBoxes } from '../../sandboxes/executions.ts'
import { FakeBox } from '../../sandboxes/fake-execution-driver.ts'
import { runInteraction } from './interaction.ts'
import type { Prepared } from './program.ts'

const limits: ExecutionLimits = {
  ...{ wallMs: 1_000, cpuMs: 1_000, memoryBytesMax: 1, processesMax: 1, openFilesMax: 1, fileBytesMax: 1 },
  ...{ diskBytesMax: 1, filesMax: 1, outputBytesMax: 1 },
}
const box = { key: 'sh', root: null, binds: [], env: {}, warm: null, boundsAddressSpace: true }
const runtime: Runtime = {
  ...{ name: 'sh', title: 'Shell', version: '1', problem: null, install: null, editorMode: 'sh', endings: ['sh'] },
  ...{ entry: 'main.sh', isCompiled: false, frameworks: [], limits: {}, compileLimits: {} },
}
const commands = () => ({ compile: null, run: ['sh'] })
const program: Prepared = {
  runtime: { runtime, box, programs: {}, commands, compileBox: async () => box },
  ...{ argv: ['sh'], files: [], archive: null, limits, database: null },
}

/** A box that can't run its job at all. */
class RefusingBox extends FakeBox {
  override async run(): Promise<never> {
    throw new Failure('invalid', 'A job can’t be run: its command is too long')
  }
}

/** A box whose program reads until there is nothing more to read, or it is cancelled. */
class ReadingBox extends FakeBox {
  isCancelled = false

  async #read({ stdin }: Job): Promise<void> {
    if (!(stdin instanceof Uint8Array)) for await (const _ of stdin);
  }

  override async run(job?: Job, { signal }: JobListener = {}) {
    const cancelled = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    cancelled.then(() => {
      this.isCancelled = true
    })
    await Promise.race([job && this.#read(job), cancelled])
    return await super.run()
  }
}

test.each(['the answer', 'the judge'])(
  'where %s can’t be run at all, that is told, and nobody waits for it',
  async (who) => {
    const options = { limits, databaseSocket: null }
    const [refusing, reading] = [new RefusingBox('1', 'sh', options), new ReadingBox('2', 'sh', options)]
    const boxes: ExecutionBox[] = who === 'the answer' ? [refusing, reading] : [reading, refusing]
    const useBoxes: UseBoxes = async (_wants, body) => await body(boxes)
    const talking = runInteraction(
      { useBoxes },
      { answer: program, judge: program, wish: {}, use: { personId: 'ada' } },
    )
    await expect(talking).rejects.toThrow('its command is too long')
    await Bun.sleep(0)
    expect(reading.isCancelled).toBe(true)
  },
)
