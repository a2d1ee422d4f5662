/** Who may administer: for everybody else these pages do not exist. */
import { isAtLeast, type Viewer } from '../accounts/viewer.ts'
import { Failure } from '../failure.ts'

/** The viewer where they have this role or more. Throws `Failure('missing')` for everybody else. */
export function requireRole(viewer: Viewer | null, role: 'author' | 'admin'): Viewer {
  if (viewer === null || !isAtLeast(viewer, role)) throw new Failure('missing', 'There is no such page.')
  return viewer
}
