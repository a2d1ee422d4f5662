import { sql } from 'bun'

const street = (await Bun.stdin.text()).trim()

// Ask for the names in this street.
const rows = await sql`SELECT 'nobody' AS name`

for (const { name } of rows) console.log(name)
