/** Which names this server answers to. An unknown Host is refused, so that another site's name cannot be pointed here. */
import { isIP } from 'node:net'

/** Where Podium listens and what it is called outside. */
export interface Listening {
  host: string
  port: number
  /** The address people use, for example `https://podium.example`, or null. */
  baseUrl: string | null
}

/** Tells whether a Host header is one of ours: the base URL's, localhost, or the literal address of a machine. */
export function isKnownHost(header: string | null, listening: Listening): boolean {
  if (header === null || !URL.canParse(`http://${header}`)) return false
  const { hostname } = new URL(`http://${header}`)
  if (listening.baseUrl !== null && new URL(listening.baseUrl).hostname === hostname) return true
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true
  if (hostname === listening.host) return true
  // A literal address cannot be re-bound by a foreign name, so it is safe wherever we listen.
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}
