/** What a figure depends on: the machine, the programs, and how busy it was before the bench began. */
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { readableBytes, readSystem } from '../doctor/finding.ts'
import { podiumVersion, postgresVersion } from '../version.ts'

/** One line about the machine. */
export interface MachineFact {
  name: string
  value: string
}

const fileSystems: Readonly<Record<number, string>> = {
  61267: 'ext',
  16914836: 'tmpfs',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  2035054128: 'overlay',
}

/** The facts; `directory` is where the bench keeps its data. */
export async function machineFacts(directory: string): Promise<MachineFact[]> {
  const { type, bavail, bsize } = await statfs(directory)
  const fact = (name: string, value: string): MachineFact => ({ name, value })
  return [
    fact('podium', `${podiumVersion}, PostgreSQL ${postgresVersion()}, Bun ${Bun.version}`),
    fact('system', `${readSystem().name}, kernel ${release()}`),
    fact('processor', `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`),
    fact('memory', `${readableBytes(totalmem())}, ${readableBytes(availableMemoryBytes())} available`),
    fact('disk', `${fileSystems[type] ?? `type ${type.toString(16)}`}, ${readableBytes(bavail * bsize)} free`),
    fact(
      'load before',
      loadavg()
        .map((load) => load.toFixed(2))
        .join(' '),
    ),
  ]
}

/** Memory that could be had without swapping, in bytes. */
export function availableMemoryBytes(): number {
  const kilobytes = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
  return Number(kilobytes ?? 0) * 1024
}
