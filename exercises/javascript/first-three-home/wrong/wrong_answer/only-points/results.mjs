// Forgets the minutes.
export function firstThree(results) {
  return [...results]
    .sort((a, b) => b.points - a.points)
    .slice(0, 3)
    .map((result) => result.name)
}
