/** Compares results: small ones at once, large ones in a worker with a deadline, so that the main loop stays free. */
import type { RowsRules } from '../catalog/exercise.ts'
import { Failure } from '../failure.ts'
import { createDeadlineWorker } from '../parsing/deadline-worker.ts'
import { compareRows, type ResultTable } from './compare-rows.ts'
import type { CompareQuestion } from './compare-worker.ts'
import type { RowsDifference } from './verdict.ts'

/** Compares results off the main thread where that pays. */
export interface Comparer {
  /** The difference, or null where there is none. Throws `Failure('exhausted')` where it takes too long. */
  compare(expected: ResultTable, given: ResultTable, rules: RowsRules): Promise<RowsDifference | null>
  stop(): void
}

/** Characters of both results that are compared at once: about 5 ms of work. */
const inlineCharactersMax = 100_000
const compareTimeoutMs = 10_000

/** Starts a comparer; its worker starts with the first large result. */
export function createComparer(): Comparer {
  const worker = createDeadlineWorker<CompareQuestion, RowsDifference | null>('grading/compare-worker.ts', {
    timeoutMs: compareTimeoutMs,
  })
  return {
    async compare(expected, given, rules) {
      if (sizeOf(expected) + sizeOf(given) <= inlineCharactersMax) return compareRows(expected, given, rules)
      const outcome = await worker.ask({ expected, given, rules })
      if ('answer' in outcome) return outcome.answer
      const message = `Comparing the results took longer than ${compareTimeoutMs / 1000} s`
      throw new Failure('exhausted', message, { code: `compare_${outcome.failed}` })
    },
    stop: () => worker.stop(),
  }
}

function sizeOf({ rows, columns }: ResultTable): number {
  let size = 0
  for (const row of rows) {
    size += columns.length * 8
    for (const cell of row) size += cell?.length ?? 0
    if (size > inlineCharactersMax) return size
  }
  return size
}
