/**
 * The pods: started when none has a free seat, within the memory budget; ended when nobody has sat in them for a
 * while, or at once when a new pod needs their room.
 *
 * starting  the driver is at it; its seats can already be taken, whoever takes one waits for the start
 * running   it hosts sandboxes
 * closed    it hosts those it has, but is given no more: something in it failed, or it is ending
 * gone      it no longer exists; what was in it is lost
 */
import { Failure } from '../failure.ts'
import type { Image, Pod } from '../pods/driver.ts'
import type { Images, Surroundings } from './images.ts'
import { type PodUse, podShape } from './pod-shape.ts'
import type { MakeOptions } from './source.ts'
import { untilAborted, within } from './waiting.ts'
import { WorkQueue } from './work-queue.ts'

type PodState = 'starting' | 'running' | 'closed' | 'gone'

interface Tenant extends PodUse {
  state: PodState
  readonly image: Image
  /** Lets go of the image, which stays on disk while the pod lives. */
  readonly release: () => void
  readonly capacity: number
  readonly chargeBytes: number
  /** Seats taken, those of sandboxes under way included. */
  seats: number
  emptySinceMs: number
  pod: Pod | null
  /** Resolves when the pod runs. Rejections are told to all who wait for a seat. */
  started: Promise<Pod>
}

/** A place for one sandbox in a running pod. */
export interface Seat {
  readonly pod: Pod
  /** Gives the place back. Idempotent. */
  leave(): void
  /** Says that the pod cannot be relied on: nobody else is put in it, those inside stay. */
  close(): void
  /** Ends the pod with everything in it. Never throws. */
  kill(): Promise<void>
}

/** A live pod, for metrics and the administration. */
export interface PodStatus extends PodUse {
  id: string | null
  imageHash: string
  state: PodState
  seats: number
  capacity: number
  chargeBytes: number
}

/** All pods of the pool. */
export class PodHouse {
  readonly #given: Surroundings
  readonly #images: Images
  readonly #tenants = new Set<Tenant>()
  readonly #starts: WorkQueue
  readonly #never = new AbortController().signal

  constructor(given: Surroundings, images: Images) {
    this.#given = given
    this.#images = images
    this.#starts = new WorkQueue({ claims: given.limits.podStartsMax, refills: 1 })
  }

  /** Pods that live now. */
  get pods(): Pod[] {
    return [...this.#tenants].flatMap(({ pod }) => (pod === null ? [] : [pod]))
  }

  /** What every pod holds. */
  status(): PodStatus[] {
    return [...this.#tenants].map(({ pod, image, state, seats, capacity, chargeBytes, isolation, access }) => {
      return {
        id: pod?.id ?? null,
        imageHash: image.hash,
        state,
        seats,
        capacity,
        chargeBytes,
        isolation,
        access,
      }
    })
  }

  /** Says that a claim is on its way here: no pod is started ahead of time until the returned function was called. */
  announce(): () => void {
    return this.#starts.announce()
  }

  /**
   * Takes a seat in a pod of the image, starting one where all are full. Throws `Failure('exhausted')` where a pod
   * more would pass the memory budget.
   */
  async takeSeat(use: PodUse, image: Image, options: MakeOptions): Promise<Seat> {
    const tenant = this.#sitDown(use, image, options) ?? (await this.#startAhead(use, image, options))
    try {
      const pod = await untilAborted(tenant.started, options.signal)
      return this.#seat(tenant, pod)
    } catch (cause) {
      this.#leave(tenant)
      throw cause
    }
  }

  /** Takes a seat without waiting: a free one, or one in a pod that is started for a claim. Null: not now. */
  #sitDown(use: PodUse, image: Image, options: MakeOptions): Tenant | null {
    const free = this.#withFreeSeat(use, image.hash)
    const tenant = free ?? (options.urgency === 'claim' ? this.#start(use, image, options) : null)
    if (tenant !== null) tenant.seats += 1
    return tenant
  }

