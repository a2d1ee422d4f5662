/**
 * Which sandbox an attempt works in. The lease is in memory: it ends with the program, with time, or by an
 * administrator, and the attempt then gets a fresh one and is told what became of the other.
 */
import type { Exercise, SqlExercise } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { wantFor, wantForPrograms } from '../grading/sandbox-use.ts'
import type { DatabaseLease, DatabasePool } from '../sandboxes/create-pool.ts'
import type { DatabaseWant } from '../sandboxes/databases.ts'
import { type Holder, leaseEndSentences } from '../sandboxes/leases.ts'

/** The sandbox that people work in: the exercise's visible dataset. */
export function wantOf(exercise: SqlExercise): DatabaseWant {
  return wantFor(exercise, exercise.recipe)
}

/** What somebody who opens the exercise begins with: an own database, or a program's in each of its runs; null: none. */
export function startOf(exercise: Exercise): DatabaseWant | null {
  if (exercise.kind === 'sql') return wantOf(exercise)
  return exercise.database === null ? null : wantForPrograms(exercise.database)
}

/** Beyond so many remembered attempts, those whose sandbox ended are forgotten; they only lose the reason. */
const rememberedMax = 10_000

/** Leases by attempt, and the runs that can be cancelled. */
export class AttemptSandboxes {
  readonly #pool: DatabasePool
  readonly #leases = new Map<string, DatabaseLease>()
  readonly #opening = new Map<string, Promise<DatabaseLease>>()
  readonly #running = new Map<string, AbortController>()
  readonly #looks = new Map<string, { controller: AbortController; done: Promise<unknown> }>()

  constructor(pool: DatabasePool) {
    this.#pool = pool
  }

  /** Why the attempt's earlier sandbox is gone, as a sentence; null where it lives or none is known of. */
  lossOf(attemptId: string): string | null {
    const end = this.#leases.get(attemptId)?.end ?? null
    return end === null ? null : leaseEndSentences[end]
  }

  /** Whether the attempt has a sandbox now. */
  isLive(attemptId: string): boolean {
    return this.liveOf(attemptId) !== null
  }

  /** The sandbox that the attempt has now, or null. */
  liveOf(attemptId: string): DatabaseLease | null {
    const lease = this.#leases.get(attemptId)
    return lease?.end === null ? lease : null
  }

  /** Whether the attempt goes on with this sandbox, or must be told that it was lost; not where it was given back. */
  isOf(attemptId: string, lease: DatabaseLease): boolean {
    return this.#leases.get(attemptId) === lease
  }

  /** The attempt's sandbox, claimed where it has none. Two who ask at once get the same one. */
  async open(attemptId: string, exercise: SqlExercise, holder: Holder): Promise<DatabaseLease> {
    const known = this.#leases.get(attemptId)
    if (known !== undefined && known.end === null) return known
    const opening = this.#opening.get(attemptId) ?? this.#claim(attemptId, exercise, holder)
    this.#opening.set(attemptId, opening)
    return await opening
  }

  /** Gives the attempt's sandbox back; the next use gets a fresh one. */
  async close(attemptId: string): Promise<void> {
    this.cancel(attemptId)
    const lease = this.#leases.get(attemptId)
    this.#leases.delete(attemptId)
    if (lease !== undefined) await this.#pool.release(lease)
  }

  /**
   * Registers a run that `cancel` can end; a second one at the same time is refused. A look of the page's at the
   * database is ended; `turn` resolves once it is out of the way, which takes a cancel at most.
   */
  startRun(attemptId: string): { signal: AbortSignal; finish: () => void; turn: Promise<unknown> } {
    if (this.#running.has(attemptId)) {
      throw new Failure('conflict', 'A run of yours is still going on here. Wait for it or cancel it.', {
        code: 'already_running',
      })
    }
    const controller = new AbortController()
    this.#running.set(attemptId, controller)
    const look = this.#looks.get(attemptId)
    look?.controller.abort()
    const finish = () => this.#running.delete(attemptId)
    return { signal: controller.signal, finish, turn: look?.done ?? Promise.resolve() }
  }

  /**
   * Lets the page look into the attempt's sandbox, one look at a time. Null where there is no sandbox or a query of the
   * person's runs; one that comes later ends the look through `signal`.
   */
  async look<Value>(
    attemptId: string,
    body: (lease: DatabaseLease, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value | null> {
    for (let other = this.#looks.get(attemptId); other !== undefined; other = this.#looks.get(attemptId)) {
      await other.done
    }
    const lease = this.liveOf(attemptId)
    if (lease === null || this.#running.has(attemptId)) return null
    const controller = new AbortController()
    const looking = body(lease, controller.signal).finally(() => this.#looks.delete(attemptId))
    const done = looking.catch(() => undefined)
    this.#looks.set(attemptId, { controller, done })
    return await looking
  }

  /** Cancels what runs in the attempt. False where nothing does. */
  cancel(attemptId: string): boolean {
    const running = this.#running.get(attemptId)
    running?.abort()
    return running !== undefined
  }

  /** Forgets leases that ended, once their loss was told. */
  forget(attemptId: string): void {
    if (!this.isLive(attemptId)) this.#leases.delete(attemptId)
  }

  async #claim(attemptId: string, exercise: SqlExercise, holder: Holder): Promise<DatabaseLease> {
    try {
      const lease = await this.#pool.claim(wantOf(exercise), { holder, purpose: `attempt ${attemptId}` })
      if (this.#leases.size >= rememberedMax) this.#forgetEnded()
      this.#leases.set(attemptId, lease)
      return lease
    } finally {
      this.#opening.delete(attemptId)
    }
  }

  #forgetEnded(): void {
    for (const attemptId of this.#leases.keys()) this.forget(attemptId)
  }
}
