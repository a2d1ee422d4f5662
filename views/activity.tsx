/** The last four weeks: a bar for each day, and the same as a list. No streaks: a day off is a day off. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { ActivityDay } from '../src/store/progress.ts'
import { counted } from './parts/text.tsx'

/** Width of a day in the drawing, with the gap after it, and the height of the busiest one. */
const dayWidth = 4
const heightMax = 26

const dateText = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})

/** Bars and list of the days, the oldest first. */
export function Activity({ days }: { days: readonly ActivityDay[] }): SafeHtml {
  const active = days.filter((day) => actsOf(day) > 0)
  const answers = days.reduce((sum, { submissions }) => sum + submissions, 0)
  return (
    <section class="stack" aria-labelledby="activity">
      <h2 id="activity">Last four weeks</h2>
      <Bars days={days} />
      {active.length === 0 ? (
        <p class="muted">Nothing yet. Days on which you run or check something show up here.</p>
      ) : (
        <>
          <p class="muted">
            {active.length} of {counted(days.length, 'day')}, {counted(answers, 'answer')} checked. No streak to lose: a
            day off is a day off.
          </p>
          <details class="day-list">
            <summary>Day by day</summary>
            <ul class="list">
              {active.toReversed().map((day) => (
                <Day day={day} />
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  )
}

function Bars({ days }: { days: readonly ActivityDay[] }): SafeHtml {
  const most = Math.max(1, ...days.map(actsOf))
  return (
    <svg class="days" viewBox={`0 0 ${days.length * dayWidth} 28`} aria-hidden="true">
      {days.map((day, index) => {
        const acts = actsOf(day)
        const height = acts === 0 ? 2 : Math.round(5 + (heightMax - 5) * Math.sqrt(acts / most))
        const look = index === days.length - 1 ? 'now' : acts === 0 ? 'none' : null
        return (
          <rect x={String(index * dayWidth)} y={String(28 - height)} width="3" height={String(height)} class={look} />
        )
      })}
    </svg>
  )
}

function Day({ day: { day, runs, submissions } }: { day: ActivityDay }): SafeHtml {
  return (
    <li class="row apart tight">
      <time datetime={day}>{dateText.format(new Date(`${day}T00:00:00Z`))}</time>
      <span class="muted num">
        {[runs > 0 ? counted(runs, 'run') : '', submissions > 0 ? counted(submissions, 'check') : '']
          .filter(Boolean)
          .join(', ')}
      </span>
    </li>
  )
}

function actsOf({ runs, submissions }: ActivityDay): number {
  return runs + submissions
}
