// Leaves it to Number, which takes nothing for 0 and knows other ways to write numbers.
export function readNumber(text) {
  if (typeof text !== 'string') return null
  const number = Number(text.trim().replace(',', '.'))
  return Number.isNaN(number) ? null : number
}
