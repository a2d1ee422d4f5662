export function onlyLatest(ask) {
  return (...args) => ask(...args)
}
