// Trims what may be no text at all.
export function readNumber(text) {
  const typed = text.trim()
  return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : null
}
