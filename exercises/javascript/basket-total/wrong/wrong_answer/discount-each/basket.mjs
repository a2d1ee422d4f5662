// Takes the discount off every piece and rounds there, so that cents get lost.
export function total(items, discount = 0) {
  const cents = items.reduce((sum, { price, count }) => sum + Math.round(price * (100 - discount)) * count, 0)
  return cents / 100
}
