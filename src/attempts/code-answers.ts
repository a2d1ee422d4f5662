/** What the API answers of programs and their tests: Elysia schemas, which are also the documentation, and the mapping. */
import { type Static, type TSchema, t } from 'elysia'
import type { CodeResults } from '../grading/code/results.ts'
import type { LimitName } from '../pods/execution.ts'
import type { CodeRunResult, ProgramResult } from './code-run.ts'

const nullable = <S extends TSchema>(schema: S) => t.Union([schema, t.Null()])

/** Files of an answer. */
export const filesSchema = t.Record(t.String(), t.String(), {
  description: 'The files of a program by path: those that may be changed, and new ones; 256 KB together',
})

const limitSchema = t.Object({
  name: t.String({ description: 'The limit that was hit, for example `wallMs`' }),
  value: t.Number({ description: 'Its value: milliseconds, bytes or a number' }),
})

/** A run of a program. */
export const programSchema = t.Object({
  stdout: t.String({ description: 'The first 50 000 characters' }),
  stderr: t.String(),
  exit_code: nullable(t.Integer()),
  signal: nullable(t.String()),
  problem: nullable(t.String({ description: 'What ended it other than itself, in words' })),
  limit: nullable(limitSchema),
  compiler: nullable(t.String({ description: 'What the compiler said where it did not compile; nothing ran then' })),
  cpu_ms: t.Number(),
  memory_bytes: t.Integer(),
})

/** Cases, tests or checks. */
export const codeResultsSchema = t.Object({
  compare: t.String({ description: '`io`, `tests` or `checks`' }),
  score: t.Number({ description: 'Weight of what passed, from 0 to 1; points follow `score` of the answer' }),
  compiler: nullable(t.String()),
  output: nullable(t.String({ description: 'What the program printed, with `checks`' })),
  items: t.Array(
    t.Object({
      name: t.String(),
      is_visible: t.Boolean(),
      outcome: t.String({ description: '`passed`, `failed`, `time_limit`, `runtime_error`, `not_run`, …' }),
      message: nullable(t.String()),
      limit: nullable(limitSchema),
      input: nullable(t.String()),
      expected: nullable(t.String()),
      actual: nullable(t.String()),
      output: nullable(t.String()),
      path: nullable(t.String({ description: 'The file in which it failed' })),
      line: nullable(t.Integer()),
      duration_ms: nullable(t.Number()),
      memory_bytes: nullable(t.Integer()),
      weight: t.Number(),
    }),
    { description: 'Of hidden ones only name, outcome and message are told' },
  ),
})

const ends: Partial<Record<LimitName, 'time_limit' | 'memory_limit' | 'disk_limit' | 'output_limit'>> = {
  wallMs: 'time_limit',
  cpuMs: 'time_limit',
  memoryBytesMax: 'memory_limit',
  diskBytesMax: 'disk_limit',
  fileBytesMax: 'disk_limit',
  filesMax: 'disk_limit',
  outputBytesMax: 'output_limit',
}

/** How a run ended, in the words that all kinds of exercises share. */
export function codeEndAnswer(result: CodeRunResult) {
  if (result.of === 'trial') return result.results === null ? 'cancelled' : 'completed'
  if (result.end === 'cancelled' || result.end === 'lost') return result.end
  if (result.limit !== null) return ends[result.limit.name] ?? 'error'
  return result.exitCode === 0 ? 'completed' : 'error'
}

/** Maps a run of a program. */
export function programAnswer(result: ProgramResult): Static<typeof programSchema> {
  const { stdout, stderr, exitCode, signal, problem, limit, compiler, cpuMs, memoryBytes } = result
  return {
    ...{ stdout, stderr, exit_code: exitCode, signal, problem, limit, compiler },
    ...{ cpu_ms: cpuMs, memory_bytes: Math.round(memoryBytes) },
  }
}

/** Maps what tests came to. */
export function codeResultsAnswer(results: CodeResults): Static<typeof codeResultsSchema> {
  const { compare, score, compiler, output, items } = results
  return {
    ...{ compare, score, compiler, output },
    items: items.map((item) => ({
      name: item.name,
      is_visible: item.isVisible,
      outcome: item.outcome,
      message: item.message,
      limit: item.limit,
      input: item.input,
      expected: item.expected,
      actual: item.actual,
      output: item.output,
      path: item.place?.path ?? null,
      line: item.place?.line ?? null,
      duration_ms: item.durationMs,
      memory_bytes: item.memoryBytes === null ? null : Math.round(item.memoryBytes),
      weight: item.weight,
    })),
  }
}
