/** The thread that compares large results: one pair in, one difference out. */
import type { RowsRules } from '../catalog/exercise.ts'
import { compareRows, type ResultTable } from './compare-rows.ts'

/** A question to the comparing worker. */
export interface CompareQuestion {
  expected: ResultTable
  given: ResultTable
  rules: RowsRules
}

self.onmessage = ({ data }: MessageEvent<CompareQuestion>) => {
  postMessage(compareRows(data.expected, data.given, data.rules))
}
