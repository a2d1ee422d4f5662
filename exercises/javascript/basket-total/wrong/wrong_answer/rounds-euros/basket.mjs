// Rounds at the end, but the euros have fallen short of half a cent by then.
export function total(items, discount = 0) {
  const sum = items.reduce((all, { price, count }) => all + price * count, 0)
  return Number((sum * (1 - discount / 100)).toFixed(2))
}
