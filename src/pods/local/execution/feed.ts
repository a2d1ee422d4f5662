/** Gives a box what it is to get: its job, its files, its standard input. A box that does not take it harms nobody. */
import type { Job } from '../../execution.ts'
import type { ProcessLimits } from './limits.ts'
import { closeQuietly } from './pipe.ts'
import type { StartedBox } from './start.ts'
import { starterLines } from './starter.ts'
import { packFiles } from './tar.ts'
import { warmFrames } from './warm.ts'

/** Hands over the job. Rejects where the box is gone or the job has ended without taking everything, which is no harm. */
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

/** Feeds standard input until it ends, the job ends or `isOver` says so. */
export async function feedInput(descriptor: number, input: Job['stdin'], isOver: () => boolean): Promise<void> {
  const sink = Bun.file(descriptor).writer()
  try {
    if (input instanceof Uint8Array) {
      if (input.length > 0) await sink.write(input)
    } else {
      for await (const part of input) {
        if (isOver()) break
        await sink.write(part)
        await sink.flush()
      }
    }
    await sink.end()
  } finally {
    closeQuietly(descriptor)
  }
}

async function writeAll(descriptor: number, parts: readonly Uint8Array[]): Promise<void> {
  const sink = Bun.file(descriptor).writer()
  try {
    for (const part of parts) if (part.length > 0) await sink.write(part)
    await sink.end()
  } finally {
    closeQuietly(descriptor)
  }
}
