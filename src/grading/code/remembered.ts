/** What is found out once of an exercise's version and asked for with every answer: programs of authors, what references do. */
import { LRUCache } from 'lru-cache'
import type { CodeParts, Prepared } from './program.ts'
import type { ExpectedTests } from './tests.ts'

/** Entries of each kind that are kept; the one unused for longest goes first. */
const rememberedMax = 200
/** What all entries of a kind take together. A compiled program is a few megabytes, a case's output may be one. */
const bytesMax = 256 * 1024 ** 2

/** Keeps values by key; what failed is forgotten, for a box that was not to be had says nothing of the exercise. */
export class Memory<Value extends object> {
  readonly #known: LRUCache<string, Value>
  readonly #making = new Map<string, Promise<Value>>()

  /** `sizeOf` says how many bytes a value takes, roughly. */
  constructor(sizeOf: (value: Value) => number) {
    const sizeCalculation = (value: Value) => Math.max(1, sizeOf(value))
    this.#known = new LRUCache({ max: rememberedMax, maxSize: bytesMax, sizeCalculation })
  }

  /** The value, made unless it is known; whoever asks while it is made gets the same. Throws what making it throws. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const making = this.#making.get(key) ?? this.#make(key, make)
    return await making
  }

  #make(key: string, make: () => Promise<Value>): Promise<Value> {
    const making = make()
      .then((value) => {
        this.#known.set(key, value)
        return value
      })
      .finally(() => this.#making.delete(key))
    this.#making.set(key, making)
    return making
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
    memory: {
      judges: new Memory(({ archive, files }) => bytesOf([archive ?? nothing, ...files.map(({ content }) => content)])),
      // Names and what authors say of tests: bounded by how many there are.
      tests: new Memory(() => 1),
      checks: new Memory(() => 1),
      outputs: new Memory((outputs: Uint8Array[]) => bytesOf(outputs)),
    },
  }
}

const nothing = new Uint8Array()

function bytesOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}
