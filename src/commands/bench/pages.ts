/** Pages read by several people at once. */
import type { Sample } from './compare.ts'

/** What is read, and by whom. */
export interface PageRequest {
  url: string
  cookie: string
}

/** Readers at once. */
export const readersAtOnce = 8
/** The mean of so many is one sample: of one page alone, the clock would tell the others' time too. */
const pagesOfSample = 50

/** Reads what `next` says. A page that is shorter than `bytesMin` is a failure. */
export function pagesSample(next: () => PageRequest, bytesMin: number): Sample {
  return async (series) => {
    let left = pagesOfSample
    const startedMs = performance.now()
    const read = async () => {
      while (left > 0) {
        left -= 1
        const { url, cookie } = next()
        const response = await fetch(url, { headers: { cookie } })
        const { byteLength } = await response.arrayBuffer()
        if (!response.ok || byteLength < bytesMin) throw new Error(`${response.status}, ${byteLength} bytes`)
      }
    }
    await Promise.all(Array.from({ length: readersAtOnce }, read))
    series.note((performance.now() - startedMs) / pagesOfSample)
  }
}
