import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, describe, expect, it } from 'vitest'
import { whatsappCloudCounts } from '../../../src/channels/whatsapp-cloud/counts.ts'
import { readConfig } from '../../../src/config.ts'
import { counted } from '../../../src/counted.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import { openWhatsAppCloud } from '../../../src/open-whatsapp-cloud.ts'
import type { FileStore } from '../../../src/records/file-store.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { testDatabase } from '../../helpers/database.ts'
import { houses } from '../../helpers/line.ts'
import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'

const { db } = await testDatabase()
const graph = await startFakeGraph({ secondMs: 50 })
const { token, phoneId, secret, verifyToken } = graph.business
const keyring = makeKeyring()
const sealing = createSealing(keyring)
const log = openLog((process.env.TEST_LOG ?? 'silent') as 'silent')

const files: FileStore = {
  put: async () => ({ refused: 'unknown_type' }),
  open: async () => undefined,
  sweep: async () => 0,
}
const channel = openWhatsAppCloud({
  config: readConfig({
    WHATSAPP_CLOUD_API_ROOT: graph.url,
    WHATSAPP_LHOKSEUMAWE: 'cloud',
    WHATSAPP_CLOUD_TOKEN_LHOKSEUMAWE: token,
    WHATSAPP_CLOUD_PHONE_LHOKSEUMAWE: phoneId,
    WHATSAPP_CLOUD_SECRET_LHOKSEUMAWE: secret,
    WHATSAPP_CLOUD_VERIFY_LHOKSEUMAWE: verifyToken,
    WHATSAPP_BANDUNG: 'cloud',
    WHATSAPP_CLOUD_TOKEN_BANDUNG: 'x',
    WHATSAPP_CLOUD_PHONE_BANDUNG: '1',
    WHATSAPP_CLOUD_SECRET_BANDUNG: 'x'.repeat(16),
    WHATSAPP_CLOUD_VERIFY_BANDUNG: 'x'.repeat(16),
  }),
  offices: new Set(houses.houses.keys()),
  db,
  sealing,
  files,
  quota: { admit: async () => true },
  log,
  counters: createCounters(whatsappCloudCounts),
})
if (channel === undefined) throw new Error('There is no number.')
const line = buildLine({
  db,
  keyring,
  houses: houses.houses,
  channels: new Map([[channel.name, channel]]),
  log,
  alone: true,
  counters: counted(),
})
const server = serve({ fetch: channel.routes.fetch, port: 0, hostname: '127.0.0.1' })
await once(server, 'listening')
await line.start()
const door = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/lhokseumawe`
await graph.business.listens(door, { batch: 3, again: 0.2 })
afterAll(async () => {
  await line.stop()
  server.close()
  await graph.close()
})

/** The number of messages of ours that stand in a chat, and the last. */
const ours = (who: ReturnType<typeof graph.user>) => who.messages().filter(({ from }) => from === 'business')
const answers = (who: ReturnType<typeof graph.user>, count: number) =>
  graph.until(() => ours(who).length >= count && ours(who).at(-1), 15_000)

describe('the whole line behind the Cloud API', () => {
  it('answers with a list, takes what is picked, and keeps one conversation under a new number', async () => {
    const siti = graph.user('Siti')
    siti.says('halo')
    const menu = await answers(siti, 1)
    expect(menu?.choices.length).toBeGreaterThan(1)
    siti.chooses(menu?.choices[0]?.id ?? '')
    await answers(siti, 2)
    siti.changesNumber('620000888888')
    siti.says('batal')
    await answers(siti, 3)
    const { rows } = await db.pool.query(
      'select count(*)::int as count from conversations where channel = $1',
      ['whatsapp-cloud'],
    )
    expect(rows).toEqual([{ count: 1 }])
    expect(graph.violations).toEqual([])
  })

  it('greets whoever opens the chat, and marks nothing as read that nobody wrote', async () => {
    const rudi = graph.user('Rudi')
    const read = graph.callsOf('read').length
    rudi.opens()
    await answers(rudi, 1)
    expect(graph.callsOf('read')).toHaveLength(read)
    expect(graph.violations).toEqual([])
  })

  it('says once what Meta took although its answer was lost', async () => {
    const budi = graph.user('Budi')
    graph.breaks({ what: 'messages', to: budi.phone, times: 1, harm: { reset: 'after' } })
    budi.says('halo')
    await answers(budi, 1)
    await graph.until(() => graph.business.pending.length === 0, 15_000)
    const settled = () =>
      db.pool
        .query<{ count: number }>(
          `select count(*)::int as count from outbox where status in ('waiting', 'sending')`,
        )
        .then(({ rows }) => rows[0]?.count)
    await expect.poll(settled, { timeout: 15_000 }).toBe(0)
    expect(ours(budi)).toHaveLength(1)
  })

  it('tells every desk once of what only a person can mend, and goes on when it is mended', async () => {
    const desks = ['umum', 'inspektorat']
    await db.pool.query(
      `insert into groups (conversation_id, office, desk, forum, status)
       select gen_random_uuid(), 'lhokseumawe', desk, false, 'active' from unnest($1::text[]) as d(desk)`,
      [desks],
    )
    const told = () =>
      db.pool
        .query<{ count: number }>(
          `select count(*)::int as count from inbox where channel <> 'whatsapp-cloud'`,
        )
        .then(({ rows }) => rows[0]?.count)
    graph.business.revokes()
    const wati = graph.user('Wati')
    wati.says('halo')
    await expect.poll(told, { timeout: 15_000 }).toBe(desks.length)
    const refused = () => graph.callsOf('/v25.0/106000000000001/messages').length
    const before = refused()
    await graph.until(() => refused() > before, 15_000)
    expect(await told()).toBe(desks.length)
    graph.business.restores()
    await answers(wati, 1)
  })

  it('keeps no phone number anywhere but sealed', async () => {
    const { rows } = await db.pool.query<{ dump: string }>(
      `select string_agg(query_to_xml(format('select * from %I.%I', schemaname, tablename), false, true, '')::text, '') as dump
       from pg_tables where schemaname = 'public'`,
    )
    const dump = rows[0]?.dump ?? ''
    expect(dump.length).toBeGreaterThan(1000)
    for (const { phone, userId } of graph.world.people) {
      expect(dump).not.toContain(phone)
      expect(dump).not.toContain(userId)
    }
    expect(dump).not.toContain('wamid')
  })
})
