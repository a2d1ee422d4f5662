/** Writes every `<time data-as>` in the reader's zone. */

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** The time of day with seconds, for example `18:42:07`. */
export function clockTime(moment: Date): string {
  return clock.format(moment)
}

/** `today 18:42`, `yesterday 18:42`, or a date with its time. */
export function momentText(moment: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / 86_400_000)
  const day = days === 0 ? 'today' : days === 1 ? 'yesterday' : date.format(moment)
  return `${day} ${minute.format(moment)}`
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime()
}

/** Rewrites the times below a node; those already written stay. */
export function localiseTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[data-as]')) {
    const moment = new Date(element.dateTime)
    const form = element.dataset.as
    delete element.dataset.as
    if (Number.isNaN(moment.getTime())) continue
    element.textContent =
      form === 'clock' ? clockTime(moment) : form === 'date' ? date.format(moment) : momentText(moment, new Date())
    element.title = full.format(moment)
  }
}
