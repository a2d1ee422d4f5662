/** Personal API tokens: shown once, stored hashed, with an end and a last use. */
import { Failure } from '../failure.ts'
import { insertAudit } from '../store/audit.ts'
import type { Queries, Sql } from '../store/connect.ts'
import { newId } from '../store/storable.ts'
import { deleteToken, findTokenBearer, insertToken, listTokens, touchToken } from '../store/tokens.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { type Viewer, viewerOf } from './viewer.ts'

/** How every token begins. */
export const tokenPrefix = 'pod_'

/** Days a token lives where nothing else is said. */
export const tokenDaysDefault = 90

/** Most days a token may live. */
export const tokenDaysMax = 366

/** Most tokens a person may have. */
export const tokensMax = 50

const dayMs = 24 * 60 * 60_000
const touchEveryMs = 60_000
const beginningLength = 10

/** A new token; its text can't be seen again. */
export interface NewToken {
  id: string
  token: string
  expiresAt: Date
}

/**
 * Makes a token for a person. `actorId` is null on the command line.
 *
 * @throws Failure `invalid`: label or days; `exhausted` (`tokens_full`)
 */
export async function makeToken(
  sql: Sql,
  options: { userId: string; label: string; days?: number; actorId: string | null; now: Date },
): Promise<NewToken> {
  const { userId, days = tokenDaysDefault, actorId, now } = options
  const label = checkedLabel(options.label)
  if (!Number.isInteger(days) || days < 1 || days > tokenDaysMax) {
    throw new Failure('invalid', `A token lives between 1 and ${tokenDaysMax} days.`, { code: 'token_days_invalid' })
  }
  const token = newSecret(tokenPrefix)
  const id = newId()
  const expiresAt = new Date(now.getTime() + days * dayMs)
  await sql.begin(async (transaction) => {
    const existing = await listTokens(transaction, userId)
    if (existing.length >= tokensMax) {
      throw new Failure('exhausted', `There are ${tokensMax} tokens already. Revoke one first.`, {
        code: 'tokens_full',
      })
    }
    const beginning = token.slice(0, beginningLength)
    await insertToken(transaction, { id, userId, label, beginning, tokenHash: hashSecret(token), now, expiresAt })
    await insertAudit(transaction, { actorId, action: 'token.made', subject: userId, detail: { days }, now })
  })
  return { id, token, expiresAt }
}

/** Who comes with this API token; null where nobody is let in by it. */
export async function findViewerByToken(
  sql: Queries,
  { token, now }: { token: string; now: Date },
): Promise<Viewer | null> {
  if (!token.startsWith(tokenPrefix)) return null
  const bearer = await findTokenBearer(sql, { tokenHash: hashSecret(token), now })
  if (!bearer) return null
  const { tokenId, lastUsedAt } = bearer
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > touchEveryMs) await touchToken(sql, { id: tokenId, now })
  return viewerOf(bearer, { tokenId })
}

/**
 * Revokes one of the viewer's tokens.
 *
 * @throws Failure `missing`: none of the viewer's
 */
export async function revokeToken(
  sql: Sql,
  { id, viewer, now }: { id: string; viewer: Viewer; now: Date },
): Promise<void> {
  await sql.begin(async (transaction) => {
    const { userId } = viewer
    if (!(await deleteToken(transaction, { id, userId }))) throw new Failure('missing', 'There is no such token.')
    await insertAudit(transaction, { actorId: userId, action: 'token.revoked', subject: userId, now })
  })
}

function checkedLabel(text: string): string {
  const label = text.toWellFormed().replaceAll('\0', '').trim()
  if (label === '' || [...label].length > 80) {
    throw new Failure('invalid', 'Give the token a label of 1 to 80 characters.', { code: 'token_label_invalid' })
  }
  return label
}
