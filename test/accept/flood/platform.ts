import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { progress, type Verdict } from '../check.ts'
import { createPerson, type Person } from '../harness/people.ts'
import type { Chat, Platform } from '../harness/platform.ts'
import { becomesQuiet, keepRunning } from '../harness/point.ts'
import { createNursery } from '../harness/process.ts'
import { type Records, type Server, startServer } from '../harness/server.ts'
import { quantile } from '../harness/talkers.ts'
import { sumOf, type Way } from '../harness/ways.ts'
import { swapped } from '../load/swapped.ts'

/** What others may wait at most, whatever floods (guarantee T5). */
export const BOUND_MS = 1_000
const EVERY_MS = 1_500
const HEARD = /Ada yang dapat kami bantu/
const TOLD = /masuk terlalu cepat/

/** How much is written: by people who wait for each answer, and by a flood, a message every so many milliseconds, from one chat or many. */
export type Size = {
  seconds: number
  people: number
  chats: number
  everyMs: number
  /** What the bot of that platform says in a second, as its adapter has it; to each chat one. */
  perSecond: number
}

/**
 * A platform's own way in: one chat in the middle of a report floods, then many do. Platforms repeat what they are refused. The
 * control answers all of a flood, in the order it came.
 */
export async function floodPlatform(way: () => Way, size: Size): Promise<Verdict> {
  const server = await startServer()
  try {
    const wrong = {
      '/src/conversation/flood.ts': join(import.meta.dirname, 'hears-all.ts'),
      '/src/outbox/waiter.ts': join(import.meta.dirname, 'first-come.ts'),
    }
    const control = await running(
      server,
      'flood_control',
      way(),
      size,
      swapped(wrong),
      async ({ platform }) => {
        const others = await openOthers(platform, size.people)
        return floodOf(platform, others, manyOf(platform, size.chats), size)
      },
    )
    progress(`control, answers everything in its order: others wait ${control.p95} ms`)
    const ours = way()
    const ran = await running(server, 'flooded', ours, size, {}, line => flooded(line, size))
    const faults = ours.faults()
    const isTimely = ran.chatP95ms < BOUND_MS && ran.manyP95ms < BOUND_MS
    const isKept = ran.lost === 0 && ran.controlLost === 1 && ran.stillOpen && ran.quiet
    const isTold = ran.told > 0 && ran.told <= 1 + Math.ceil(size.seconds / 60)
    return {
      totals: { ...ran, controlManyP95ms: control.p95, ...faults },
      ok: isTimely && isKept && isTold && ran.flooded > 60 && sumOf(faults) === 0 && control.p95 > BOUND_MS,
    }
  } finally {
    await server.stop()
  }
}

type Line = { platform: Platform; records: Records }

async function running<T>(
  server: Server,
  name: string,
  way: Way,
  { perSecond }: Size,
  env: Record<string, string>,
  work: (line: Line) => Promise<T>,
): Promise<T> {
  const records = await server.database(name)
  const nursery = createNursery(env)
  const platform = await way.open({ parallel: 40 }, records)
  const line = await keepRunning(
    platform,
    { ...records.orders, pace: { perSecond, perAddressMs: 1_000 } },
    nursery.next,
  )
  try {
    return await work({ platform, records })
  } finally {
    await line.stop()
    platform.close()
    await nursery.close()
  }
}

async function flooded({ platform, records }: Line, size: Size) {
  const others = await openOthers(platform, size.people)
  const calm = await watch(others, size.seconds * 1000)
  const flooder = createPerson(platform, platform.citizenAt('flood'))
  await flooder.say('pengaduan', /Laporan ini tentang apa/)
  await flooder.say({ press: 'Layanan atau fasilitas' }, /Bagaimana kerahasiaan/)
  await flooder.say({ press: 'Terbuka' }, /Apa yang terjadi/)
  const one = await floodOf(platform, others, [flooder.chat], size)
  progress(`one chat: ${one.said} messages, others wait ${one.p95} ms, ${calm.p95} without`)
  const many = await floodOf(platform, others, manyOf(platform, size.chats), size)
  progress(`many chats: ${many.said} messages, others wait ${many.p95} ms`)
  const quiet = await becomesQuiet(platform, records, 240_000)
  const wanted = one.said + 3
  const kept = await keptOf(records, flooder.chat)
  // What drops one message of the flood must be seen to.
  const controlLost = wanted - (await withoutOne(records, flooder.chat))
  const told = flooder.chat.seen.filter(({ text }) => TOLD.test(text)).length
  // The minute is over: what stood open does so still.
  await pause(60_000 - (Date.now() % 60_000) + 1_000)
  const stillOpen = await Promise.race([
    flooder.say('batal', /dibatalkan/).then(() => true),
    pause(20_000).then(() => false),
  ])
  return {
    calmP95ms: calm.p95,
    chatP95ms: one.p95,
    manyP95ms: many.p95,
    answered: calm.count + one.count + many.count,
    flooded: one.said,
    floodedByMany: many.said,
    lost: wanted - kept,
    told,
    stillOpen,
    quiet,
    controlLost,
  }
}

async function openOthers(platform: Platform, count: number): Promise<Person[]> {
  const others = Array.from({ length: count }, (_, n) =>
    createPerson(platform, platform.citizenAt(`polite-${n}`)),
  )
  await Promise.all(others.map(one => one.say('menu', HEARD)))
  return others
}

function manyOf(platform: Platform, count: number): Chat[] {
  return Array.from({ length: count }, (_, n) => platform.citizenAt(`crowd-${n}`))
}

async function floodOf(
  platform: Platform,
  others: Person[],
  chats: readonly Chat[],
  { seconds, everyMs }: Size,
) {
  const ms = seconds * 1000
  const [waits, said] = await Promise.all([watch(others, ms), flood(platform, chats, ms, everyMs)])
  return { ...waits, said }
}

/** People who ask for the menu now and then: what they wait for it. */
async function watch(people: Person[], ms: number): Promise<{ p95: number; count: number }> {
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

/** Messages from these chats in their pace, whoever has taken them; gives how many once all of them are taken. */
async function flood(
  platform: Platform,
  chats: readonly Chat[],
  ms: number,
  everyMs: number,
): Promise<number> {
  const began = performance.now()
  const posted: Promise<void>[] = []
  while (performance.now() < began + ms) {
    // As many as are due: a timer that comes late makes a flood no smaller.
    while (posted.length * everyMs <= performance.now() - began) {
      const chat = chats[posted.length % chats.length]
      if (chat === undefined) return 0
      ids += 1
      posted.push(
        platform.post(chat, {
          externalId: `${chat.address}:flood-${ids}`,
          from: { is: 'citizen' },
          kind: 'text',
          text: `banjir ${ids}`,
        }),
      )
    }
    await pause(everyMs)
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
