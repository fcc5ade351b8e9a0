import { BlockList, isIP } from 'node:net'

export type Trusted = { has(address: string): boolean }

/** The proxies whose word we take, as addresses or networks; throws on anything else. */
export function trustedProxies(entries: readonly string[]): Trusted {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return { has: address => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') }
}

/**
 * Who is counted for a request: the nearest address that is not a proxy of ours. X-Forwarded-For is read from its end,
 * and only as far as trusted proxies wrote it. IPv6 counts by /64, since one subscriber owns all of it.
 */
export function clientAddress(
  remote: string | undefined,
  forwarded: string | undefined,
  trusted: Trusted,
): string {
  let nearest = plain(remote ?? '')
  if (nearest === undefined) return 'unknown'
  for (const hop of (forwarded ?? '').split(',').reverse()) {
    if (!trusted.has(nearest)) break
    const said = plain(hop.trim())
    if (said === undefined) break
    nearest = said
  }
  return isIP(nearest) === 6 ? network(nearest) : nearest
}

/** Whether the other end of a connection is a proxy of ours. */
export function isProxy(remote: string | undefined, trusted: Trusted): boolean {
  const address = plain(remote ?? '')
  return address !== undefined && trusted.has(address)
}

/** IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4. */
function plain(address: string): string | undefined {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(bare) === 0 ? undefined : bare.toLowerCase()
}

function network(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
