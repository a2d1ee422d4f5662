export function readNumber(text) {
  if (typeof text !== 'string') return null
  const typed = text.trim()
  return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : null
}
