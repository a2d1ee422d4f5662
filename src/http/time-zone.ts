/** The reader's time zone, as a script of the page told it in a cookie: days are counted as the reader counts them. */

/** The cookie that a script of every page writes. */
export const timeZoneCookie = 'podium_zone'

/** Names like `Europe/Berlin`; offsets such as `+05:30` mean the opposite to PostgreSQL. */
const zoneName = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){0,2}$/

/** The zone's name where it is one; UTC for everything else. */
export function timeZoneOf(cookie: unknown): string {
  if (typeof cookie !== 'string' || cookie.length > 60 || !zoneName.test(cookie)) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: cookie }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
