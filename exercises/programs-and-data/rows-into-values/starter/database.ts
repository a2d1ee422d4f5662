// The connection that everything here shares. Bun finds the address in the variable DATABASE_URL.
import { SQL } from 'bun'

export const sql = new SQL({ max: 1 })
