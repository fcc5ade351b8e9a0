import { setTimeout as pause } from 'node:timers/promises'
import type { Group } from '../../helpers/telegram/group.ts'
import { file } from './filing.ts'
import type { Server } from './server.ts'
import { quantile } from './talkers.ts'
import { openTelegramHouse, type TelegramHouse } from './telegram-house.ts'

export type Rush = {
  kind: 'forum' | 'supergroup'
  unmerged: boolean
  tickets: number
  seconds: number
}

const CODE = /[A-Z]{3}-\d{4}-[0-9A-Z]{6}/g
/** What Telegram counts as a message in a group. */
const COUNTED = /^(send(?!ChatAction)|edit|createForumTopic)/
const MINUTE_MS = 60_000
/** Between two things that staff type: four a minute, each with a topic, fit into what is kept for answers. */
const STAFF_MS = 15_000
/** Cards that are looked at and answered by their code when the rush is over. */
const SAMPLED = 3

/** One desk's rush, from the first report until the last is visible; the control ends a little after the last report. */
export async function rush(server: Server, { kind, unmerged, tickets, seconds }: Rush) {
  const name = `rush_${kind}_${unmerged ? 'unmerged' : 'merged'}`
  const house = await openTelegramHouse(server, name, { limits: true, unmerged })
  const { telegram } = house
  try {
    const group = await house.deskGroup('general', kind)
    const rina = telegram.user('Rina')
    group.adds(rina)
    await house.listed('Rina Contoh', rina.id)
    const began = performance.now()
    const startedAt = Date.now()
    const codes = new Map<string, string>()
    const filing = Promise.all(
      Array.from({ length: tickets }, async (_, n) => {
        await pause((n * seconds * 1000) / tickets)
        // No two alike: likely duplicates would be offered to join.
        const place = `Kantor ${n} di Jalan ${n * 31}`
        const description = `Keran nomor ${n} di kantor ${n} bocor sejak ${n + 2} hari lalu`
        codes.set(await file(house.web, `warga-${n}`, { mode: 'terbuka', place, description }), `warga-${n}`)
      }),
    )
    let isOver = false
    const working = work(house, group, rina, () => isOver)
    await filing
    const longest = began + seconds * 1000 + (unmerged ? 15_000 : 10 * MINUTE_MS)
    while (visibleIn(house, group).size < tickets && performance.now() < longest) await pause(200)
    isOver = true
    const waits = await working
    const visible = visibleIn(house, group)
    const shown = [...codes.keys()].filter(code => visible.has(code))
    const times = [...visible.values()].map(({ at }) => at)
    const last = Math.max(startedAt, ...times)
    // Where not all are visible: the others at the pace of a minute.
    const aMinute = times.filter(at => at < Math.min(...times) + MINUTE_MS).length
    const minutes = (last - startedAt) / MINUTE_MS + (tickets - shown.length) / Math.max(1, aMinute)
    const settled = unmerged ? true : await house.quiet(2 * MINUTE_MS)
    const byCode = unmerged ? { done: 0, failed: 0 } : await workByCode(house, group, rina, codes)
    return {
      visible: shown.length,
      unsettled: settled ? 0 : 1,
      twice: [...visible.values()].filter(({ cards }) => cards > 1).length,
      byCode: byCode.done,
      byCodeFailed: byCode.failed,
      merged: await countMerged(house),
      messages: calls(house, group).length,
      mostInAMinute: mostInAMinute(calls(house, group).map(({ at }) => at)),
      overLimit: telegram.overLimit.length,
      tooEarly: telegram.tooEarly.length,
      violations: telegram.violations.length,
      staffAnswers: waits.length,
      staffP95ms: quantile(waits, 0.95),
      minutes: Math.round(10 * minutes) / 10,
    }
  } finally {
    await house.stop()
  }
}

function calls({ telegram }: TelegramHouse, group: Group) {
  return telegram.calls.filter(
    ({ method, answer, fields }) => answer === 200 && COUNTED.test(method) && fields.chat_id === group.id,
  )
}

/** Every ticket's code that can be read in the group, since when, and how many cards or lines show it as new. */
function visibleIn(house: TelegramHouse, group: Group): Map<string, { at: number; cards: number }> {
  const visible = new Map<string, { at: number; cards: number }>()
  for (const { fields, at } of calls(house, group)) {
    const text = String(fields.text ?? '')
    if (!/laporan baru/i.test(text)) continue
    for (const code of new Set(text.match(CODE) ?? [])) {
      const known = visible.get(code)
      visible.set(code, { at: known?.at ?? at, cards: (known?.cards ?? 0) + 1 })
    }
  }
  return visible
}

/** Somebody of the desk asks about tickets while the rush lasts; milliseconds until each answer. */
async function work(
  house: TelegramHouse,
  group: Group,
  rina: ReturnType<TelegramHouse['telegram']['user']>,
  over: () => boolean,
): Promise<number[]> {
  const waits: number[] = []
  const asked = new Set<string>()
  let next = performance.now()
  while (!over()) {
    await pause(100)
    if (performance.now() < next) continue
    const code = [...visibleIn(house, group).keys()].find(one => !asked.has(one))
    if (code === undefined) continue
    next = performance.now() + STAFF_MS
    asked.add(code)
    waits.push(await ask(house, group, rina, `siapa ${code}`, new RegExp(`^${code}: belum diambil`)))
  }
  return waits
}

/** Milliseconds until an answer that fits is in the group; at most a minute and a half, which is as good as none. */
async function ask(
  house: TelegramHouse,
  group: Group,
  rina: ReturnType<TelegramHouse['telegram']['user']>,
  words: string,
  answer: RegExp,
): Promise<number> {
  const [before, began] = [house.telegram.calls.length, performance.now()]
  rina.in(group).says(words)
  const isThere = () =>
    house.telegram.calls
      .slice(before)
      .some(
        call =>
          call.answer === 200 && call.fields.chat_id === group.id && answer.test(String(call.fields.text)),
      )
  while (!isThere() && performance.now() - began < 1.5 * MINUTE_MS) await pause(20)
  return performance.now() - began
}

/** What was shown as a line is seen whole, and answered, by its code. */
async function workByCode(
  house: TelegramHouse,
  group: Group,
  rina: ReturnType<TelegramHouse['telegram']['user']>,
  codes: Map<string, string>,
): Promise<{ done: number; failed: number }> {
  const merged = calls(house, group).flatMap(({ fields }) => {
    const text = String(fields.text ?? '')
    return /laporan baru sekaligus/.test(text) ? (text.match(CODE) ?? []).slice(-1) : []
  })
  let [done, failed] = [0, 0]
  for (const code of merged.slice(-SAMPLED)) {
    await ask(house, group, rina, `lihat ${code}`, new RegExp(`${code}[^]*Isi: Keran nomor`))
    await ask(house, group, rina, `balas ${code} Sudah kami perbaiki.`, new RegExp(`${code} dibalas`))
    const heard = house.web.heard(codes.get(code) ?? '').at(-1) ?? ''
    if (heard.includes('Sudah kami perbaiki.')) done += 1
    else failed += 1
  }
  return { done, failed }
}

async function countMerged(house: TelegramHouse): Promise<number> {
  const { rows } = await house.records.db.pool.query<{ n: number }>(
    `select count(*)::int as n from outbox where status = 'merged'`,
  )
  return rows[0]?.n ?? 0
}

function mostInAMinute(times: number[]): number {
  return Math.max(0, ...times.map((at, n) => times.slice(n).filter(other => other < at + MINUTE_MS).length))
}
