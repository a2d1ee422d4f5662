/** The bench's own directory and all that must be undone, whatever ends the bench. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from './once.ts'

/** A directory that goes with everything that was started in it. */
export interface Scratch {
  /** Absolute and short: a socket's path ends at 107 bytes. */
  readonly directory: string
  /** Undone at the end, the latest first. */
  onEnd(undo: () => Promise<unknown>): void
  /** Undoes everything and removes the directory. Idempotent; never throws. */
  end(): Promise<void>
}

/** Makes the directory. Servers may run under another user, who has to pass through it. */
export async function openScratch(): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), 'pd-bench-'))
  await chmod(directory, 0o711)
  const steps: (() => Promise<unknown>)[] = []
  const end = once(async () => {
    for (const undo of steps.splice(0).reverse()) await undo().catch((error: unknown) => console.error(error))
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  })
  return {
    directory,
    onEnd: (undo) => void steps.push(undo),
    end,
  }
}
