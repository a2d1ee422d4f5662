/** What the parts of the account page are given. */

/** What the page shows of somebody with an account. */
export interface AccountProps {
  name: string
  displayName: string | null
  email: string | null
  isListed: boolean
  browsers: readonly { id: string; isCurrent: boolean; userAgent: string; address: string; lastSeenAt: string }[]
  tokens: readonly { id: string; label: string; beginning: string; expiresAt: string; lastUsedAt: string | null }[]
  /** A token that was just made: it is shown this once. */
  newToken: string | null
}
