/** Small pieces of text that all pages write the same way: times, numbers, durations, counted words. */
import type { SafeHtml } from '#jsx/jsx-runtime'

/** A moment; the reader's browser rewrites it in the reader's zone. `clock` shows the time of day with seconds. */
export function Time({ at, as = 'moment' }: { at: string; as?: 'clock' | 'moment' | 'date' }): SafeHtml {
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return <span>{at}</span>
  const iso = moment.toISOString()
  const day = iso.slice(0, 10)
  const text = as === 'clock' ? `${iso.slice(11, 19)} UTC` : as === 'date' ? day : `${day} ${iso.slice(11, 16)} UTC`
  return (
    <time datetime={iso} data-as={as}>
      {text}
    </time>
  )
}

/** A whole number with thin spaces between thousands. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')
}

/** A number and its noun: `1 row`, `24 rows`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`
}

/** The beginning of a text that may be of any length, for a place that has room for a sentence. */
export function shortened(text: string): string {
  return text.length > sentenceMax ? `${text.slice(0, sentenceMax - 1).toWellFormed()}…` : text
}

/** UTF-16 code units of a long sentence. */
const sentenceMax = 240

/** A share in whole hundredths, rounded down: only all of it is 100 %. Number and sign stay on one line. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}\u00a0%`
}

/** An amount of bytes for people: `7.7 MB`, `512 MB`, `61 GB`. */
export function bytes(amount: number): string {
  const megabytes = amount / 1024 ** 2
  if (megabytes >= 1000) return `${short(megabytes / 1024)} GB`
  return `${short(megabytes)} MB`
}

function short(value: number): string {
  return value >= 10 || value === 0 ? count(Math.round(value)) : value.toFixed(1)
}

/** A duration for people: `3.1 ms`, `120 ms`, `2.4 s`. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  if (ms > 0 && ms < 0.1) return `${ms.toFixed(2)} ms`
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`
}
