import { afterAll, expect, it } from 'vitest'
import { fillMessages } from '../bench/volume/many-messages.ts'
import { fillTickets } from '../bench/volume/many-tickets.ts'
import { tellingWords } from '../src/actions/telling-words.ts'
import { waitingArrivals } from '../src/inbox/waiting.ts'
import { tellClocks } from '../src/jobs/clocks.ts'
import { countFigures } from '../src/jobs/figures.ts'
import { sendReminders } from '../src/jobs/reminders.ts'
import { tellSilences } from '../src/jobs/silences.ts'
import { tellTalks } from '../src/jobs/talks.ts'
import { openLog } from '../src/lib/log.ts'
import { makeKeyring } from '../src/records/keyring.ts'
import { createSealing } from '../src/records/sealing.ts'
import { readWords } from '../src/records/ticket-search.ts'
import { testDatabase } from './helpers/database.ts'
import { openDeskHouse } from './helpers/desk-house.ts'
import { codeIn, fileComplaint, houses, testLine } from './helpers/line.ts'
import { type Watched, watchPlans } from './helpers/watched-plans.ts'

const [TICKETS, MESSAGES] = [6000, 24_000]
/** What one statement may read: a page of rows with their neighbours, and ten for each it gives. A table read whole is six times that. */
const most = ({ returned }: Watched) => 1000 + 10 * returned

const test = await testDatabase()
await fillMessages(test.owner.address, { messages: MESSAGES, days: 80 })
const keyring = makeKeyring()
await fillTickets(test.owner.db, createSealing(keyring), { from: 0, to: TICKETS })

const { db, watched } = await watchPlans(test)
afterAll(() => db.close())
const line = await testLine(db, keyring)
await countFigures(test.db, line.room, ['lhokseumawe', 'medan'], new Date())
// What is done once, at the first look or after a calendar changed, may look at everything.
await tellClocks(test.db, line.room, houses.houses.keys(), new Date())
await readWords(test.db.pool, line.room.sealing, tellingWords)
await test.owner.db.pool.query('analyze')

const degraded = () =>
  watched
    .filter(one => one.read > most(one))
    .map(({ text, nodes }) => `${text.slice(0, 160)} … ${nodes.join('; ')}`)

it('reads no table whole for what a citizen or a desk does', async () => {
  const code = codeIn(await fileComplaint(line, 'ani'))
  await line.say('ani', `status ${code}`)
  await line.say('ani', 'data saya')
  await line.say('ani', 'jam buka loket')
  await line.quiet()
  await line.work('general', 'Rina', `ambil ${code}`)
  await line.work('general', 'Rina', `balas ${code} Terima kasih, sedang kami periksa.`)
  await line.work('general', 'Rina', `selesai ${code}`)
  await line.quiet()
  await line.say('ani', 'hapus data')
  await line.quiet()
  expect(watched.length).toBeGreaterThan(50)
  expect(degraded()).toEqual([])
})

it('reads no table whole for a page', async () => {
  const house = openDeskHouse({ db, line, houses })
  const head = await house.comes({ name: 'Kepala', role: 'head' })
  const { rows } = await db.pool.query<{ code: string }>(
    `select code from tickets where status = 'received' limit 1`,
  )
  watched.length = 0
  for (const path of [
    '/tickets',
    '/tickets?scope=ended',
    '/tickets?scope=all&page=3',
    '/tickets?overdue=yes',
    '/tickets?q=lampu',
    '/tickets?q=lampu+nomorak',
    `/tickets/${rows[0]?.code}`,
    '/figures',
  ]) {
    expect((await head.get(`/desk/lhokseumawe${path}`)).status).toBe(200)
  }
  expect((await head.get('/lhokseumawe/figures')).status).toBe(200)
  expect(watched.length).toBeGreaterThan(30)
  expect(degraded()).toEqual([])
})

it('reads no table whole every minute', async () => {
  watched.length = 0
  const now = new Date()
  await tellSilences(db, line.room, now)
  await tellTalks(db, line.room, now)
  await tellClocks(db, line.room, houses.houses.keys(), now)
  await countFigures(db, line.room, ['lhokseumawe', 'medan'], now)
  await readWords(db.pool, line.room.sealing, tellingWords)
  await sendReminders(db, line.room, houses.houses.keys(), now)
  expect(watched.length).toBeGreaterThan(4)
  expect(degraded()).toEqual([])
})

it('reads a backlog of the inbox once, not once for each that waits', async () => {
  const backlog = 1500
  // Planned while nothing waits, as it is when a backlog comes.
  await waitingArrivals({ db, sealing: line.room.sealing, log: openLog('silent') }, 20)
  await test.db.pool.query(
    `insert into inbox (office, channel, message_hash, address_hash, status, sealed, due_at, received_at)
     select 'lhokseumawe', 'web', sha256(('waits ' || n)::bytea), sha256(('address ' || n % 1000)::bytea), 'pending', '',
       now() + case when n % 2 = 0 then interval '1 hour' else interval '-1 second' end, now()
     from generate_series(1, $1::int) n`,
    [backlog],
  )
  watched.length = 0
  await waitingArrivals({ db, sealing: line.room.sealing, log: openLog('silent') }, 20)
  const looked = watched.filter(({ text }) => text.startsWith('with waits as'))
  expect(looked.length).toBeGreaterThan(0)
  for (const { read } of looked) expect(read).toBeLessThan(3 * backlog)
  await test.db.pool.query(`delete from inbox where status <> 'done'`)
})

it('reads what waits for others once in a turn at most', async () => {
  const backlog = 3000
  await test.db.pool.query(
    `insert into inbox (office, channel, message_hash, address_hash, status, sealed, due_at, received_at)
     select 'lhokseumawe', 'web', sha256(('waits ' || n)::bytea), sha256(('address ' || n)::bytea), 'pending', '', now() + interval '1 hour', now()
     from generate_series(1, $1::int) n`,
    [backlog],
  )
  await test.db.pool.query(
    `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
     select 'waits ' || n, 'lhokseumawe', 'web', md5('waits ' || n)::uuid, 1, 'bot', '', 'waiting', now() + interval '1 hour', now()
     from generate_series(1, $1::int) n`,
    [backlog],
  )
  watched.length = 0
  await line.say('budi', 'menu')
  await line.say('budi', 'bantuan')
  await line.quiet()
  const others = watched.filter(({ text }) => !/^(with heads as|select \(select count)/.test(text))
  expect(others.some(({ text }) => text.includes('insert into outbox'))).toBe(true)
  // An index of what waits may be walked once: planned while it is empty, that looks like the cheapest way. Never once a row.
  const slow = others
    .filter(one => one.read > most(one) + backlog)
    .map(({ text, nodes }) => `${text.slice(0, 120)} … ${nodes.join('; ')}`)
  expect([...new Set(slow)]).toEqual([])
})

it('sees a statement without an index', async () => {
  watched.length = 0
  await db.pool.query(`select 1 from tickets where reason = 'none'`)
  // The line may look at the backlog of the test above meanwhile.
  expect(degraded().filter(text => text.includes(`reason = 'none'`))).toHaveLength(1)
})
