// Copies everything, so that nothing is the same any more.
export function change(state, path, value) {
  if (path.length === 0) return value
  const copy = structuredClone(state)
  let place = copy
  for (const key of path.slice(0, -1)) {
    place[key] ??= {}
    place = place[key]
  }
  place[path.at(-1)] = value
  return copy
}
