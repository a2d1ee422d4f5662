// Asks for the key of every item once for each key.
export function groupBy(items, keyOf) {
  const keys = [...new Set(items.map((item) => keyOf(item)))]
  return new Map(keys.map((key) => [key, items.filter((item) => keyOf(item) === key)]))
}
