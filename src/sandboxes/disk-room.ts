/**
 * How much room the data directory's disk has. Below a reserve nothing new is begun, run or checked, so that what people
 * write can go on being saved:
 *   disk_low  less than the reserve is free
 */
import { statfs } from 'node:fs/promises'
import { Failure } from '../failure.ts'
import type { Log } from '../telemetry/log.ts'
import { diskFreeBytes, diskLow } from '../telemetry/metrics.ts'
import { type Clock, systemClock } from './clock.ts'

/** What is watched. */
export interface DiskRoomOptions {
  directory: string
  /** With less free than this, the disk is low. */
  reserveBytes: number
  log: Log
  /** Bytes that are free for this user. */
  measure?: (directory: string) => Promise<number>
  clock?: Clock
}

/** How the disk is. */
export interface DiskStatus {
  freeBytes: number
  reserveBytes: number
  isLow: boolean
}

/** A measure is good for so long: many runs a second cost one look. */
const freshMs = 1_000
/** Without anybody asking, the log still tells within this time when the disk runs low, or has room again. */
const lookEveryMs = 10_000
/** So much more than the reserve must be free until all goes on, so that it does not come and go by the second. */
const recoveryShare = 1.05
const retryAfterSeconds = 60

/** Watches the disk until it is stopped. */
export class DiskRoom {
  readonly #options: Required<DiskRoomOptions>
  #freeBytes = Number.POSITIVE_INFINITY
  #isLow = false
  #measured: { atMs: number; done: Promise<void> } | null = null
  #cancelLook: () => void = () => undefined
  #isStopped = false

  constructor(options: DiskRoomOptions) {
    this.#options = { measure: freeBytesOf, clock: systemClock, ...options }
    this.#lookAgain()
  }

  /** How the disk is, as of a second ago at most. */
  async status(): Promise<DiskStatus> {
    const nowMs = this.#options.clock.now()
    if (this.#measured === null || nowMs - this.#measured.atMs >= freshMs) {
      this.#measured = { atMs: nowMs, done: this.#look() }
    }
    await this.#measured.done
    return { freeBytes: this.#freeBytes, reserveBytes: this.#options.reserveBytes, isLow: this.#isLow }
  }

  /** Throws `Failure('exhausted')` (`disk_low`) while the disk is low. */
  async require(): Promise<void> {
    const { isLow } = await this.status()
    if (!isLow) return
    throw new Failure(
      'exhausted',
      "Podium's disk is almost full, so nothing is begun, run or checked until there is room. What you write in an exercise that you have opened is still saved.",
      { code: 'disk_low', retryAfterSeconds },
    )
  }

  /** Waits until the disk is not low; false where the watch was ended before that. */
  async untilRoom(): Promise<boolean> {
    const { clock } = this.#options
    while (!this.#isStopped && (await this.status()).isLow) {
      await new Promise<void>((resolve) => clock.after(lookEveryMs, resolve))
    }
    return !this.#isStopped
  }

  /** Ends the watch. */
  stop(): void {
    this.#isStopped = true
    this.#cancelLook()
  }

  async #look(): Promise<void> {
    const { measure, directory, reserveBytes, log } = this.#options
    try {
      this.#freeBytes = await measure(directory)
    } catch (error) {
      log.warn('the room on the disk could not be measured', { directory, error })
      return
    }
    diskFreeBytes.set(this.#freeBytes)
    const isLow = this.#freeBytes < reserveBytes * (this.#isLow ? recoveryShare : 1)
    if (isLow !== this.#isLow) this.#tell(isLow)
    this.#isLow = isLow
    diskLow.set(isLow ? 1 : 0)
  }

  #tell(isLow: boolean): void {
    const { directory, reserveBytes, log } = this.#options
    const fields = { directory, freeBytes: this.#freeBytes, reserveBytes }
    if (isLow) log.error('the disk is almost full: runs and checks are refused, drafts are still saved', fields)
    else log.info('the disk has room again: runs and checks go on', fields)
  }

  #lookAgain(): void {
    if (this.#isStopped) return
    this.#cancelLook = this.#options.clock.after(lookEveryMs, () => {
      void this.status().then(() => this.#lookAgain())
    })
  }
}

/** Bytes that this user may still write where the directory is. */
async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}
