// Gives sort true or false, which are 1 and 0, and never below 0.
export function firstThree(results) {
  return [...results]
    .sort((a, b) => a.points < b.points || a.minutes > b.minutes)
    .slice(0, 3)
    .map((result) => result.name)
}
