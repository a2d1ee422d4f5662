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

/** Room left for what people do in their databases: at least this much over the clones. */
const workBytesMin = 64 * 1024 * 1024

/**
 * Not every pod fills its disk and memory at the same moment: of these two limits this part is charged, but never less
 * than what image and clones take for certain. The limits themselves hold for each pod.
 */
const chargedPart = 1 / 8

/** Memory of a server with the connections of its sandboxes, measured at about 6 MB and 1.5 MB each. */
const serverBytes = 8 * 1024 * 1024
const connectionBytes = 1.5 * 1024 * 1024

/** Shapes a pod: as many clones as fit its disk, at least one, and a larger disk where not even one would fit. */
export function podShape(image: Image, use: PodUse, limits: PoolLimits): PodShape {
  const forOne = image.bytes + image.templateBytes + workBytesMin
  const diskBytesMax = Math.max(limits.podDiskBytesMax, forOne)
  const fitting = Math.max(
    1,
    Math.floor((diskBytesMax - image.bytes - workBytesMin) / Math.max(1, image.templateBytes)),
  )
  const capacity = capacityOf(use, fitting, limits)
  const clones = use.access === 'read' ? 1 : capacity
  const certain = image.bytes + clones * image.templateBytes + serverBytes + capacity * connectionBytes
  const chargeBytes = Math.max(certain, (diskBytesMax + limits.podMemoryBytesMax) * chargedPart)
  return { limits: { capacity, memoryBytesMax: limits.podMemoryBytesMax, diskBytesMax }, chargeBytes }
}

function capacityOf({ isolation, access }: PodUse, fitting: number, limits: PoolLimits): number {
  if (isolation === 'server') return 1
  return access === 'read' ? limits.podReadersMax : Math.min(limits.podCapacity, fitting)
}
