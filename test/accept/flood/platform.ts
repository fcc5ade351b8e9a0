import { setTimeout as pause } from 'node:timers/promises'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { progress, type Verdict } from '../check.ts'
import { createPerson } from '../harness/people.ts'
import type { Chat, Platform } from '../harness/platform.ts'
import { becomesQuiet, keepRunning } from '../harness/point.ts'
import { createNursery } from '../harness/process.ts'
import { type Records, startServer } from '../harness/server.ts'
import { quantile } from '../harness/talkers.ts'
import { sumOf, type Way } from '../harness/ways.ts'

/** Others may wait so many times as long as without a flood, or this long where that is nothing. */
const RATIO = 6
const AT_EASE_MS = 1_000
const EVERY_MS = 1_500
/** Chats that flood beside the one. */
const MANY = 30
const HEARD = /Ada yang dapat kami bantu/
const TOLD = /masuk terlalu cepat/

/** A platform's own way in: one chat in the middle of a report floods, then many do. Platforms repeat what they are refused. */
export async function floodPlatform(
  way: Way,
  { seconds, people }: { seconds: number; people: number },
): Promise<Verdict> {
  const server = await startServer()
  const records = await server.database('flooded')
  const nursery = createNursery()
  const platform = await way.open({ parallel: 40 }, records)
  const line = await keepRunning(platform, records.orders, nursery.next)
  try {
    const ms = seconds * 1000
    const others = Array.from({ length: people }, (_, n) =>
      createPerson(platform, platform.citizenAt(`polite-${n}`)),
    )
    await Promise.all(others.map(one => one.say('menu', HEARD)))
    const calm = await watch(others, ms)
    const flooder = createPerson(platform, platform.citizenAt('flood'))
    await flooder.say('pengaduan', /Laporan ini tentang apa/)
    await flooder.say({ press: 'Layanan atau fasilitas' }, /Bagaimana kerahasiaan/)
    await flooder.say({ press: 'Terbuka' }, /Apa yang terjadi/)
    const [one, said] = await Promise.all([watch(others, ms), flood(platform, [flooder.chat], ms)])
    progress(`one chat: ${said} messages, others wait ${one.p95} ms, ${calm.p95} without`)
    const crowd = Array.from({ length: MANY }, (_, n) => platform.citizenAt(`crowd-${n}`))
    const [many, saidByMany] = await Promise.all([watch(others, ms), flood(platform, crowd, ms)])
    progress(`many chats: ${saidByMany} messages, others wait ${many.p95} ms`)
    const quiet = await becomesQuiet(platform, records, 240_000)
    const wanted = said + 3
    const kept = await keptOf(records, flooder.chat)
    const told = flooder.chat.seen.filter(({ text }) => TOLD.test(text)).length
    // The minute is over: what stood open does so still.
    await pause(60_000 - (Date.now() % 60_000) + 1_000)
    const stillOpen = await Promise.race([
      flooder.say('batal', /dibatalkan/).then(() => true),
      pause(20_000).then(() => false),
    ])
    const bound = Math.max(AT_EASE_MS, RATIO * calm.p95)
    const faults = way.faults()
    const totals = {
      calmP95ms: calm.p95,
      chatP95ms: one.p95,
      manyP95ms: many.p95,
      answered: calm.count + one.count + many.count,
      flooded: said,
      floodedByMany: saidByMany,
      lost: wanted - kept,
      told,
      stillOpen,
      quiet,
      // What drops one message of the flood must be seen to.
      controlLost: wanted - (await withoutOne(records, flooder.chat)),
      ...faults,
    }
    const isTimely = one.p95 <= bound && many.p95 <= bound && one.count > 0 && many.count > 0
    const isKept = totals.lost === 0 && told > 0 && stillOpen && quiet && totals.controlLost === 1
    return { totals, ok: isTimely && isKept && said > 100 && sumOf(faults) === 0 }
  } finally {
    await line.stop()
    platform.close()
    await nursery.close()
    await server.stop()
  }
}

/** People who ask for the menu now and then: what they wait for it. */
async function watch(
  people: ReturnType<typeof createPerson>[],
  ms: number,
): Promise<{ p95: number; count: number }> {
  const waits: number[] = []
  const until = performance.now() + ms
  await Promise.all(
    people.map(async (person, n) => {
      await pause((n / people.length) * EVERY_MS)
      while (performance.now() < until) {
        const began = performance.now()
        // Who hears nothing has waited for as long as a person does.
        const at = await person.say('menu', HEARD).then(
          seen => seen.at,
          () => performance.now(),
        )
        waits.push(at - began)
        await pause(Math.max(0, EVERY_MS - (performance.now() - began)))
      }
    }),
  )
  return { p95: quantile(waits, 0.95), count: waits.length }
}

let ids = 0

/** A hundred messages a second from these chats, whoever has taken them; gives how many once all of them are taken. */
async function flood(platform: Platform, chats: readonly Chat[], ms: number): Promise<number> {
  const until = performance.now() + ms
  const posted: Promise<void>[] = []
  while (performance.now() < until) {
    const chat = chats[posted.length % chats.length]
    if (chat === undefined) break
    ids += 1
    posted.push(
      platform.post(chat, {
        externalId: `${chat.address}:flood-${ids}`,
        from: { is: 'citizen' },
        kind: 'text',
        text: `banjir ${ids}`,
      }),
    )
    await pause(10)
  }
  await Promise.all(posted)
  return posted.length
}

async function keptOf({ db, sealing }: Records, { channel, address }: Chat): Promise<number> {
  const hash = hashOfAddress(sealing, { office: 'medan', channel, address })
  const { rows } = await db.pool.query<{ n: number }>(
    `select count(*)::int as n from inbox i join conversations c on c.id = i.conversation_id
     where c.address_hash = $1`,
    [hash],
  )
  return rows[0]?.n ?? 0
}

/** The same of a house that dropped one. */
async function withoutOne(records: Records, chat: Chat): Promise<number> {
  const hash = hashOfAddress(records.sealing, { office: 'medan', ...chat })
  await records.db.pool.query(
    `delete from inbox where id = (select max(i.id) from inbox i
       join conversations c on c.id = i.conversation_id where c.address_hash = $1)`,
    [hash],
  )
  return keptOf(records, chat)
}