  /**
   * Starts a pod ahead of time, when no claim is on its way. Until then there is no pod in which a claim could sit
   * down and wait for the end of claims, itself included.
   */
  async #startAhead(use: PodUse, image: Image, options: MakeOptions): Promise<Tenant> {
    const run = async () => {
      const free = this.#sitDown(use, image, options)
      if (free !== null) return free
      const tenant = this.#start(use, image, options)
      tenant.seats += 1
      return tenant
    }
    return await this.#starts.run({ urgency: 'refill', lane: null, signal: options.signal, run })
  }

  /** Ends pods that were empty for long enough. */
  retireIdle(): void {
    const { clock, limits } = this.#given
    for (const tenant of this.#tenants) {
      const isIdle = tenant.seats === 0 && clock.now() - tenant.emptySinceMs >= limits.podIdleMs
      if (isIdle || (tenant.seats === 0 && tenant.state === 'closed')) this.#end(tenant)
    }
  }

  /** The fullest pod with room, so that the others can empty; one that runs before one that starts. */
  #withFreeSeat(use: PodUse, hash: string): Tenant | null {
    let best: Tenant | null = null
    for (const tenant of this.#tenants) {
      if (tenant.image.hash !== hash || !isSameUse(tenant, use)) continue
      if (tenant.seats >= tenant.capacity || (tenant.state !== 'running' && tenant.state !== 'starting')) continue
      if (best === null || rank(tenant) > rank(best)) best = tenant
    }
    return best
  }

  #start({ isolation, access }: PodUse, image: Image, options: MakeOptions): Tenant {
    const { clock, driver, limits } = this.#given
    const isInMemory = driver.keepsInMemory(image)
    const shape = podShape(image, { use: { isolation, access }, isInMemory }, limits)
    this.#admit(shape.chargeBytes, options)
    const tenant: Tenant = {
      isolation,
      access,
      state: 'starting',
      image,
      release: this.#images.retain(image.hash),
      capacity: shape.limits.capacity,
      chargeBytes: shape.chargeBytes,
      seats: 0,
      emptySinceMs: clock.now(),
      pod: null,
      // A start outlives the claim that asked for it: others may sit in the pod already.
      started: this.#starts.run({
        urgency: 'claim',
        lane: null,
        signal: this.#never,
        run: async () => await this.#startPod(tenant, shape.limits),
      }),
    }
    this.#tenants.add(tenant)
    tenant.started.catch((error: unknown) => {
      this.#given.log.warn('pod did not start', { image: image.hash, error })
      this.#images.forget(image.hash)
      this.#gone(tenant)
    })
    return tenant
  }

  async #startPod(tenant: Tenant, podLimits: Pod['limits']): Promise<Pod> {
    const { clock, driver, limits } = this.#given
    if (tenant.state !== 'starting') throw new Failure('unavailable', 'The pod was ended', { code: 'pod_ended' })
    const pod = await within(
      clock,
      limits.podStartTimeoutMs,
      driver.startPod(tenant.image, { isolation: tenant.isolation, limits: podLimits }),
      {
        reason: () => new Failure('unavailable', 'A database server did not start in time', { code: 'pod_start' }),
        late: (late) => void late.kill(),
      },
    )
    tenant.pod = pod
    void pod.exited.then(() => this.#gone(tenant))
    // Ended while it started: whoever waited is told, and the pod goes again.
    if (tenant.state !== 'starting') await this.#kill(tenant)
    else tenant.state = 'running'
    return pod
  }

  /** Makes room in the budget by ending empty pods, the longest empty first; refuses where that is not enough. */
  #admit(chargeBytes: number, { allowance, urgency }: MakeOptions): void {
    const { limits } = this.#given
    const share = allowance === 'grading' ? 1 : 1 - limits.gradingShare
    const budget = limits.memoryBudgetBytes * share
    const empty = [...this.#tenants].filter((tenant) => tenant.seats === 0 && tenant.state !== 'gone')
    empty.sort((one, other) => one.emptySinceMs - other.emptySinceMs)
    while (this.#chargedBytes() + chargeBytes > budget) {
      const tenant = urgency === 'claim' ? empty.shift() : undefined
      if (tenant === undefined) {
        throw new Failure('exhausted', 'All sandboxes are in use', { code: 'memory_full' })
      }
      this.#end(tenant)
    }
  }

  /** A pod that is ending is no longer charged: the local driver frees it within a millisecond. */
  #chargedBytes(): number {
    return [...this.#tenants].reduce((sum, tenant) => sum + tenant.chargeBytes, 0)
  }

  #seat(tenant: Tenant, pod: Pod): Seat {
    let isTaken = true
    return {
      pod,
      leave: () => {
        if (isTaken) this.#leave(tenant)
        isTaken = false
      },
      close: () => {
        if (tenant.state === 'running') tenant.state = 'closed'
      },
      kill: async () => await this.#kill(tenant),
    }
  }

  #leave(tenant: Tenant): void {
    tenant.seats -= 1
    if (tenant.seats > 0) return
    tenant.emptySinceMs = this.#given.clock.now()
    // A pod of one's own had a superuser in it: nobody else ever enters it.
    if (tenant.state === 'closed' || tenant.isolation === 'server') this.#end(tenant)
  }

  #end(tenant: Tenant): void {
    this.#gone(tenant)
    void this.#kill(tenant)
  }

  async #kill(tenant: Tenant): Promise<void> {
    const { clock, limits, log } = this.#given
    if (tenant.state !== 'gone') tenant.state = 'closed'
    if (tenant.pod === null) return
    const reason = () => new Error('Ending the pod took too long')
    await within(clock, limits.dropTimeoutMs, tenant.pod.kill(), { reason }).catch((error: unknown) =>
      log.error('pod could not be ended', { pod: tenant.pod?.id, error }),
    )
  }

  #gone(tenant: Tenant): void {
    if (tenant.state === 'gone') return
    tenant.state = 'gone'
    this.#tenants.delete(tenant)
    tenant.release()
  }
}

function isSameUse(one: PodUse, other: PodUse): boolean {
  return one.isolation === other.isolation && one.access === other.access
}

function rank(tenant: Tenant): number {
  return (tenant.state === 'running' ? 1000 : 0) + tenant.seats
}
