import { setTimeout as pause } from 'node:timers/promises'
import { seeded } from './chance.ts'
import { createPerson, NoAnswer } from './people.ts'
import type { Platform } from './platform.ts'
import { becomesQuiet, keepRunning, type Mode } from './point.ts'
import { createNursery } from './process.ts'
import { answer, complain, disagree, SIMILAR } from './scripts.ts'
import type { Server } from './server.ts'
import { once, plain } from './tally.ts'
import type { Way } from './ways.ts'

export type RunOptions = {
  name: string
  updates: number
  seed: number
  repeats: boolean
  restarts: number
  way: Way
}

/** What a run left behind, in words that do not differ between two good runs. */
export type Ran = {
  updates: number
  deliveries: number
  restarts: number
  ms: number
  unanswered: number
  /** Repeats the line took for something new. */
  repeatsTaken: number
  /** Everything said in each chat, in order. */
  said: Map<string, string>
  /** Every ticket: kind, desk, state and history. */
  tickets: string[]
}

/** Citizens who walk side by side; each has its own desk talk, so more would only wait longer. */
const SIDE_BY_SIDE = 40
/** Most milliseconds until a repeat comes. */
const LATEST_REPEAT_MS = 3_000

/** Runs the citizens of a seed, one after another on 40 places, until `updates` updates were posted. */
export async function runSeeded(server: Server, options: RunOptions): Promise<Ran> {
  const records = await server.database(options.name)
  const chance = seeded(options.seed * 31)
  const repeats = () => Array.from({ length: Math.floor(chance() * 6) }, () => chance() * LATEST_REPEAT_MS)
  const platform = await options.way.open({ parallel: 40, ...(options.repeats ? { repeats } : {}) }, records)
  const nursery = createNursery()
  const line = await keepRunning(platform, records.orders, nursery.next)
  const began = performance.now()
  const citizens = plan(options.seed, options.updates)
  let next = 0
  let unanswered = 0
  let killed = 0
  const killAt = (options.updates / (options.restarts + 1)) | 0

  async function oneAfterAnother(): Promise<void> {
    for (let wish = citizens[next++]; wish !== undefined; wish = citizens[next++]) {
      try {
        await walkOne(platform, wish)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        unanswered += 1
      }
    }
  }

  async function restart(): Promise<void> {
    while (killed < options.restarts && platform.counts.updates < options.updates) {
      await pause(20)
      if (platform.counts.updates < killAt * (killed + 1)) continue
      killed += 1
      line.now().kill('SIGKILL')
    }
  }

  await Promise.all([restart(), ...Array.from({ length: SIDE_BY_SIDE }, oneAfterAnother)])
  if (!(await becomesQuiet(platform, records))) unanswered += 1
  const ms = performance.now() - began
  await line.stop()
  await nursery.close()
  platform.close()
  const { rows } = await records.db.pool.query<{ ticket: string }>(
    `select concat_ws(' ', t.office, t.kind, t.desk, t.status, t.anonymous, t.confidential, t.restricted,
       (select string_agg(e.type, ',' order by e.id) from ticket_events e where e.ticket_id = t.id)) as ticket
     from tickets t order by 1`,
  )
  return {
    updates: platform.counts.updates,
    deliveries: platform.counts.deliveries,
    restarts: killed,
    ms,
    unanswered,
    repeatsTaken: platform.counts.repeatsTaken,
    said: saidIn(platform),
    tickets: rows.map(({ ticket }) => ticket),
  }
}

type Wish = { name: string; mode: Mode; answered: boolean }

/** The citizens of a seed: as many as it takes for `updates` updates, every one of them with a ticket in the end. */
function plan(seed: number, updates: number): Wish[] {
  const chance = seeded(seed)
  const wishes: Wish[] = []
  for (let posts = 0; posts < updates; ) {
    const mode = (['Terbuka', 'Terbuka', 'Rahasia', 'Anonim'] as const)[Math.floor(chance() * 4)] ?? 'Terbuka'
    const answered = mode !== 'Anonim' && chance() < 0.5
    wishes.push({ name: `citizen-${wishes.length}`, mode, answered })
    posts += (mode === 'Anonim' ? 9 : 10) + (answered ? 4 : 0)
  }
  return wishes
}

async function walkOne(platform: Platform, { name, mode, answered }: Wish): Promise<void> {
  const person = createPerson(platform, platform.citizenAt(name))
  const desk = mode === 'Terbuka' ? 'general' : 'pengawasan'
  const staff = createPerson(platform, platform.chatAt('web', `desk:${desk}`), {
    desk,
    name: `Petugas ${desk}`,
  })
  const { code } = await complain(person, mode)
  if (!answered) return
  await answer(staff, code)
  await disagree(person, code)
}

/** Its card comes 5 to 30 minutes after the report, by chance: a slow run hears some of them. That each has its ticket is compared. */
const ANONYMOUS = /^Laporan baru\n.*\(anonim/

/** Desks hear of many tickets at once, in no order of theirs: what is said of each counts there. */
function saidIn(platform: Platform): Map<string, string> {
  return new Map(
    platform.chats().map(chat => {
      // Who comes first is asked nothing: it differs from run to run.
      const texts = once(chat)
        .map(({ text }) => plain(text))
        .filter(text => !SIMILAR.test(text) && !ANONYMOUS.test(text))
      return [chat.name, (chat.channel === 'web' ? texts.sort() : texts).join('\n---\n')]
    }),
  )
}
