import { BlockList, isIP } from 'node:net'

/** Ranges of IPv4 that are nobody's on the public network (IANA special-purpose registry), and one that only looks public. */
const CLOSED_4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Carriers' own; also where Alibaba Cloud answers with credentials (100.100.100.200).
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local; also where most clouds answer with credentials (169.254.169.254).
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast and reserved, broadcast included.
  ['224.0.0.0', 3],
  // Azure's platform address, the same inside every one of its networks.
  ['168.63.129.16', 32],
]

/** Within 2000::/3, the only public part of IPv6: what carries IPv4 inside, test networks and documentation. */
const CLOSED_6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closed = new BlockList()
for (const [net, bits] of CLOSED_4) closed.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of CLOSED_6) closed.addSubnet(net, bits, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address is one of the public network: not ours, not a neighbour's, no cloud's door to its secrets. IPv4 inside
 * IPv6, in whatever notation, is not public: nobody who serves files is reached that way. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  // A zone (fe80::1%eth0) names a neighbour.
  if (family !== 6 || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}
