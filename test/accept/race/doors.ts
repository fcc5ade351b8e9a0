import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { webChannel } from '../../../src/channels/web/web-channel.ts'
import { counted } from '../../../src/counted.ts'
import type { Counters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine, type Line } from '../../../src/line.ts'
import { listen } from '../../../src/listen.ts'
import { type Houses, openHouses } from '../../../src/offices/open-houses.ts'
import { open311Routes } from '../../../src/portal/open311/routes.ts'
import { isAway } from '../../../src/records/away.ts'
import { type Db, openDb } from '../../../src/records/db.ts'
import { openFileQuota } from '../../../src/records/file-quota.ts'
import { keyFor } from '../../../src/records/keyring.ts'
import { readTranscript } from '../../../src/records/transcript.ts'
import type { Records, Server } from '../harness/server.ts'

/** Connections of each process: with fewer, one would take those that come one after another. */
const CONNECTIONS = 30
export const PARTNER = 'kunci-contoh-mitra-0001'
const NO_LIMIT = { burst: 100_000, perSecond: 100_000 }

/** One house as its own process would be: a pool, a line and doors of its own, on records it shares. */
export type House = { url: string; line: Line; db: Db; counters: Counters; stop(): Promise<void> }

/** Two houses on one database, and who comes to both of them. */
export type Doors = {
  records: Records
  houses: readonly [House, House]
  atOnce: number
  count(text: string, values?: unknown[]): Promise<number>
  close(): Promise<void>
}

export async function openDoors(server: Server, name: string, atOnce: number): Promise<Doors> {
  const records = await server.database(name)
  const offices = await openHouses(
    { flowsDir: 'flows', offices: undefined, mode: 'trial' },
    openLog('silent'),
  )
  const houses = [await openHouse(records, offices), await openHouse(records, offices)] as const
  return {
    records,
    houses,
    atOnce,
    async count(text, values = []) {
      const { rows } = await records.db.pool.query<{ count: string }>(text, values)
      return Number(rows[0]?.count ?? 0)
    },
    async close() {
      for (const house of houses) await house.stop()
    },
  }
}

async function openHouse({ address, keyring, sealing }: Records, offices: Houses): Promise<House> {
  const db = openDb(address, { max: CONNECTIONS, connectMs: 30_000, statementMs: 30_000 })
  const held = await Promise.all(Array.from({ length: CONNECTIONS }, () => db.pool.connect()))
  for (const one of held) one.release()
  const log = openLog('silent')
  const counters = counted()
  const web = webChannel({
    office: offices.door,
    trial: true,
    key: keyFor(keyring, 'web'),
    transcript: { read: (at, after) => readTranscript(db, sealing, at, after) },
    // What becomes of a file is not asked here, only whether it is taken.
    files: {
      put: async (_office, _bytes, name) => ({ id: randomUUID(), name, mime: 'image/png' }),
      open: async () => undefined,
    },
    quota: openFileQuota({ db, sealing, dayOf: () => '2026-11-22' }),
    away: isAway,
    log,
    limits: {
      messages: NO_LIMIT,
      client: NO_LIMIT,
      sessions: NO_LIMIT,
      uploads: 100_000,
      uploadsPerClient: 100_000,
    },
  })
  const line = buildLine({
    db,
    keyring,
    houses: offices.houses,
    channels: new Map([['web', web]]),
    log,
    alone: false,
    counters,
  })
  await line.start()
  const partners = open311Routes({
    db,
    reads: db.pool,
    room: line.room,
    houses: offices.houses,
    client: () => 'race',
    now: () => new Date(),
    keysOf: () => [PARTNER],
    publicUrl: 'https://balai.example',
    mode: 'live',
  })
  const app = new Hono().route('/', web.routes).route('/', partners)
  const { port, close } = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    line,
    db,
    counters,
    async stop() {
      await close()
      await line.stop()
      await db.close()
    },
  }
}
