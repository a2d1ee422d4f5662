/**
 * Where a logged run stands in the editor's text. The log keeps the part that was run and where it began then; the text
 * may have changed since, and a wrong line is worse than none.
 */
import type { RunPaneProps } from '../../views/attempts/run-result.tsx'
import type { RunResult } from '../pods/run.ts'
import { explainWords } from './explain.ts'

/** A run as the log has it. */
export interface LoggedRun {
  /** The part that was run. */
  part: string
  /** Where the part began in the text of that time, in UTF-16 code units. */
  offset: number
  /** Its positions count in the text of that time. */
  result: RunResult
}

/** The pane of a logged run: of the editor's text where the part is found in it, else of the part alone. */
export function placedRun({ part, offset, result }: LoggedRun, text: string): RunPaneProps {
  const { words, statement } = withoutExplain(part)
  const at = soleIndexOf(text, part, offset) ?? soleIndexOf(text, statement, offset + words)
  if (at === null) {
    return { kind: 'run', sql: part, result: shifted(result, -offset), lost: null, isElsewhere: true }
  }
  const by = at - offset - (text.startsWith(part, at) ? 0 : words)
  return { kind: 'run', sql: text, result: shifted(result, by), lost: null }
}

/** Podium's own words in front of a statement stand in no editor. */
function withoutExplain(part: string): { words: number; statement: string } {
  const words = explainWords.find((candidate) => part.startsWith(candidate))?.length ?? 0
  return { words, statement: part.slice(words) }
}

/** Where the part stands: where it stood, else the only place that has it; null where there is none or a choice. */
function soleIndexOf(text: string, part: string, expected: number): number | null {
  if (part === '') return null
  if (text.startsWith(part, expected)) return expected
  const first = text.indexOf(part)
  return first < 0 || text.indexOf(part, first + 1) >= 0 ? null : first
}

function shifted(result: RunResult, by: number): RunResult {
  const statements = result.statements.map((statement) => {
    const { error } = statement
    const moved = error === null || error.position === null ? error : { ...error, position: error.position + by }
    return { ...statement, offset: statement.offset + by, error: moved }
  })
  return { ...result, statements }
}
