// Gives its own array away, and takes any number.
export class LastFew<Item> {
  #items: Item[] = []

  constructor(readonly max: number) {}

  add(item: Item): Item | undefined {
    this.#items.push(item)
    return this.#items.length > this.max ? this.#items.shift() : undefined
  }

  items(): Item[] {
    return this.#items
  }

  get size(): number {
    return this.#items.length
  }
}
