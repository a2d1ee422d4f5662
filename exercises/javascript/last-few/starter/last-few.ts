export class LastFew<Item> {
  constructor(max: number) {}

  add(item: Item): Item | undefined {
    return undefined
  }

  items(): Item[] {
    return []
  }

  get size(): number {
    return 0
  }
}
