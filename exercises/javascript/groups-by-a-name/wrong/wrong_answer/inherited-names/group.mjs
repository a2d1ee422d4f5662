// Collects in an object, whose keys are all texts, and numbers come first.
export function groupBy(items, keyOf) {
  const groups = Object.create(null)
  for (const item of items) {
    const key = keyOf(item)
    groups[key] = groups[key] || []
    groups[key].push(item)
  }
  return new Map(Object.entries(groups))
}
