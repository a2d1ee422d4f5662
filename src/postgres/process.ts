/**
 * What /proc tells of PostgreSQL processes. A process id alone proves nothing, for ids are used again: a server is
 * known by the directory it works in, which postgres makes its data directory, and by its program.
 */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A PostgreSQL process (postmaster or any of its children) that works in a data directory. */
export interface ServerProcess {
  pid: number
  /** Path of its program, with ` (deleted)` after it where the file is gone. */
  program: string
  /** In clock ticks since boot; with the pid it names a process for good. */
  startTicks: string
}

/** The PostgreSQL processes that work in the data directory now. */
export function findServerProcesses(dataDirectory: string): ServerProcess[] {
  const directory = realpathSync(dataDirectory)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const found = describe(Number(name))
      return found !== null && found.directory === directory ? [found.process] : []
    })
}

/** Whether that very process still lives (a zombie does not). */
export function isAlive(process: Pick<ServerProcess, 'pid' | 'startTicks'>): boolean {
  return startTicksOf(process.pid) === process.startTicks
}

/** When a process started, or null where there is none or it is a zombie. */
export function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function describe(pid: number): { directory: string; process: ServerProcess } | null {
  try {
    const directory = readlinkSync(`/proc/${pid}/cwd`)
    const program = readlinkSync(`/proc/${pid}/exe`)
    const startTicks = startTicksOf(pid)
    if (startTicks === null || basename(program.replace(/ \(deleted\)$/, '')) !== 'postgres') return null
    return { directory, process: { pid, program, startTicks } }
  } catch {
    // Gone meanwhile, or another user's: neither is ours.
    return null
  }
}

/** What a running postmaster says of itself in its data directory. */
export interface PostmasterFile {
  pid: number
  socketDirectory: string
  /** `ready` once it takes connections. */
  status: string
}

/** Reads `postmaster.pid`; null where there is none or it is not written whole yet. */
export function readPostmasterFile(dataDirectory: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    const socketDirectory = lines[4]
    if (!Number.isInteger(pid) || socketDirectory === undefined) return null
    return { pid, socketDirectory, status: (lines[7] ?? '').trim() }
  } catch {
    return null
  }
}
