// Looks at the credits before the transaction, so that two gifts at once are reckoned from the same credit.
import type { SQL } from 'bun'

export interface Gift {
  from: number
  to: number
  cents: number
}

export async function giveCredit(sql: SQL, { from, to, cents }: Gift): Promise<boolean> {
  const [giver] = await sql`SELECT name, credit_cents FROM household WHERE id = ${from}`
  const [taker] = await sql`SELECT name, credit_cents FROM household WHERE id = ${to}`
  if (giver === undefined || taker === undefined || giver.credit_cents < cents) return false
  await sql.begin(async (tx) => {
    await tx`UPDATE household SET credit_cents = ${giver.credit_cents - cents} WHERE id = ${from}`
    await tx`UPDATE household SET credit_cents = ${taker.credit_cents + cents} WHERE id = ${to}`
    const moves = [
      { household_id: from, cents: -cents, reason: `gift to ${taker.name}` },
      { household_id: to, cents, reason: `gift from ${giver.name}` },
    ]
    await tx`INSERT INTO credit_move ${tx(moves, 'household_id', 'cents', 'reason')}`
  })
  return true
}
