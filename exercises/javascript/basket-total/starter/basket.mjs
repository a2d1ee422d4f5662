export function total(items, discount) {
  return 0
}
