import { setTimeout as pause } from 'node:timers/promises'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { progress } from '../check.ts'
import { createPerson } from './people.ts'
import { type Chat, createPlatform, type Platform } from './platform.ts'
import { becomesQuiet, keepRunning } from './point.ts'
import { createNursery } from './process.ts'
import type { Records, Server } from './server.ts'
import type { Way } from './ways.ts'

/** What each poisoned chat writes; the one with a damaged state may write anything. */
const POISONS = {
  throws: 'apa racun lempar?',
  loops: 'apa racun putar?',
  damaged: 'menu',
  kills: 'apa racun mati?',
}
/** Quarantine is waited for this long; beyond it the check has failed. */
const PATIENCE_MS = 170_000
/** Milliseconds between two messages of one of the others. */
const EVERY_MS = 1_500

export async function poisonRun(server: Server, chats: number, way: Way) {
  const records = await server.database('poisoned')
  const nursery = createNursery()
  const platform = await way.open({ parallel: 40 }, records)
  const line = await keepRunning(platform, { ...records.orders, poison: true }, nursery.next)
  const others = watchOthers(platform, chats)
  const desk = platform.chatAt('web', 'desk:general')
  const sick = Object.entries(POISONS).map(([name, text]) => ({
    person: createPerson(platform, platform.citizenAt(`poison-${name}`)),
    text,
  }))
  await Promise.all(sick.map(({ person }) => person.say('menu', /Ada yang dapat kami bantu/)))
  await damage(records, platform.citizenAt('poison-damaged'))
  const began = performance.now()
  // Behind the poison comes a message that must be answered once the poison is out of the way.
  const goOn = Promise.allSettled(
    sick.map(({ person, text }) =>
      Promise.all([person.say(text, /gagal kami proses/), person.say('menu', /Ada yang dapat kami bantu/)]),
    ),
  )
  const seconds = await quarantined(records, sick.length, began)
  progress(`quarantined after ${seconds} s, ${line.deaths().length} deaths`)
  const wentOn = await goOn
  const latencies = await others.stop()
  const quiet = await becomesQuiet(platform, records)
  await line.stop()
  platform.close()
  await nursery.close()
  const { rows } = await records.db.pool.query<{ count: number }>(
    `select count(*)::int as count from inbox where status = 'quarantined'`,
  )
  const count = rows[0]?.count ?? 0
  return {
    poisons: sick.length,
    quarantined: Math.min(count, sick.length),
    /** Messages quarantined that were no poison. */
    innocents: Math.max(0, count - sick.length),
    quarantineSeconds: seconds,
    deaths: line.deaths().length,
    citizensTold: sick.filter(({ person }) =>
      person.chat.seen.some(({ text }) => /gagal kami proses/.test(text)),
    ).length,
    staffTold: new Set(desk.seen.filter(({ text }) => text.includes('disisihkan')).map(({ key }) => key))
      .size,
    chatsThatWentOn: wentOn.filter(({ status }) => status === 'fulfilled').length,
    others: latencies.length,
    othersP95ms: percentile(latencies, 0.95),
    othersMaxMs: percentile(latencies, 1),
    lost: others.lost() + (quiet ? 0 : 1),
  }
}

/** The wrong line with one poisonous message: what the others wait in five seconds of it. */
export async function poisonNaive(server: Server, chats: number): Promise<number> {
  const records = await server.database('poisoned_naive')
  const nursery = createNursery()
  const platform = createPlatform({ parallel: 40 })
  const line = await keepRunning(platform, { ...records.orders, control: 'one-queue' }, nursery.next)
  void platform.post(platform.citizenAt('poison'), {
    externalId: 'poison',
    from: { is: 'citizen' },
    kind: 'text',
    text: 'apa racun lempar?',
  })
  const others = watchOthers(platform, chats, /Terima kasih/)
  await pause(5_000)
  const latencies = await others.stop(0)
  await line.stop()
  await nursery.close()
  platform.close()
  return percentile([...latencies, ...Array.from({ length: others.lost() }, () => 5_000)], 0.95)
}

/** Chats that ask for the menu again and again; milliseconds each waited for it. */
function watchOthers(platform: Platform, chats: number, expects = /Ada yang dapat kami bantu/) {
  const latencies: number[] = []
  let open = 0
  let stopped = false

  async function one(n: number): Promise<void> {
    const person = createPerson(platform, platform.citizenAt(`other-${n}`))
    await pause(Math.random() * EVERY_MS)
    while (!stopped) {
      const asked = performance.now()
      open += 1
      const { at } = await person.say('menu', expects)
      open -= 1
      latencies.push(at - asked)
      await pause(Math.max(0, EVERY_MS - (performance.now() - asked)))
    }
  }

  const all = Promise.allSettled(Array.from({ length: chats }, (_, n) => one(n)))
  return {
    lost: () => open,
    async stop(patienceMs = 30_000): Promise<number[]> {
      stopped = true
      await Promise.race([all, pause(patienceMs)])
      return latencies
    },
  }
}

async function damage({ db, sealing }: Records, { channel, address }: Chat): Promise<void> {
  const hash = hashOfAddress(sealing, { office: 'medan', channel, address })
  const { rowCount } = await db.pool.query(
    `update conversations set state = '\\x00' where address_hash = $1`,
    [hash],
  )
  if (rowCount !== 1) throw new Error('There is no conversation to damage.')
}

/** Seconds until that many messages are quarantined; 999 when they never are. */
async function quarantined({ db }: Records, wanted: number, began: number): Promise<number> {
  while (performance.now() - began < PATIENCE_MS) {
    const { rowCount } = await db.pool.query(`select 1 from inbox where status = 'quarantined'`)
    if ((rowCount ?? 0) >= wanted) return Math.round((performance.now() - began) / 100) / 10
    await pause(200)
  }
  return 999
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 99_999)
}
