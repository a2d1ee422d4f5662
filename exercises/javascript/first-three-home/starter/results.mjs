export function firstThree(results) {
  return results.map((result) => result.name)
}
