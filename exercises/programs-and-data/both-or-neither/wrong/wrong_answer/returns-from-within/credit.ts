// Returns from within the transaction where it should throw: what was taken from the giver stays taken.
import type { SQL } from 'bun'

/** Who gives how much to whom; `from` and `to` are ids of households. */
export interface Gift {
  from: number
  to: number
  cents: number
}

export async function giveCredit(sql: SQL, { from, to, cents }: Gift): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const [giver] = await tx`
      UPDATE household SET credit_cents = credit_cents - ${cents}
      WHERE id = ${from} AND credit_cents >= ${cents} RETURNING name`
    if (giver === undefined) return false
    const [taker] = await tx`UPDATE household SET credit_cents = credit_cents + ${cents} WHERE id = ${to} RETURNING name`
    if (taker === undefined) return false
    await tx`INSERT INTO credit_move (household_id, cents, reason) VALUES (${from}, ${-cents}, ${`gift to ${taker.name}`})`
    await tx`INSERT INTO credit_move (household_id, cents, reason) VALUES (${to}, ${cents}, ${`gift from ${giver.name}`})`
    return true
  })
}
