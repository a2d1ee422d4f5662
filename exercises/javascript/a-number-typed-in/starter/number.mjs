export function readNumber(text) {
  return Number(text)
}
