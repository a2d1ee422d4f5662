/**
 * Runtimes while the program runs: where their files have changed, they are looked for anew, and those found before serve
 * until that is done.
 */
import { openRuntimes, type RuntimesOptions } from './open-runtimes.ts'
import type { Runtimes } from './runtime.ts'

/** What the files say. */
export type ReadRuntimes = Pick<RuntimesOptions, 'specs' | 'problems'>

/** Runtimes whose files may change. */
export interface LiveRuntimes extends Runtimes {
  /** Takes over what the files say now. Resolves when that holds; what fails leaves all as it was and rejects. */
  reload(read: ReadRuntimes): Promise<void>
}

/** Finds them for the first time. */
export async function openLiveRuntimes(options: RuntimesOptions): Promise<LiveRuntimes> {
  let said = JSON.stringify(options.specs)
  let current = await openRuntimes(options)
  let turn: Promise<void> = Promise.resolve()

  async function take({ specs, problems }: ReadRuntimes): Promise<void> {
    const says = JSON.stringify(specs)
    // Exercises change far more often than languages do.
    if (says === said && JSON.stringify(problems) === JSON.stringify(current.problems)) return
    current = await openRuntimes({ ...options, specs, problems })
    said = says
  }

  return {
    get list() {
      return current.list
    },
    get problems() {
      return current.problems
    },
    find: (name) => current.find(name),
    open: (name) => current.open(name),
    missing: (name, modules) => current.missing(name, modules),
    reload(read) {
      const taking = turn.then(() => take(read))
      turn = taking.catch(() => {})
      return taking
    },
  }
}
