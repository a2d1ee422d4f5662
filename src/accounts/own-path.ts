/** Where to go after signing in, as a link or a form says it: anybody may have written that. */

/** A path of this site to go to; never another site, however it is written. */
export function ownPath(next: string | undefined): string {
  const url = next?.startsWith('/') ? URL.parse(next, 'http://podium.invalid') : null
  // Reading it takes `/.` away, so it is the outcome that must not begin like the address of another site.
  const isOwn = url?.origin === 'http://podium.invalid' && !url.pathname.startsWith('//')
  return isOwn ? url.pathname + url.search : '/'
}
