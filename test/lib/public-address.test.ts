import { expect, it } from 'vitest'
import { isPublicAddress } from '../../src/lib/public-address.ts'

it.each(['149.154.167.220', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:67c:4e8:f004::9', '2a02::1'])(
  '%s is public',
  address => expect(isPublicAddress(address)).toBe(true),
)

it.each([
  ['this machine', '127.0.0.1'],
  ['this machine, elsewhere in its range', '127.255.255.254'],
  ['any address', '0.0.0.0'],
  ['a private network', '10.1.2.3'],
  ['a private network', '172.31.255.255'],
  ['a private network', '192.168.1.1'],
  ['a carrier’s network', '100.64.0.1'],
  ['cloud secrets', '169.254.169.254'],
  ['cloud secrets at Alibaba', '100.100.100.200'],
  ['the platform of Azure', '168.63.129.16'],
  ['multicast', '239.1.1.1'],
  ['broadcast', '255.255.255.255'],
  ['documentation', '203.0.113.9'],
  ['this machine in IPv6', '::1'],
  ['any address in IPv6', '::'],
  ['this machine, mapped', '::ffff:127.0.0.1'],
  ['this machine, mapped, in hex', '::ffff:7f00:1'],
  ['this machine, mapped, spelt out', '0:0:0:0:0:ffff:7f00:0001'],
  ['even a public one, mapped', '::ffff:8.8.8.8'],
  ['this machine, compatible', '::127.0.0.1'],
  ['this machine behind NAT64', '64:ff9b::7f00:1'],
  ['this machine in 6to4', '2002:7f00:1::'],
  ['this machine in Teredo', '2001:0:0:0:0:0:80ff:fffe'],
  ['a neighbour', 'fe80::1'],
  ['a neighbour with a zone', 'fe80::1%eth0'],
  ['a private network in IPv6', 'fd12:3456::1'],
  ['cloud secrets in IPv6', 'fd00:ec2::254'],
  ['multicast in IPv6', 'ff02::1'],
  ['a name', 'localhost'],
  ['a number', '2130706433'],
  ['nothing', ''],
])('%s is not public: %s', (_, address) => expect(isPublicAddress(address)).toBe(false))
