// Copies only the outermost object, and changes what is below.
export function change(state, path, value) {
  if (path.length === 0) return value
  const copy = Array.isArray(state) ? [...state] : { ...state }
  let place = copy
  for (const key of path.slice(0, -1)) {
    place[key] ??= {}
    place = place[key]
  }
  place[path.at(-1)] = value
  return copy
}
