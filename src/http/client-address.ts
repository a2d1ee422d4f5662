/** Who is asking: the peer's address, or what a trusted proxy says of it. */
import { BlockList, isIP } from 'node:net'

/** Decides which peers may speak for others. Entries are addresses or networks in CIDR form. */
export function trustList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const version = isIP(address)
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Removes the IPv4-in-IPv6 prefix, so that one client has one spelling. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}

/**
 * The client's address: the last entry of `X-Forwarded-For` that no trusted proxy added, when the peer itself is
 * trusted; else the peer's. Anything a client writes in front of it is ignored.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | null,
  isTrusted: (address: string) => boolean,
): string {
  let address = plainAddress(peer)
  if (forwardedFor === null) return address
  const hops = forwardedFor.split(',').map((hop) => plainAddress(hop.trim()))
  while (isTrusted(address)) {
    const previous = hops.pop()
    if (previous === undefined || isIP(previous) === 0) break
    address = previous
  }
  return address
}

/** The address that limits count by: an IPv6 customer has a /64, so that is one client. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':')
    while (groups.length + rest.length < 8) groups.push('0')
    groups.push(...rest)
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}
