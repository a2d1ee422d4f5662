// Spreads arrays into objects, and makes a new state where nothing changes.
export function change(state, path, value) {
  if (path.length === 0) return value
  const [key, ...rest] = path
  return { ...state, [key]: change(state?.[key], rest, value) }
}
