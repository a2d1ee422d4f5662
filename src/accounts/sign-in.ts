/** Signing in with a name and a password. */
import { Failure } from '../failure.ts'
import { moveAttempts } from '../store/attempts.ts'
import { deleteRefusedSignIns, insertAudit } from '../store/audit.ts'
import type { Queries, Sql } from '../store/connect.ts'
import { deleteSession } from '../store/sessions.ts'
import { deleteGuestWithoutAttempts, findUserByLogin } from '../store/users.ts'
import { verifyPassword } from './passwords.ts'
import { type SignedIn, startSession } from './sessions.ts'
import type { Browser, Viewer } from './viewer.ts'

/**
 * Signs somebody in by name or e-mail address, with a new cookie; the old one stops working. What this browser did as
 * a guest becomes theirs; of exercises that they have worked on themselves, the answers, the newest text and the better
 * result. An unknown name and a wrong password get the same answer after the same time.
 *
 * @throws Failure `forbidden` (`wrong_credentials`); `exhausted` (`sign_in_busy`)
 */
export async function signIn(
  sql: Sql,
  options: { login: string; password: string; viewer: Viewer | null; browser: Browser; now: Date },
): Promise<SignedIn> {
  const { login, password, viewer, browser, now } = options
  const user = await findUserByLogin(sql, login.slice(0, 300))
  const isRight = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user || !isRight) {
    await insertAudit(sql, { actorId: null, action: 'session.refused', subject: user?.id ?? '', now })
    throw wrongCredentials()
  }
  return await sql.begin(async (transaction) => {
    if (viewer) await leaveBehind(transaction, { viewer, toUserId: user.id })
    await insertAudit(transaction, { actorId: user.id, action: 'session.started', subject: user.id, now })
    return await startSession(transaction, { userId: user.id, browser, now })
  })
}

/** So long it can be looked up that a sign-in was refused: anybody can fill the audit log with these. */
const refusalKeptMs = 90 * 24 * 60 * 60_000

/** Forgets refused sign-ins of before; to be called now and then. Returns how many. */
export async function sweepRefusals(sql: Queries, { now }: { now: Date }): Promise<number> {
  return await deleteRefusedSignIns(sql, { before: new Date(now.getTime() - refusalKeptMs) })
}

async function leaveBehind(
  transaction: Queries,
  { viewer, toUserId }: { viewer: Viewer; toUserId: string },
): Promise<void> {
  if (viewer.sessionId) await deleteSession(transaction, { id: viewer.sessionId, userId: viewer.userId })
  if (viewer.role !== 'guest' || viewer.userId === toUserId) return
  await moveAttempts(transaction, { fromUserId: viewer.userId, toUserId })
  await deleteGuestWithoutAttempts(transaction, viewer.userId)
}

/** The failure of a password that does not fit, whatever the reason. */
export function wrongCredentials(): Failure {
  return new Failure('forbidden', 'This name and this password do not belong together.', { code: 'wrong_credentials' })
}
