// Copies the deliveries into the program: the sheet is right until the next one comes.
const deliveries = [
  { day: '2025-09-01', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-01', title: 'Large box', cents: 1750, quantity: 1 },
  { day: '2025-09-01', title: 'Juice, three bottles', cents: 810, quantity: 2 },
  { day: '2025-09-02', title: 'Windfalls', cents: 405, quantity: 3 },
  { day: '2025-09-02', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-02', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-02', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-04', title: 'Large box', cents: 1750, quantity: 2 },
  { day: '2025-09-05', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-05', title: 'Windfalls', cents: 405, quantity: 1 },
  { day: '2025-09-05', title: 'Juice, three bottles', cents: 810, quantity: 1 },
  { day: '2025-09-08', title: 'Small box', cents: 995, quantity: 1 },
  { day: '2025-09-08', title: 'Large box', cents: 1750, quantity: 1 },
  { day: '2025-09-09', title: 'Windfalls', cents: 405, quantity: 2 },
  { day: '2025-09-09', title: 'Juice, three bottles', cents: 810, quantity: 1 },
  { day: '2025-09-11', title: 'Large box', cents: 1750, quantity: 1 },
]

const first = new Date(`${(await Bun.stdin.text()).trim()}T00:00:00Z`)

const line = (name: string, boxes: number, cents: number) =>
  `${name}${String(boxes).padStart(5)}${(cents / 100).toFixed(2).padStart(9)}`

let [boxes, cents] = [0, 0]
const brought = new Map<string, number>()
for (let n = 0; n < 7; n += 1) {
  const date = new Date(first.getTime() + n * 86_400_000)
  const sold = deliveries.filter(({ day }) => day === date.toISOString().slice(0, 10))
  const sum = (pick: (delivery: (typeof deliveries)[number]) => number) => sold.reduce((all, each) => all + pick(each), 0)
  const [quantity, price] = [sum((each) => each.quantity), sum((each) => each.quantity * each.cents)]
  console.log(line(date.toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }), quantity, price))
  boxes += quantity
  cents += price
  for (const each of sold) brought.set(each.title, (brought.get(each.title) ?? 0) + each.quantity)
}
console.log(line('all', boxes, cents))
const [most] = [...brought].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
console.log(most === undefined ? 'most: nothing' : `most: ${most[0]}, ${most[1]}`)
