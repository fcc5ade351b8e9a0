import { setTimeout as pause } from 'node:timers/promises'
import { type FakeTelegram, startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { progress } from '../check.ts'
import { seeded } from './chance.ts'
import { createNursery } from './process.ts'
import type { Records, Server } from './server.ts'
import { released, subscribed } from './subscribed.ts'
import { quantile, talk } from './talkers.ts'
import type { FromChild } from './wire.ts'

const OFFICE = 'medan'
const WORDS = 'Pengumuman uji: jadwal layanan keliling pekan depan sudah tersedia.'
/** Messages a second, and to one chat one in so many milliseconds: what the channel itself keeps to. */
const PER_SECOND = 28
/** What a 429 by chance asks for, in seconds. */
const WAITS: [least: number, most: number] = [1, 5]
/** An answer given so shortly before a death may never have been read by who died. */
const UNREAD_MS = 150

export type BroadcastWish = {
  recipients: number
  kills: number
  rate429: number
  citizens: number
  /** Wrong on purpose: what was begun when a process died is begun again, as answers are. */
  repeats?: true
}

/** An announcement to `recipients`, while the line dies `kills` times, Telegram refuses a share of all, and citizens talk. */
export async function broadcastRun(server: Server, name: string, wish: BroadcastWish) {
  const { recipients, kills, rate429, citizens } = wish
  const records = await server.database(name)
  const telegram = await startFakeTelegram({
    bots: [{ username: `${OFFICE}_bot` }],
    limits: true,
    seed: 7,
  })
  const nursery = createNursery()
  try {
    const chats = await subscribed(records, telegram, OFFICE, recipients)
    if (rate429 > 0) telegram.breaks({ method: 'sendMessage', chance: rate429, harm: { flood: WAITS } })
    const id = await released(records, OFFICE, { id: WORDS })
    if (wish.repeats === true) await records.db.pool.query(FORGET_ATTEMPTS)
    let [isOver, isQuiet] = [false, false]
    const deaths: number[] = []
    const living = live(telegram, records, { ...wish, deaths, isOver: () => isQuiet, next: nursery.next })
    const talking = talk({ telegram }, citizens, () => isOver)
    const began = performance.now()
    const patience = 60_000 + recipients * 150 + kills * 10_000
    for (;;) {
      await pause(250)
      const { rows } = await records.db.pool.query<{ status: string }>(
        'select status from announcement_versions where announcement_id = $1',
        [id],
      )
      if ((rows[0]?.status === 'done' && deaths.length >= kills) || performance.now() - began > patience)
        break
    }
    isOver = true
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const talked = await talking
    isQuiet = true
    await living
    return {
      deaths: deaths.length,
      ...(await judge(telegram, records, chats)),
      ...early(telegram, deaths),
      refusals: telegram.calls.filter(({ answer }) => answer === 429).length,
      overLimit: telegram.overLimit.length,
      violations: telegram.violations.length,
      answers: talked.own.length,
      unanswered: talked.unanswered,
      interactiveP95ms: quantile(talked.own, 0.95),
      interactiveWithNamedWaitsP95ms: quantile(talked.whole, 0.95),
      announcedInS: seconds,
    }
  } finally {
    await nursery.close()
    await telegram.close()
  }
}

// An attempt leaves no trace: so whoever comes after a death knows of none.
const FORGET_ATTEMPTS = `
create function forget_attempts() returns trigger language plpgsql as $$
begin new.attempted_at = null; return new; end $$;
create trigger forget before update on outbox for each row execute function forget_attempts()`

type Life = Pick<BroadcastWish, 'recipients' | 'kills' | 'repeats'> & {
  deaths: number[]
  isOver(): boolean
  next(): ReturnType<ReturnType<typeof createNursery>['next']>
}

/** One process after another, each killed by turns at a place in its code and at a moment, until enough have died. */
async function live(
  telegram: FakeTelegram,
  { orders }: Records,
  { recipients, kills, repeats, deaths, isOver, next }: Life,
): Promise<void> {
  const chance = seeded(recipients + kills)
  // Long enough to have sent something: nothing is said first in the first second of a life.
  const spanMs = Math.max(3_000, (recipients / PER_SECOND / (kills + 1)) * 1000)
  while (!isOver()) {
    const child = await next()
    child.hear((message: FromChild) => {
      if (message.type === 'send') child.tell({ type: 'sent', n: message.n })
    })
    const dies = deaths.length < kills
    // The control dies at places alone: what it does wrong shows between a send and its note.
    const atPlace = dies && (repeats === true || deaths.length % 2 === 0)
    const started = await child.go({
      ...orders,
      announces: true,
      telegram: { apiRoot: telegram.url, token: telegram.bot.token, by: 'poll' },
      ...(atPlace ? { killAt: 20 + Math.floor(chance() * spanMs * 0.05) } : {}),
    })
    if (!started) progress(`a child did not start: ${child.words()}`)
    const until = performance.now() + (dies ? spanMs * (0.4 + chance()) : Number.POSITIVE_INFINITY)
    while (child.alive() && !isOver() && performance.now() < until) await pause(20)
    child.kill('SIGKILL')
    await child.ended
    if (dies && !isOver()) deaths.push(Date.now())
  }
}

/** Who was told how often, and whether the records say so. */
async function judge(telegram: FakeTelegram, { db }: Records, chats: Map<string, number>) {
  const got = new Map<number, number>()
  for (const { answer, fields } of telegram.callsOf('sendMessage')) {
    if (answer !== 200 || !String(fields.text).startsWith(WORDS)) continue
    const chat = Number(fields.chat_id)
    got.set(chat, (got.get(chat) ?? 0) + 1)
  }
  const { rows } = await db.pool.query<{ conversation_id: string; state: string }>(
    'select conversation_id, state from announced',
  )
  const states = new Map(rows.map(({ conversation_id, state }) => [conversation_id, state]))
  const count = { received: 0, twice: 0, unattempted: 0, unknown: 0, unlisted: 0 }
  for (const [id, chat] of chats) {
    const times = got.get(chat) ?? 0
    const state = states.get(id)
    if (times > 0) count.received += 1
    if (times > 1) count.twice += 1
    if (state === 'unknown') count.unknown += 1
    else if (state !== 'sent' && state !== 'failed') count.unattempted += 1
    // Whatever the records call sent was received, and what was received they call sent, or unknown.
    if ((state === 'sent') !== times > 0 && state !== 'unknown') count.unlisted += 1
  }
  return count
}

/** Calls before the time a 429 had named; apart from them those by a process whose forerunner may have died with the answer unread. */
function early({ calls, tooEarly }: FakeTelegram, deaths: readonly number[]) {
  const unread = tooEarly.filter(({ at, fields }) => {
    const named = calls.findLast(
      one =>
        one.answer === 429 && one.at < at && one.fields.chat_id === fields.chat_id && !tooEarly.includes(one),
    )
    return named !== undefined && deaths.some(death => death >= named.at && death - named.at < UNREAD_MS)
  })
  return { earlyCalls: tooEarly.length - unread.length, answersLostWithAProcess: unread.length }
}
