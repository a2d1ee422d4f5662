import { sql } from 'bun'

const first = (await Bun.stdin.text()).trim()

const line = (name: string, boxes: number, price: string) =>
  `${name}${String(boxes).padStart(5)}${price.padStart(9)}`

console.log(line('Mon', 0, '0.00'))
