/** PostgreSQL's ranges and multiranges, for example `[1.0,2)`, `{[1,2),[5,)}` or `["2024-01-01 00:00:00",)`. */

/** A bound in quotes, in which a quote is doubled or escaped; or one without. */
const bound = /"((?:[^"\\]|\\[\s\S]|"")*)"|([^"()[\]{},]+)/g

/** Writes a range so that equal ranges are written the same: bounds by the given rule, brackets as they are. */
export function canonicalRange(value: string, canonicalBound: (bound: string) => string): string {
  if (value === 'empty') return value
  return value.replace(bound, (_, quoted: string | undefined, bare: string | undefined) => {
    const text =
      quoted === undefined ? (bare ?? '') : quoted.replace(/\\([\s\S])|""/g, (_whole, escaped = '"') => escaped)
    return JSON.stringify(canonicalBound(text))
  })
}
