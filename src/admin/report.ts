/** A report for whoever mends a bug: versions, amounts and limits as plain text. No name, address, path or secret. */
import { release } from 'node:os'
import { version } from '../../package.json'
import type { About, Health } from './health.ts'

/** What a report tells beside the figures. */
export interface ReportFacts {
  serverVersion: string
  isBoxed: boolean
  about: About
}

/** The report as lines of text. */
export function reportOf(health: Health, { serverVersion, isBoxed, about }: ReportFacts): string {
  const { claims, disk, parts, pods, images } = health
  const lines = [
    `Podium ${version}, PostgreSQL ${serverVersion}, Bun ${Bun.version}`,
    `${process.platform} ${release()} ${process.arch}, ${about.machine.cores} cores, ${megabytes(about.machine.memoryBytes)} of memory`,
    `checked ${health.checkedAt}, up for ${Math.round(process.uptime() / 60)} min, boxes ${isBoxed ? 'on' : 'off'}`,
    `disk ${disk === null ? 'unknown' : `${megabytes(disk.freeBytes)} free of ${megabytes(disk.totalBytes)}`}`,
    '',
    ...(health.needs.length === 0 ? ['Nothing needs anybody.'] : health.needs),
    '',
    `sandboxes: ${health.inUse} in use, ${health.ready} ready, ${health.grading} grading, ${health.sandboxesMax} at most`,
    `statements: ${health.running} running, ${health.waiting} waiting`,
    `claims from memory: ${health.hitRatio === null ? 'none yet' : `${Math.round(health.hitRatio * 100)} %`}`,
    `pods: ${pods.length} (${countedStates(pods)}), images: ${images.images} of ${megabytes(images.bytes)}, building ${images.building}`,
    ...claims.map(
      ({ what, count, p50Ms, p95Ms, p99Ms }) =>
        `${what}: ${count} times, p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}`,
    ),
    '',
    'Last hour, from lowest to highest:',
    ...parts.map(({ name, unit, values }) => `${name}: ${range(values, unit)}`),
    '',
    'Settings:',
    ...about.settings,
  ]
  return `${lines.join('\n')}\n`
}

function countedStates(pods: Health['pods']): string {
  const states = [...new Set(pods.map(({ state }) => state))]
  return states.map((state) => `${pods.filter((pod) => pod.state === state).length} ${state}`).join(', ') || 'none'
}

function range(values: readonly (number | null)[], unit: Health['parts'][number]['unit']): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return 'no data'
  const show = unit === 'bytes' ? megabytes : unit === 'time' ? ms : String
  return `${show(Math.min(...known))} to ${show(Math.max(...known))}`
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`
const ms = (value: number) => `${Math.round(value * 10) / 10} ms`
