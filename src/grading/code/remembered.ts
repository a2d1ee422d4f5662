/** What is found out once of an exercise's version and asked for with every answer: programs of authors, what references do. */
import { LRUCache } from 'lru-cache'
import type { CodeParts, Prepared } from './program.ts'
import type { ExpectedTests } from './tests.ts'

/** Entries of each kind that are kept; the one unused for longest goes first. */
const rememberedMax = 200

/** Keeps values by key; what failed is forgotten, for a box that was not to be had says nothing of the exercise. */
class Memory<Value extends object> {
  readonly #known = new LRUCache<string, Promise<Value>>({ max: rememberedMax })

  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(key)
    if (known !== undefined) return await known
    const making = make()
    this.#known.set(key, making)
    making.catch(() => this.#known.delete(key))
    return await making
  }
}

/** What grading is made of, with a memory. */
export interface GraderParts extends CodeParts {
  memory: {
    judges: Memory<Prepared>
    /** The tests that references report. */
    tests: Memory<ExpectedTests>
    /** The names of the checks that are told of references. */
    checks: Memory<string[]>
    /** What references print on hidden variants of a dataset. */
    outputs: Memory<Uint8Array[]>
  }
}

/** The parts with a memory that is empty. */
export function withMemory(parts: CodeParts): GraderParts {
  return {
    ...parts,
    memory: { judges: new Memory(), tests: new Memory(), checks: new Memory(), outputs: new Memory() },
  }
}
