// Trusts that rows come in the order in which they were put in, and prints nothing where there is none.
import { sql } from 'bun'

const street = (await Bun.stdin.text()).trim()
const rows = await sql`SELECT name FROM household WHERE street = ${street}`
for (const { name } of rows) console.log(name)
