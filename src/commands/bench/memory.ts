/** Memory of processes as PSS: pages that several share are counted once, so that sums are true. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processTree } from '../../pods/local/usage.ts'
import { findServerProcesses } from '../../postgres/process.ts'
import type { Program } from './program.ts'

/** Bytes of a running Podium, by what they are for. */
export interface ProgramMemory {
  programBytes: number
  controlPlaneBytes: number
  podsBytes: number
}

/** PSS of a process, in bytes; 0 where it is gone or may not be read. */
export function pssOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Memory of the program, its control plane, and the rest of its processes, which are pods. */
export function memoryOf({ pid, dataDir }: Program): ProgramMemory {
  const control = new Set(findServerProcesses(join(dataDir, 'control')).map((server) => server.pid))
  const pods = processTree(pid).filter((each) => each !== pid && !control.has(each))
  const sum = (pids: Iterable<number>) => [...pids].reduce((bytes, each) => bytes + pssOf(each), 0)
  return { programBytes: pssOf(pid), controlPlaneBytes: sum(control), podsBytes: sum(pods) }
}
