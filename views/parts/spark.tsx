/** A small line of the last hour: for the eye only, its words stand beside it. */
import type { SafeHtml } from '#jsx/jsx-runtime'

const width = 112
const height = 24
/** Room for the dot at the end and the line's own thickness. */
const margin = 3

/** The line of some values, the oldest first; gaps where there was none. Without two values there is no line. */
export function Spark({
  values,
  highest = null,
}: {
  values: readonly (number | null)[]
  highest?: number | null
}): SafeHtml {
  const known = values.filter((value) => value !== null)
  const top = Math.max(...known, highest ?? 0, Number.MIN_VALUE)
  const step = (width - 2 * margin) / Math.max(1, values.length - 1)
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [`${round(margin + index * step)},${round(height - margin - (value / top) * (height - 2 * margin))}`],
  )
  if (points.length < 2) return <span class="faint">no data yet</span>
  const [x = '0', y = '0'] = points.at(-1)?.split(',') ?? []
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
      <circle class="last" cx={x} cy={y} r="2" />
    </svg>
  )
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
