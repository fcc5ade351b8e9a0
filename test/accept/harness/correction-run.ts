import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, SendError } from '../../../src/channels/channel.ts'
import { counted } from '../../../src/counted.ts'
import { TOLD_PARTS, type ToldKind } from '../../../src/desk/listing-words.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import type { House } from '../../../src/offices/house.ts'
import { createAnnouncer } from '../../../src/outreach/announcer.ts'
import { transaction } from '../../../src/records/db.ts'
import { lockListings, putListings } from '../../../src/records/listing-changes.ts'
import { aRound } from '../../helpers/listings.ts'
import { CHANGED, FIRST_TOLD } from './changed-parts.ts'
import type { Records, Server } from './server.ts'
import { createWeb } from './web.ts'

const OFFICE = 'lhokseumawe'
/** Of so many one never learns whether the first version arrived: it may have. */
const UNKNOWN_IN = 10
const NOON = new Date('2026-11-23T05:00:00Z')

export type Corrected = {
  parts: number
  missing: number
  twice: number
  strangers: number
  unnamed: number
  newsWrong: number
}

/**
 * Tells a listing of each kind to `recipients`, lets half of them leave and others come, and changes one part: for each part citizens
 * are told of. `forgets`, wrong on purpose: whoever had the first version is looked for among those who want to hear now.
 */
export async function correctionRun(
  server: Server,
  name: string,
  {
    houses,
    recipients,
    parts,
    forgets,
  }: { houses: ReadonlyMap<string, House>; recipients: number; parts: number; forgets?: true },
): Promise<Corrected> {
  const records = await server.database(name)
  const { db, keyring } = records
  const web = createWeb()
  let lose = false
  const channel: Channel = {
    ...web.channel,
    async send(message) {
      const sent = await web.channel.send(message)
      if (lose && Number(message.address.slice(1)) % UNKNOWN_IN === 0)
        throw new SendError('unreachable', 'The answer was lost.')
      return sent
    },
  }
  const log = openLog('silent')
  const line = buildLine({
    db,
    keyring,
    houses,
    channels: new Map([['web', channel]]),
    log,
    alone: true,
    counters: counted(),
    now: () => NOON,
  })
  const announcer = createAnnouncer({
    db,
    room: line.room,
    offices: () => [OFFICE],
    wake: line.delivery.wake,
    log,
    now: () => NOON,
  })
  await line.start()
  try {
    const had = Array.from({ length: recipients }, (_, n) => `h${n}`)
    const came = Array.from({ length: Math.ceil(recipients / 4) }, (_, n) => `n${n}`)
    for (const who of [...had, ...came, 'stranger']) await web.say(who, 'menu')
    await put(records, 'round', [aRound({}), aRound({ id: 'cpns-lain' })])
    await announcer.look()
    const totals: Corrected = { parts: 0, missing: 0, twice: 0, strangers: 0, unnamed: 0, newsWrong: 0 }
    for (const [kind, part] of partsToChange().slice(0, parts)) {
      const id = `${kind}-${part}`
      await wants(records, kind, had, had)
      lose = true
      await put(records, kind, [{ ...FIRST_TOLD[kind], id }])
      await settle(records, announcer)
      lose = false
      await wants(records, kind, had, [...had.filter((_, n) => n % 2 === 0), ...came])
      if (forgets === true)
        await db.pool.query(`update announced set state = 'dropped' where state in ('sent', 'unknown')`)
      const before = new Map([...had, ...came, 'stranger'].map(who => [who, web.heard(who).length]))
      await put(records, kind, [{ ...FIRST_TOLD[kind], ...only(kind, part), id }])
      await settle(records, announcer)
      const since = (who: string) => web.heard(who).slice(before.get(who))
      totals.parts += 1
      for (const who of had) {
        const corrections = since(who).filter(text => text.startsWith('*Ralat.*'))
        totals.missing += corrections.length === 0 ? 1 : 0
        totals.twice += since(who).length > 1 ? 1 : 0
        const called = `• ${(TOLD_PARTS[kind] as Record<string, { id: string }>)[part]?.id}:`
        totals.unnamed += corrections.some(text => !text.includes(called)) ? 1 : 0
      }
      for (const who of came) {
        const heard = since(who)
        totals.newsWrong += heard.length !== 1 || heard[0]?.startsWith('*Ralat.*') === true ? 1 : 0
      }
      totals.strangers += since('stranger').length
    }
    return totals
  } finally {
    await announcer.stop()
    await line.stop()
  }
}

function partsToChange(): [ToldKind, string][] {
  return (['vacancy', 'stage', 'agenda'] as const).flatMap(kind =>
    Object.keys(TOLD_PARTS[kind]).map((part): [ToldKind, string] => [kind, part]),
  )
}

function only(kind: ToldKind, part: string): object {
  const value = (CHANGED[kind] as Record<string, unknown>)[part]
  if (value === undefined) throw new Error(`There is no other value for ${part} of a ${kind}.`)
  return { [part]: value }
}

async function put(records: Records, kind: ToldKind | 'round', listings: { id: string }[]): Promise<void> {
  await transaction(records.db, async client => {
    await lockListings(client)
    await putListings(client, kind, OFFICE, listings as Parameters<typeof putListings>[3], {
      name: 'import',
      at: NOON,
    })
  })
}

/** Exactly these of the citizens want to hear of this kind from now on, and nothing else. */
async function wants({ db, sealing }: Records, kind: ToldKind, all: string[], now: string[]): Promise<void> {
  const hashes = (names: string[]) => names.map(who => sealing.hash('address', OFFICE, 'web', who))
  await db.pool.query('delete from subscriptions')
  await db.pool.query(
    `insert into subscriptions (office, conversation_id, topic, kind, education, stage, place, created_at)
     select office, id, $2, '', '', '', '', now() from conversations where address_hash = any($1::bytea[])`,
    [hashes(now), kind],
  )
  if (all.length === 0) throw new Error('Nobody is there to be told.')
}

/** Everything is told, and in the records. */
async function settle({ db }: Records, announcer: ReturnType<typeof createAnnouncer>): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    const isBusy = await announcer.look()
    const { rowCount } = await db.pool.query(
      `select 1 from outbox where status in ('waiting', 'sending') limit 1`,
    )
    quiet = isBusy || rowCount !== 0 ? 0 : quiet + 1
    await pause(5)
  }
}
