import { startFakeTelegram } from '../helpers/telegram/fake.ts'
import { type Check, progress, size } from './check.ts'
import { type Evenness, evennessOf } from './harness/evenness.ts'
import { createNursery, endChild } from './harness/process.ts'
import { type Server, startServer } from './harness/server.ts'
import { released, subscribed } from './harness/subscribed.ts'
import { sendThrottled } from './harness/throttler.ts'
import type { FromChild } from './harness/wire.ts'

const OFFICE = 'medan'
const WORDS = 'Pengumuman uji: jadwal layanan keliling pekan depan sudah tersedia.'

/**
 * An announcement to `--recipients` against a Telegram that counts a sliding second of 30 messages: at least 27 a second, no 429, at
 * most 9 in any tenth of a second, and gaps whose deviation is at most half their mean. The control is the usual throttler with
 * automatic retry, to `--control` recipients: it must be refused.
 */
export const check: Check = {
  async run(flags) {
    const recipients = size(flags, 'recipients', 5000)
    const controlRecipients = size(flags, 'control', 1000)
    const server = await startServer()
    try {
      const control = await throttled(server, controlRecipients)
      progress(`control, a bucket refilled each second: ${JSON.stringify(control)}`)
      const ran = await announced(server, recipients)
      return {
        totals: {
          recipients,
          ...ran,
          controlRefusals: control.refusals,
          controlMostIn100ms: control.mostIn100ms,
        },
        ok:
          ran.sent === recipients &&
          ran.perSecond >= 27 &&
          ran.refusals === 0 &&
          ran.mostIn100ms <= 9 &&
          ran.gapCv <= 0.5 &&
          control.refusals > 0 &&
          control.mostIn100ms > 9,
      }
    } finally {
      await server.stop()
    }
  },
}

async function announced(server: Server, recipients: number): Promise<Evenness> {
  const records = await server.database('even_pace')
  const telegram = await startFakeTelegram({ bots: [{ username: `${OFFICE}_bot` }], limits: true })
  const nursery = createNursery()
  const child = await nursery.next()
  try {
    await subscribed(records, telegram, OFFICE, recipients)
    const id = await released(records, OFFICE, { id: WORDS })
    child.hear((message: FromChild) => {
      if (message.type === 'send') child.tell({ type: 'sent', n: message.n })
    })
    await child.go({
      ...records.orders,
      announces: true,
      telegram: { apiRoot: telegram.url, token: telegram.bot.token, by: 'poll' },
    })
    const until = performance.now() + 60_000 + recipients * 100
    for (let isDone = false; !isDone && performance.now() < until; ) {
      await new Promise(done => setTimeout(done, 250))
      const { rows } = await records.db.pool.query<{ status: string }>(
        'select status from announcement_versions where announcement_id = $1',
        [id],
      )
      isDone = rows[0]?.status === 'done'
    }
    return evennessOf(telegram.calls)
  } finally {
    await endChild(child)
    await nursery.close()
    await telegram.close()
  }
}

async function throttled(server: Server, recipients: number): Promise<Evenness> {
  const records = await server.database('even_control')
  const telegram = await startFakeTelegram({ bots: [{ username: `${OFFICE}_bot` }], limits: true })
  try {
    const chats = [...(await subscribed(records, telegram, OFFICE, recipients)).values()]
    await sendThrottled(telegram.url, telegram.bot.token, chats, () => WORDS)
    return evennessOf(telegram.calls)
  } finally {
    await telegram.close()
  }
}
