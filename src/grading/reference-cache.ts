/** What references find, kept by exercise version and dataset: it is the same for everybody. */
import { LRUCache } from 'lru-cache'
import type { Inspection } from './inspection.ts'

/** Keeps inspections of references. Several who ask at once wait for one run. */
export interface ReferenceCache {
  get(key: string, make: () => Promise<Inspection>): Promise<Inspection>
}

/** Characters of all results kept. */
const charactersMax = 64 * 1024 * 1024

/** An empty cache. */
export function createReferenceCache(): ReferenceCache {
  const done = new LRUCache<string, Inspection>({ maxSize: charactersMax, sizeCalculation: sizeOf })
  const running = new Map<string, Promise<Inspection>>()
  return {
    async get(key, make) {
      const known = done.get(key) ?? running.get(key)
      if (known !== undefined) return known
      const making = make()
      running.set(key, making)
      try {
        const inspection = await making
        done.set(key, inspection)
        return inspection
      } finally {
        running.delete(key)
      }
    },
  }
}

function sizeOf({ results }: Inspection): number {
  const cells = results.flatMap(({ rows }) =>
    rows.map((row) => row.reduce((sum, cell) => sum + (cell?.length ?? 0) + 8, 0)),
  )
  return 1 + cells.reduce((sum, size) => sum + size, 0)
}
