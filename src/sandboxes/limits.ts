/** What the pool may take and how long anything in it may last: constants with units, and their relations. */
import { Failure } from '../failure.ts'
import { requirePositive } from '../pods/positive.ts'

const second = 1000
const minute = 60 * second
const mebibyte = 1024 * 1024

/** All limits of the pool. Every number is positive and finite. */
export interface PoolLimits {
  /** Most sandboxes at once, ready ones included; those for grading come on top. */
  sandboxesMax: number
  /** Most sandboxes that graders use at once. */
  gradingMax: number
  /** Most sandboxes that one person holds; the one used least recently makes room for a further one. */
  personSandboxesMax: number
  /** Most sandboxes that guests behind one address hold. */
  addressSandboxesMax: number
  /** Most ready sandboxes of one kind. */
  readyMax: number

  /** Most sandboxes in a pod: the blast radius of a crash. */
  podCapacity: number
  /** Most people who read in one pod. */
  podReadersMax: number
  /** Address space of a server process in a pod. */
  podMemoryBytesMax: number
  /** Room of a pod for data, where its image does not need more. */
  podDiskBytesMax: number
  /** What the limits of all live pods may add up to, as `pod-shape.ts` counts them. */
  memoryBudgetBytes: number
  /** Part of the budget that only grading may use, from 0 to 1. */
  gradingShare: number
  /** Room for images on disk. */
  imagesDiskBytesMax: number

  /** A guest's sandbox ends after this time without a run. */
  guestIdleMs: number
  /** A signed-in person's sandbox ends after this time without a run. */
  idleMs: number
  /** No sandbox gets older. */
  lifeMs: number
  /** A pod without sandboxes ends after this time. */
  podIdleMs: number

  /** The longest anyone waits for a sandbox. */
  claimWaitMs: number
  /** The longest a grader waits for its turn. */
  gradingWaitMs: number
  /** A clone that takes longer counts as failed. */
  cloneTimeoutMs: number
  /** A pod that takes longer to start counts as failed. */
  podStartTimeoutMs: number
  /** A sandbox that cannot be dropped in this time takes its pod with it. */
  dropTimeoutMs: number
  imageBuildTimeoutMs: number
  /** So long a failed build is answered from memory. */
  imageFailureMs: number

  /** Clones at once that somebody waits for: two creators are fastest, more only add latency. */
  creatorsMax: number
  /** Clones at once ahead of time, while nobody waits. */
  refillersMax: number
  /** Refills under way at once, of which most wait for their pod or their turn. */
  refillsAheadMax: number
  podStartsMax: number
  imageBuildsMax: number
  /** Pods that one claim tries before it gives up. */
  claimTriesMax: number

  /** After this time without claims, demand is half of what it was. */
  demandHalfLifeMs: number
  /** How often the pool looks after itself. */
  tendEveryMs: number
}

/** The defaults, for two cores and 8 GB. */
export const defaultLimits: PoolLimits = {
  sandboxesMax: 200,
  gradingMax: 8,
  personSandboxesMax: 3,
  addressSandboxesMax: 20,
  readyMax: 32,

  podCapacity: 8,
  podReadersMax: 32,
  podMemoryBytesMax: 512 * mebibyte,
  podDiskBytesMax: 512 * mebibyte,
  memoryBudgetBytes: 4096 * mebibyte,
  gradingShare: 0.1,
  imagesDiskBytesMax: 5 * 1024 * mebibyte,

  guestIdleMs: 10 * minute,
  idleMs: 30 * minute,
  lifeMs: 120 * minute,
  podIdleMs: minute,

  claimWaitMs: 15 * second,
  gradingWaitMs: 30 * second,
  cloneTimeoutMs: 7 * second,
  podStartTimeoutMs: 7 * second,
  dropTimeoutMs: 5 * second,
  imageBuildTimeoutMs: 10 * minute,
  imageFailureMs: 30 * second,

  creatorsMax: 2,
  refillersMax: 2,
  refillsAheadMax: 16,
  podStartsMax: 2,
  imageBuildsMax: 2,
  claimTriesMax: 3,

  demandHalfLifeMs: 2 * minute,
  tendEveryMs: second,
}

/** The defaults with some of them replaced. Throws `Failure('invalid')` where the numbers contradict each other. */
export function poolLimits(replaced: Partial<PoolLimits> = {}): PoolLimits {
  const limits = { ...defaultLimits, ...replaced }
  requirePositive(limits)
  for (const [relation, holds] of relations(limits)) {
    if (!holds) throw new Failure('invalid', `The pool's limits contradict each other: ${relation} does not hold`)
  }
  return limits
}

function relations(limits: PoolLimits): [string, boolean][] {
  return [
    ['personSandboxesMax ≤ addressSandboxesMax', limits.personSandboxesMax <= limits.addressSandboxesMax],
    ['guestIdleMs ≤ idleMs', limits.guestIdleMs <= limits.idleMs],
    ['idleMs ≤ lifeMs', limits.idleMs <= limits.lifeMs],
    // Else a person whose pod hangs could never be given another one in time.
    ['cloneTimeoutMs < claimWaitMs', limits.cloneTimeoutMs < limits.claimWaitMs],
    ['podStartTimeoutMs < claimWaitMs', limits.podStartTimeoutMs < limits.claimWaitMs],
    ['gradingShare < 1', limits.gradingShare < 1],
  ]
}
