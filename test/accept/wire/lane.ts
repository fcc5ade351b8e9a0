import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, ChannelName, InboundMessage, OutboundMessage } from '../../../src/channels/channel.ts'
import { SendError } from '../../../src/channels/channel.ts'
import { counted } from '../../../src/counted.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine, type Line } from '../../../src/line.ts'
import type { House } from '../../../src/offices/house.ts'
import type { ServerAddress } from '../../../src/records/address.ts'
import { type Db, openDb } from '../../../src/records/db.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { autocommit } from './autocommit.ts'
import { startProxy, type WireProxy } from './proxy.ts'

/** A line of its own behind a proxy of its own, and a connection past the proxy to look at what became of things. */
export type Lane = {
  proxy: WireProxy
  line: Line
  /** Past the proxy. */
  direct: Db
  sent: OutboundMessage[]
  /** While true, nothing can be delivered. */
  unreachable: boolean
  /** Delivers again and again until it is acknowledged; false when it never is. */
  deliver(message: InboundMessage): Promise<boolean>
  /** Everything taken, everything delivered; waits that only time can end are ended. False if it never comes. */
  quiet(): Promise<boolean>
  conversation(address: string): Promise<{ id: string; turn: number } | undefined>
  close(): Promise<void>
}

/** As in production but shorter: a statement has 0.5 s, and a silent peer is given up after 1.5. */
const STATEMENT_MS = 500
const PATIENCE_MS = 30_000

export async function openLane(
  database: ServerAddress,
  houses: ReadonlyMap<string, House>,
  { isNaive }: { isNaive: boolean },
): Promise<Lane> {
  const proxy = await startProxy(database)
  const direct = openDb(database, { max: 2 })
  const through = openDb(proxy.address, { max: 3, statementMs: STATEMENT_MS })
  const db = isNaive ? autocommit(through) : through
  const sent: OutboundMessage[] = []
  const channel = (name: ChannelName): Channel => ({
    name,
    capabilities: { buttons: 100, labelMax: 200, textMax: 8192 },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      if (lane.unreachable) throw new SendError('unreachable', 'Not now.')
      sent.push(message)
      return {}
    },
    start: async () => undefined,
    stop: async () => undefined,
  })
  const line = buildLine({
    db,
    keyring: makeKeyring(),
    houses,
    channels: new Map((['telegram', 'web'] as const).map(name => [name, channel(name)])),
    log: openLog('silent'),
    alone: true,
    counters: counted(),
  })
  const lane: Lane = {
    proxy,
    line,
    direct,
    sent,
    unreachable: false,
    async deliver(message) {
      for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(20)) {
        try {
          await line.inbox.receive(message)
          return true
        } catch {
          // Not acknowledged: a platform brings it again, whatever the reason was.
        }
      }
      return false
    },
    async quiet() {
      const began = performance.now()
      while (performance.now() < began + PATIENCE_MS) {
        const { rows } = await direct.pool.query<{ open: number }>(
          `select ((select count(*) from outbox where status in ('waiting', 'sending'))
             + (select count(*) from inbox where status = 'pending'))::int as open`,
        )
        if (rows[0]?.open === 0) return true
        if (performance.now() > began + 150) await passTime(direct, line)
        await pause(20)
      }
      return false
    },
    async conversation(address) {
      const hash = hashOfAddress(line.room.sealing, { office: 'medan', channel: 'telegram', address })
      const { rows } = await direct.pool.query<{ id: string; turn: number }>(
        'select id, turn from conversations where address_hash = $1',
        [hash],
      )
      return rows[0]
    },
    async close() {
      await line.stop()
      await through.close()
      await direct.close()
      await proxy.close()
    },
  }
  await line.start()
  return lane
}

/** Leases of 30 s and pauses before another attempt are over now. Sends take no time here, so no lease is in use. */
async function passTime(db: Db, line: Line): Promise<void> {
  await db.pool.query(`update outbox set due_at = now() where status = 'waiting' and due_at > now()`)
  const freed = await db.pool.query(
    `update outbox set status = 'waiting', lease_until = null
     where status = 'sending' and lease_until < now() + interval '29 seconds'`,
  )
  await db.pool.query(`update inbox set due_at = now() where status = 'pending' and due_at > now()`)
  if (freed.rowCount !== 0) line.delivery.wake()
}
