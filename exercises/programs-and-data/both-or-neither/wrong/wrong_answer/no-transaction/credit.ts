// Statement after statement: where a later one is refused, the earlier ones stay.
import type { SQL } from 'bun'

/** Who gives how much to whom; `from` and `to` are ids of households. */
export interface Gift {
  from: number
  to: number
  cents: number
}

export async function giveCredit(sql: SQL, { from, to, cents }: Gift): Promise<boolean> {
  try {
    const [taker] = await sql`UPDATE household SET credit_cents = credit_cents + ${cents} WHERE id = ${to} RETURNING name`
    const [giver] = await sql`UPDATE household SET credit_cents = credit_cents - ${cents} WHERE id = ${from} RETURNING name`
    if (giver === undefined || taker === undefined) return false
    await sql`INSERT INTO credit_move (household_id, cents, reason) VALUES (${from}, ${-cents}, ${`gift to ${taker.name}`})`
    await sql`INSERT INTO credit_move (household_id, cents, reason) VALUES (${to}, ${cents}, ${`gift from ${giver.name}`})`
    return true
  } catch {
    return false
  }
}
