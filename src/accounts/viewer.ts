/** Who is looking: the person a request is answered for. */
import type { Bearer } from '../store/sessions.ts'
import type { Role } from '../store/users.ts'

/** The person a request is answered for. A visitor without a cookie is no viewer yet. */
export interface Viewer {
  userId: string
  /** For pages: the display name, else the name, else `Guest`. */
  name: string
  role: Role
  /** Set where the viewer came with a cookie. */
  sessionId: string | null
  /** Set where the viewer came with an API token. */
  tokenId: string | null
}

/** What a browser says of itself, kept with its session so that its owner can tell it from others. */
export interface Browser {
  userAgent: string
  address: string
}

const ranks: Record<Role, number> = { guest: 0, learner: 1, author: 2, admin: 3 }

/** Whether the viewer may do what `role` may. */
export function isAtLeast(viewer: Pick<Viewer, 'role'> | null, role: Role): boolean {
  return viewer !== null && ranks[viewer.role] >= ranks[role]
}

/** What the viewer sees of the catalogue: authors also what is not published yet. */
export function sightOf(viewer: Pick<Viewer, 'role'> | null): 'published' | 'all' {
  return isAtLeast(viewer, 'author') ? 'all' : 'published'
}

/** The viewer that a cookie or a token stands for. */
export function viewerOf(bearer: Bearer, by: { sessionId: string } | { tokenId: string }): Viewer {
  return {
    userId: bearer.userId,
    name: bearer.displayName ?? bearer.name ?? 'Guest',
    role: bearer.role,
    sessionId: 'sessionId' in by ? by.sessionId : null,
    tokenId: 'tokenId' in by ? by.tokenId : null,
  }
}
