import type { SQL } from 'bun'

/** Who gives how much to whom; `from` and `to` are ids of households. */
export interface Gift {
  from: number
  to: number
  cents: number
}

export async function giveCredit(sql: SQL, { from, to, cents }: Gift): Promise<boolean> {
  await sql`UPDATE household SET credit_cents = credit_cents - ${cents} WHERE id = ${from}`
  await sql`UPDATE household SET credit_cents = credit_cents + ${cents} WHERE id = ${to}`
  return true
}
