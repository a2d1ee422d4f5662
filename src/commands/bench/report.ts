/** How the bench prints what it found: a table for people, plain values for JSON. */
import type { Figure } from './figure.ts'
import type { MachineFact } from './machine-facts.ts'

/** The figures of one measure. */
export interface Finding {
  name: string
  figures: Figure[]
  /** Why there are none. */
  problem: string | null
  durationMs: number
}

/** The whole outcome. */
export interface Report {
  facts: MachineFact[]
  findings: Finding[]
}

/** The report as lines of text. */
export function asText({ facts, findings }: Report): string[] {
  const width = Math.max(...facts.map(({ name }) => name.length))
  return [
    ...facts.map(({ name, value }) => `${name.padEnd(width)}  ${value}`),
    '',
    ...findings.flatMap(findingLines),
    summaryOf(findings),
  ]
}

/** The report as JSON; what is infinite or unknown becomes null. */
export function asJson({ facts, findings }: Report): string {
  return JSON.stringify(
    { machine: Object.fromEntries(facts.map(({ name, value }) => [name, value])), findings },
    null,
    2,
  )
}

/** An amount with as many digits as can be trusted. */
export function readable(value: number): string {
  if (Number.isNaN(value)) return '-'
  if (!Number.isFinite(value)) return 'failed'
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3)
}

/** Columns of a table, the first one to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}

const head = ['', 'p50', 'p95', 'p99', 'max', '', 'samples', 'failed', 'raw p50', 'ratio']

function findingLines({ name, figures, problem, durationMs }: Finding): string[] {
  const title = `${name} (${(durationMs / 1000).toFixed(1)} s)`
  if (problem !== null) return [title, `  not measured: ${problem}`, '']
  const [heading = '', ...rows] = table([head, ...figures.map(cells)])
  const lines = figures.flatMap((figure, index) => [`  ${rows[index] ?? ''}`, ...remarks(figure)])
  return [title, `  ${heading}`, ...lines, '']
}

function cells({ title, unit, summary, raw }: Figure): string[] {
  const { p50, p95, p99, max, samples, failures } = summary
  const rawCells = raw === null ? ['', ''] : [readable(raw.p50), `${readable(raw.ratio)}×`]
  return [title, ...[p50, p95, p99, max].map(readable), unit, String(samples), String(failures), ...rawCells]
}

function remarks({ raw, targets, note }: Figure): string[] {
  const lines = targets.map(({ text, isMet }) => `${isMet ? 'met' : 'MISSED'}: ${text}`)
  if (raw !== null) lines.push(`raw: ${raw.what}`)
  if (note !== null) lines.push(note)
  return lines.map((line) => `    ${line}`)
}

function summaryOf(findings: readonly Finding[]): string {
  const targets = findings.flatMap(({ figures }) => figures).flatMap((figure) => figure.targets)
  const met = targets.filter(({ isMet }) => isMet).length
  const lost = findings.filter(({ problem }) => problem !== null).length
  return `${met} of ${targets.length} targets met${lost === 0 ? '' : `, ${lost} not measured`}`
}
