/**
 * Leases: who holds which sandbox until when. A lease lives in memory; its row is written along (`lease-journal.ts`).
 * One that ended says why, so that its holder can be told on the next use.
 */
import { randomUUIDv7 } from 'bun'
import { LRUCache } from 'lru-cache'
import { Failure } from '../failure.ts'
import type { Clock } from './clock.ts'
import type { PoolLimits } from './limits.ts'
import type { Made } from './source.ts'

/**
 * Why a lease ended. `released`: its holder gave it back. `idle`: not used for too long. `life`: too old. `lost`: its
 * pod is gone. `administrator`: ended by hand. `replaced`: its holder took a further one. `stopped`: Podium stopped.
 */
export type LeaseEnd = 'released' | 'idle' | 'life' | 'lost' | 'administrator' | 'replaced' | 'stopped'

/** The sentence for a person whose sandbox ended. */
export const leaseEndSentences: Record<LeaseEnd, string> = {
  released: 'This database was given back.',
  idle: 'Your database was put away because it was not used for a while.',
  life: 'Your database was put away because it had reached its greatest age.',
  lost: 'Your database was lost because its server stopped.',
  administrator: 'Your database was ended by an administrator.',
  replaced: 'Your database was put away because you opened others.',
  stopped: 'Your database was put away because Podium was restarted.',
}

/** Who asks for a sandbox. */
export interface Holder {
  /** The user's id. */
  personId: string
  /** Where the request came from. */
  address: string
  isGuest: boolean
}

/** Somebody's hold on a sandbox. Only the book and the pool change it. */
export interface Lease<Sandbox> {
  readonly id: string
  readonly sandbox: Sandbox
  readonly made: Made<Sandbox>
  readonly holder: Holder
  /** What for, for example `attempt 0198…`. */
  readonly purpose: string
  readonly createdAtMs: number
  renewedAtMs: number
  /** When it ends unless it is renewed. */
  expiresAtMs: number
  /** Something runs in it: it does not expire now. */
  isBusy: boolean
  /** Why it ended; null while it lives. */
  end: LeaseEnd | null
}

/** A claim that was let in and counts against its holder's limits until it is cancelled or its lease ends. */
export interface Admission {
  readonly holder: Holder
  /** What came of it; null while its sandbox is being made. */
  leaseId: string | null
}

/** So many ended leases are remembered, to say why they ended. */
const endedRemembered = 20_000

/** All leases of one pool. */
export class LeaseBook<Sandbox> {
  readonly #clock: Clock
  readonly #limits: PoolLimits
  readonly #live = new Map<string, Lease<Sandbox>>()
  readonly #ended = new LRUCache<string, LeaseEnd>({ max: endedRemembered })
  readonly #byPerson = new Map<string, Set<Admission>>()
  readonly #byGuestAddress = new Map<string, Set<Admission>>()

  constructor({ clock, limits }: { clock: Clock; limits: PoolLimits }) {
    this.#clock = clock
    this.#limits = limits
  }

