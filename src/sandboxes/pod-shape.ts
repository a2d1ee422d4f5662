/** How big a pod must be for its image, and what it is charged against the memory budget. */
import type { Image, Isolation, PodLimits } from '../pods/driver.ts'
import type { PoolLimits } from './limits.ts'

/** Who shares a pod. */
export interface PodUse {
  isolation: Isolation
  access: 'write' | 'read'
}

/** A pod's limits and its price. */
export interface PodShape {
  limits: PodLimits
  /** Bytes of the memory budget that the pod takes while it lives. */
  chargeBytes: number
}

const mebibyte = 1024 * 1024

/** Room left for what people do in their databases: at least this much over the clones. */
const workBytesMin = 64 * mebibyte

/** Disk is cheaper than memory: a pod whose data is there gets so many times the room. */
const diskFactor = 4

/**
 * Not every pod fills its disk and memory at the same moment: of these two limits this part is charged, but never less
 * than what image and clones take for certain. The limits themselves hold for each pod.
 */
const chargedPart = 1 / 8

/** Memory of a server, and of a connection for each sandbox; measured at about 6 MB and 1.5 MB. */
const serverBytes = 8 * mebibyte
const connectionBytes = 2 * mebibyte

/** Shapes a pod: as many clones as fit its room, at least one, and larger room where not even one would fit. */
export function podShape(
  image: Image,
  { use, isInMemory }: { use: PodUse; isInMemory: boolean },
  limits: PoolLimits,
): PodShape {
  const room = limits.podDiskBytesMax * (isInMemory ? 1 : diskFactor)
  const diskBytesMax = Math.max(room, image.bytes + image.templateBytes + workBytesMin)
  const fitting = Math.floor((diskBytesMax - image.bytes - workBytesMin) / Math.max(1, image.templateBytes))
  const capacity = capacityOf(use, fitting, limits)
  const memoryBytesMax = limits.podMemoryBytesMax
  const clones = use.access === 'read' ? 1 : capacity
  const dataBytes = isInMemory ? image.bytes + clones * image.templateBytes : 0
  const certain = dataBytes + serverBytes + capacity * connectionBytes
  const bounds = memoryBytesMax + (isInMemory ? diskBytesMax : 0)
  return {
    limits: { capacity, memoryBytesMax, diskBytesMax },
    chargeBytes: Math.max(certain, bounds * chargedPart),
  }
}

function capacityOf({ isolation, access }: PodUse, fitting: number, limits: PoolLimits): number {
  if (isolation === 'server') return 1
  return access === 'read' ? limits.podReadersMax : Math.max(1, Math.min(limits.podCapacity, fitting))
}
