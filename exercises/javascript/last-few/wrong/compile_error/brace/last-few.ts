// A brace is missing at the end of the constructor.
export class LastFew<Item> {
  #items: Item[] = []

  constructor(readonly max: number) {

  add(item: Item): Item | undefined {
    this.#items.push(item)
    return undefined
  }
}
