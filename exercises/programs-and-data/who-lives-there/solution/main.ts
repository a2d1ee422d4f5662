import { sql } from 'bun'

const street = (await Bun.stdin.text()).trim()

const rows = await sql`SELECT name FROM household WHERE street = ${street} ORDER BY name`

for (const { name } of rows) console.log(name)
if (rows.length === 0) console.log('nobody')
