export function change(state, path, value) {
  const copy = { ...state }
  copy[path[0]] = value
  return copy
}
