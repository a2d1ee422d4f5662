// parseFloat reads as far as it understands, and drops the rest.
export function readNumber(text) {
  const number = parseFloat(String(text).replace(',', '.'))
  return Number.isNaN(number) ? null : number
}
