/** Numbers by value, without a loss of digits: as text, never through a floating-point number. */

/** 1, 1.0 and 1e0 are one number, and so are 0 and -0; NaN equals NaN. */
export function canonicalNumber(value: string): string {
  const match = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value)
  if (match === null) return canonicalFloat(value)
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return '0'
  return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Exponents, as float8 writes very large and small numbers; words (NaN, Infinity) stay. */
function canonicalFloat(value: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/i.exec(value)
  if (match === null) return value
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const exponent = Number(power)
  if (Math.abs(exponent) > 400) return value
  const digits = whole + fraction
  const point = whole.length + exponent
  const padded =
    point > digits.length ? digits.padEnd(point, '0') : digits.padStart(digits.length - Math.min(point, 0), '0')
  const split = Math.max(point, 0)
  return canonicalNumber(`${sign}${padded.slice(0, split) || '0'}.${padded.slice(split) || '0'}`)
}