  /** All leases that live, the oldest first. */
  get live(): Lease<Sandbox>[] {
    return [...this.#live.values()]
  }

  /** The lease if it lives. */
  find(id: string): Lease<Sandbox> | null {
    return this.#live.get(id) ?? null
  }

  /** Why a lease ended; null where it lives, or ended too long ago to be remembered. */
  endOf(id: string): LeaseEnd | null {
    return this.#ended.get(id) ?? null
  }

  /**
   * Lets a claim in. Where its holder has as many as allowed, the lease that must make room is `replaced`: the one
   * used least recently in which nothing runs. Throws `Failure('exhausted')` where there is none, or where the
   * address has no place left.
   */
  admit(holder: Holder): { admission: Admission; replaced: Lease<Sandbox> | null } {
    const replaced = this.#replacedBy(holder)
    const admission: Admission = { holder, leaseId: null }
    if (holder.isGuest) this.#refuseFullAddress(holder.address, replaced)
    add(this.#byPerson, holder.personId, admission)
    if (holder.isGuest) add(this.#byGuestAddress, holder.address, admission)
    return { admission, replaced }
  }

  /** Ends an admission that came to nothing. Idempotent. */
  cancel(admission: Admission): void {
    remove(this.#byPerson, admission.holder.personId, admission)
    remove(this.#byGuestAddress, admission.holder.address, admission)
  }

  /** Opens the lease of an admission. */
  open(admission: Admission, made: Made<Sandbox>, purpose: string): Lease<Sandbox> {
    const nowMs = this.#clock.now()
    const lease: Lease<Sandbox> = {
      id: randomUUIDv7(),
      sandbox: made.sandbox,
      made,
      holder: admission.holder,
      purpose,
      createdAtMs: nowMs,
      renewedAtMs: nowMs,
      expiresAtMs: nowMs + this.#idleMs(admission.holder),
      isBusy: false,
      end: null,
    }
    admission.leaseId = lease.id
    this.#live.set(lease.id, lease)
    return lease
  }

  /** Puts a lease's end off, up to its life. */
  renew(lease: Lease<Sandbox>): void {
    if (lease.end !== null) return
    lease.renewedAtMs = this.#clock.now()
    const lifeEndsMs = lease.createdAtMs + this.#limits.lifeMs
    lease.expiresAtMs = Math.min(lifeEndsMs, lease.renewedAtMs + this.#idleMs(lease.holder))
  }

  /** Ends a lease. False where it had ended before. */
  end(lease: Lease<Sandbox>, reason: LeaseEnd): boolean {
    if (lease.end !== null) return false
    lease.end = reason
    this.#live.delete(lease.id)
    this.#ended.set(lease.id, reason)
    for (const admission of this.#byPerson.get(lease.holder.personId) ?? []) {
      if (admission.leaseId === lease.id) this.cancel(admission)
    }
    return true
  }

  /** Leases whose time is up and in which nothing runs, with the reason. */
  expired(): { lease: Lease<Sandbox>; reason: 'idle' | 'life' }[] {
    const nowMs = this.#clock.now()
    return this.live.flatMap((lease) => {
      if (lease.isBusy || nowMs < lease.expiresAtMs) return []
      return [{ lease, reason: nowMs >= lease.createdAtMs + this.#limits.lifeMs ? 'life' : 'idle' }]
    })
  }

  #idleMs({ isGuest }: Holder): number {
    return isGuest ? this.#limits.guestIdleMs : this.#limits.idleMs
  }

  #replacedBy({ personId }: Holder): Lease<Sandbox> | null {
    const held = [...(this.#byPerson.get(personId) ?? [])]
    if (held.length < this.#limits.personSandboxesMax) return null
    const leases = held.flatMap(({ leaseId }) => (leaseId === null ? [] : (this.find(leaseId) ?? [])))
    const [replaced] = leases.filter(({ isBusy }) => !isBusy).sort((one, other) => one.renewedAtMs - other.renewedAtMs)
    if (replaced !== undefined) return replaced
    const message = `You already work in ${held.length} databases; wait until one of them has finished`
    throw new Failure('exhausted', message, { code: 'person_full', retryAfterSeconds: 5 })
  }

  #refuseFullAddress(address: string, replaced: Lease<Sandbox> | null): void {
    const held = this.#byGuestAddress.get(address)?.size ?? 0
    const freed = replaced?.holder.address === address ? 1 : 0
    if (held - freed < this.#limits.addressSandboxesMax) return
    const message = 'Too many guests work from this address; sign in, or wait until somebody has finished'
    throw new Failure('exhausted', message, { code: 'address_full', retryAfterSeconds: 60 })
  }
}

function add(sets: Map<string, Set<Admission>>, key: string, admission: Admission): void {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set.add(admission))
}

function remove(sets: Map<string, Set<Admission>>, key: string, admission: Admission): void {
  const set = sets.get(key)
  set?.delete(admission)
  if (set?.size === 0) sets.delete(key)
}
