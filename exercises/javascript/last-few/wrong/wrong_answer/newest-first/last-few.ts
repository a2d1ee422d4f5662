// Gives the newest first.
export class LastFew<Item> {
  readonly #max: number
  readonly #items: Item[] = []

  constructor(max: number) {
    if (!Number.isInteger(max) || max < 1) throw new RangeError(`${max} is no number of items`)
    this.#max = max
  }

  add(item: Item): Item | undefined {
    this.#items.unshift(item)
    return this.#items.length > this.#max ? this.#items.pop() : undefined
  }

  items(): Item[] {
    return [...this.#items]
  }

  get size(): number {
    return this.#items.length
  }
}
