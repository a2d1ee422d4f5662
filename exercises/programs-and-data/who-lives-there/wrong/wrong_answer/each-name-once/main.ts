// DISTINCT makes one household of two that have the same name.
import { sql } from 'bun'

const street = (await Bun.stdin.text()).trim()

const rows = await sql`SELECT DISTINCT name FROM household WHERE street = ${street} ORDER BY name`

for (const { name } of rows) console.log(name)
if (rows.length === 0) console.log('nobody')
