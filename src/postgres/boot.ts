/** Which boot of the machine this is: what was written without waiting for the disk is sure to be whole only in the same. */
import { readFileSync } from 'node:fs'

/** Changes whenever the machine starts. */
export function currentBoot(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}
