// Goes on below a key that is not there.
export function change(state, path, value) {
  if (path.length === 0) return value
  const [key, ...rest] = path
  const changed = change(state[key], rest, value)
  if (Object.is(changed, state[key])) return state
  const copy = Array.isArray(state) ? [...state] : { ...state }
  copy[key] = changed
  return copy
}
