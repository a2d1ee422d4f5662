/**
 * Finds boxes that an earlier program left behind. They die with their program; where that once fails, the marker in the
 * environment of bubblewrap's own process gives them away, never a process number.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { kill } from 'node:process'
import { markerVariable } from './start.ts'

/** Kills boxes with this marker that are not children of this program; returns how many there were. */
export function endStrangers(marker: string): number {
  const strangers = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isStranger(Number(name), marker))
  for (const pid of strangers) {
    try {
      kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
  return strangers.length
}

/** Only `bwrap` outside of the box counts: it is read before what is inside could change its own words. */
function isStranger(pid: number, marker: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (!stat.includes('(bwrap) ') || parent === String(process.pid)) return false
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${markerVariable}=${marker}`)
  } catch {
    // Somebody else's, or gone.
    return false
  }
}
