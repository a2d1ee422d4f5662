import type { SQL } from 'bun'

/** Who gives how much to whom; `from` and `to` are ids of households. */
export interface Gift {
  from: number
  to: number
  cents: number
}

/** Thrown to take everything back. */
class Refused extends Error {}

export async function giveCredit(sql: SQL, { from, to, cents }: Gift): Promise<boolean> {
  try {
    await sql.begin(async (tx) => {
      const [giver] = await tx`
        UPDATE household SET credit_cents = credit_cents - ${cents}
        WHERE id = ${from} AND credit_cents >= ${cents} RETURNING name`
      const [taker] = await tx`
        UPDATE household SET credit_cents = credit_cents + ${cents} WHERE id = ${to} RETURNING name`
      if (giver === undefined || taker === undefined) throw new Refused()
      const moves = [
        { household_id: from, cents: -cents, reason: `gift to ${taker.name}` },
        { household_id: to, cents, reason: `gift from ${giver.name}` },
      ]
      await tx`INSERT INTO credit_move ${tx(moves, 'household_id', 'cents', 'reason')}`
    })
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
