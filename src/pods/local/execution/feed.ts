/** Gives a box what it is to get: its job, its files, its standard input. A box that does not take it harms nobody. */
import type { Job } from '../../execution.ts'
import type { ProcessLimits } from './limits.ts'
import { endQuietly, type PipeWriter } from './pipe.ts'
import type { StartedBox } from './start.ts'
import { starterLines } from './starter.ts'
import { packFiles } from './tar.ts'
import { warmFrames } from './warm.ts'

/** Hands over the job. A box that has ended without taking everything is no error here: its end tells. */
export async function handOver(started: StartedBox, job: Job, limits: ProcessLimits): Promise<void> {
  if (started.files === null) {
    await writeAll(started.job, warmFrames(job))
    return
  }
  const archive = job.archive === null ? [] : [job.archive]
  await Promise.all([
    writeAll(started.job, [new TextEncoder().encode(starterLines(job, limits))]),
    writeAll(started.files, [...archive, ...packFiles(job.files)]),
  ])
}

/** Feeds standard input until it ends or the job does. */
export async function feedInput(writer: PipeWriter, input: Job['stdin'], over: Promise<void>): Promise<void> {
  if (input instanceof Uint8Array) {
    await writeAll(writer, [input])
    return
  }
  const parts = input[Symbol.asyncIterator]()
  const ended = over.then(() => null)
  try {
    while (true) {
      const next = await Promise.race([parts.next(), ended])
      if (next === null || next.done === true) break
      await writer.write(next.value)
      await writer.flush()
    }
  } catch {
    // Nobody reads it any more, or nobody gives any.
  } finally {
    await endQuietly(writer)
    // Not waited for: whoever gives input may be waiting for something that never comes.
    parts.return?.().catch(() => {})
  }
}

async function writeAll(writer: PipeWriter, parts: readonly Uint8Array[]): Promise<void> {
  try {
    for (const part of parts) if (part.length > 0) await writer.write(part)
  } catch {
    // The box has ended.
  } finally {
    await endQuietly(writer)
  }
}
