/** Expected and given side by side, with the first line that differs marked in both. */
import { nothing, type SafeHtml } from '#jsx/jsx-runtime'

/** What is compared; null where there is none. */
export interface ComparedProps {
  expected: string | null
  actual: string | null
  /** Nothing is marked. */
  isRight: boolean
}

/** The two texts. */
export function Compared({ expected, actual, isRight }: ComparedProps): SafeHtml {
  if (expected === null && actual === null) return nothing
  const at = isRight || expected === null || actual === null ? null : firstDifference(expected, actual)
  return (
    <div class="two">
      <Side label="Expected" text={expected} at={at} />
      <Side label="Given" text={actual} at={at} />
    </div>
  )
}

function Side({ label, text, at }: { label: string; text: string | null; at: number | null }): SafeHtml {
  if (text === null) return nothing
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <section class="stack half">
      <p class="part-name">{label}</p>
      <pre class="scroll printed" tabindex="0">
        {text === '' ? (
          <span class="faint">nothing</span>
        ) : (
          lines.map((line, index) => lineOf(line, index, lines.length, at))
        )}
      </pre>
    </section>
  )
}

function lineOf(line: string, index: number, count: number, at: number | null) {
  const end = index < count - 1 ? '\n' : ''
  if (index !== at) return `${line}${end}`
  return (
    <>
      <mark class="differs">{line === '' ? ' ' : line}</mark>
      {end}
    </>
  )
}

/** The first line that differs, from 0; blanks at ends of lines count only where nothing else differs. */
export function firstDifference(expected: string, actual: string): number | null {
  const loose = firstUnlike(expected, actual, (line) => line.trimEnd())
  return loose ?? firstUnlike(expected, actual, (line) => line)
}

function firstUnlike(expected: string, actual: string, read: (line: string) => string): number | null {
  const one = expected.split('\n').map(read)
  const other = actual.split('\n').map(read)
  const longest = Math.max(one.length, other.length)
  for (let index = 0; index < longest; index += 1) {
    if ((one[index] ?? '') !== (other[index] ?? '')) return index
  }
  return null
}
