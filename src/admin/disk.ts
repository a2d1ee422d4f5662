/** How much room the disk of the data directory has. */
import { statfs } from 'node:fs/promises'

/** Room for whoever runs Podium, in bytes. */
export interface DiskRoom {
  freeBytes: number
  totalBytes: number
}

/** Measures the disk that holds a directory; null where the system does not say. */
export async function diskRoom(directory: string): Promise<DiskRoom | null> {
  const found = await statfs(directory).catch(() => null)
  if (found === null) return null
  return { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize }
}
