import { SQL } from 'bun'

const sql = new SQL({ max: 1 })
const street = (await Bun.stdin.text()).trim()

// Ask for the names in this street.
const rows = await sql`SELECT 'nobody' AS name`

for (const { name } of rows) console.log(name)
await sql.close()
