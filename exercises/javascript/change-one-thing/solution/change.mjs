export function change(state, path, value) {
  if (path.length === 0) return value
  const [key, ...rest] = path
  const below = state[key]
  const changed = change(below === undefined && rest.length > 0 ? {} : below, rest, value)
  if (Object.is(changed, below)) return state
  const copy = Array.isArray(state) ? [...state] : { ...state }
  copy[key] = changed
  return copy
}
