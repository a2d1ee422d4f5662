/** Guests: visitors who work without an account. What they did is kept while they come back, and when they register. */

import type { Sql } from '../store/connect.ts'
import { newId } from '../store/storable.ts'
import { deleteGuestsUnseenSince, insertGuest } from '../store/users.ts'
import { type SignedIn, startSession } from './sessions.ts'
import type { Browser } from './viewer.ts'

/** A guest who was not seen for so long is deleted, with everything they did. */
export const guestUnseenMs = 30 * 24 * 60 * 60_000

/** Makes a visitor a guest: for the first thing a visitor does that must be kept. */
export async function welcomeGuest(sql: Sql, { browser, now }: { browser: Browser; now: Date }): Promise<SignedIn> {
  return await sql.begin(async (transaction) => {
    const userId = newId()
    await insertGuest(transaction, { id: userId, now })
    return await startSession(transaction, { userId, browser, now })
  })
}

/** Deletes guests unseen for 30 days, a few hundred at a time; returns how many. To be called now and then. */
export async function sweepGuests(sql: Sql, { now }: { now: Date }): Promise<number> {
  const time = new Date(now.getTime() - guestUnseenMs)
  let count = 0
  for (;;) {
    const deleted = await deleteGuestsUnseenSince(sql, { time })
    count += deleted
    if (deleted === 0) return count
  }
}
