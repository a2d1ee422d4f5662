export function total(items, discount = 0) {
  const cents = items.reduce((sum, { price, count }) => sum + Math.round(price * 100) * count, 0)
  return Math.round((cents * (100 - discount)) / 100) / 100
}
