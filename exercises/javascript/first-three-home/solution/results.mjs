export function firstThree(results) {
  return [...results]
    .sort((a, b) => b.points - a.points || a.minutes - b.minutes)
    .slice(0, 3)
    .map((result) => result.name)
}
