// Takes three for granted.
export function firstThree(results) {
  const sorted = [...results].sort((a, b) => b.points - a.points || a.minutes - b.minutes)
  return [sorted[0].name, sorted[1].name, sorted[2].name]
}
