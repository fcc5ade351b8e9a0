import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What nobody outside may reach: a server on this machine that counts who connects, whatever is then said. */
export type Inner = { port: number; connects(): number; stop(): Promise<void> }

export async function startInner(host: string, port = 0): Promise<Inner> {
  let connects = 0
  const server = createServer((_, answer) => answer.end('a secret of this machine'))
  server.on('connection', () => {
    connects += 1
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done))
  return {
    port: (server.address() as AddressInfo).port,
    connects: () => connects,
    async stop() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

/** This machine, in every notation a URL or a resolver takes, with `port`. */
export function waysInside(port: number): string[] {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
    '0.0.0.0',
    '0',
    'localhost',
    'LOCALHOST',
    'localhost.',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    'user:pass@127.0.0.1',
    'platform.example@127.0.0.1',
    '127.0.0.1#@platform.example',
    '127.0.0.1?@platform.example',
    '127.0.0.1\\@platform.example',
  ]
  return hosts.map(host => {
    const [before, after = ''] = host.split(/(?=[#?\\])/)
    return `http://${before}:${port}${after === '' ? '/foto' : `/${after}`}`
  })
}

/** Addresses a resolver may give for an honest-looking name, all of them ours or a neighbour's. */
export const INSIDE = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.5',
  '172.16.0.5',
  '192.168.0.5',
  '100.64.0.5',
  '100.100.100.200',
  '169.254.169.254',
  '168.63.129.16',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::1',
  'fe80::1',
  'fd00:ec2::254',
]
