// Adds euros, and never rounds what binary fractions leave over.
export function total(items, discount = 0) {
  const sum = items.reduce((all, { price, count }) => all + price * count, 0)
  return sum * (1 - discount / 100)
}
