export class LastFew<Item> {
  readonly #max: number
  readonly #items: Item[] = []

  constructor(max: number) {
    if (!Number.isInteger(max) || max < 1) throw new RangeError(`${max} is no number of items`)
    this.#max = max
  }

  add(item: Item): Item | undefined {
    const gone = this.#items.length === this.#max ? this.#items.shift() : undefined
    this.#items.push(item)
    return gone
  }

  items(): Item[] {
    return [...this.#items]
  }

  get size(): number {
    return this.#items.length
  }
}
