/** Chance that can be had again: the same seed gives the same choices. */

/** A source of choices. */
export interface Random {
  /** From 0 up to, without, 1. */
  share(): number
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** True in so many of a hundred cases. */
  inHundred(cases: number): boolean
  /** One of some. Throws where there are none. */
  pick<Item>(items: readonly Item[]): Item
}

/** Makes a source from a text, by FNV-1a and mulberry32. */
export function randomFrom(seed: string): Random {
  let state = 2_166_136_261
  for (const byte of Buffer.from(seed)) state = Math.imul(state ^ byte, 16_777_619)
  const share = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number) => from + Math.floor(share() * (to - from + 1))
  return {
    share,
    whole,
    inHundred: (cases) => share() * 100 < cases,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
