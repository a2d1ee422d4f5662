export function groupBy(items, keyOf) {
  return new Map()
}
