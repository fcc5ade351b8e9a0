import { randomBytes } from 'node:crypto'
import { get } from '../../helpers/telegram/caller.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { openBalai } from '../canary/balai.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { startServer } from '../harness/server.ts'
import { assault } from './assault.ts'
import { countRows, grown } from './count-rows.ts'
import { startsWithout } from './starts-without.ts'
import { forge } from './telegram-forgeries.ts'
import { openNaiveTelegram } from './telegram-naive.ts'

const CITIZENS = 100
/** What is no secret at all: with none of these may a webhook be opened. */
const NO_SECRETS = [undefined, '', ' ', 'pendek', 'ada spasi di dalamnya 1234', 'x'.repeat(257)]

const secret = () => randomBytes(32).toString('base64url')

/**
 * Guarantees T1 and R5: `--n` forged calls of a bot's webhook are refused before anybody reads what they bring, and leave no row;
 * Telegram's own are all taken; without a secret there is no webhook. The control reads first and compares loosely.
 */
export async function forgeTelegram(count: number): Promise<Verdict> {
  const offices = { medan: secret(), lhokseumawe: secret() }
  const forgery = (n: number) =>
    forge(n, { office: 'medan', secret: offices.medan, otherSecret: offices.lhokseumawe })
  const naive = await openNaiveTelegram(offices.medan)
  const control = await assault(naive.url, Math.min(count, 400), forgery)
  naive.close()
  progress(`control: ${JSON.stringify(control)}`)

  const telegram = await startFakeTelegram({
    secondMs: 100,
    bots: Object.keys(offices).map(office => ({ username: `balai_${office}_bot` })),
  })
  const server = await startServer()
  const records = await server.database('forged')
  const bots = Object.entries(offices).map(([office, own], n) => ({
    id: office.toUpperCase(),
    own,
    token: telegram.bots[n]?.token ?? '',
  }))
  const common = {
    DATABASE_URL: databaseUrl(records.address),
    TELEGRAM_API_ROOT: telegram.url,
    OFFICES: Object.keys(offices).join(),
  }
  const env = Object.fromEntries(
    bots.flatMap(({ id, own, token }) => [
      [`TELEGRAM_${id}`, 'webhook'],
      [`TELEGRAM_TOKEN_${id}`, token],
      [`TELEGRAM_SECRET_${id}`, own],
    ]),
  )
  const balai = await openBalai({ ...common, ...env })
  try {
    await balai.start()
    const before = await countRows(records.address)
    const met = await assault(balai.url, count, forgery)
    const rows = grown(before, await countRows(records.address))
    progress(`forged: ${JSON.stringify(met)}, rows: ${rows}`)

    await get(telegram, 'setWebhook', {
      url: `${balai.url}/telegram/medan`,
      secret_token: offices.medan,
      max_connections: 40,
    })
    const citizens = Array.from({ length: CITIZENS }, (_, n) => telegram.user(`Warga ${n}`))
    for (const citizen of citizens) for (const text of ['menu', 'bantuan']) citizen.says(text)
    await telegram.until(() => telegram.bot.pending.length === 0, 60_000)
    const isAnswered = () =>
      citizens.every(one => one.messages().filter(({ from }) => from?.is_bot === true).length >= 2)
    await telegram.until(isAnswered, 60_000)
    const good = telegram.bot.deliveries
    const totals = {
      forged: count,
      ...met,
      rows,
      good: good.length,
      goodRefused: good.filter(({ status }) => typeof status !== 'number' || status >= 300).length,
      startsWithoutSecret: await startsWithout('TELEGRAM_SECRET_MEDAN', NO_SECRETS, { ...common, ...env }),
      violations: telegram.violations.length,
      controlRows: naive.rows.length,
      controlAccepted: control.accepted,
      controlBodyWaitedFor: control.bodyWaitedFor,
    }
    for (const one of telegram.violations) progress(JSON.stringify(one))
    const { accepted, bodyWaitedFor, serverErrors, goodRefused, violations } = totals
    const faults = accepted + (rows === '' ? 0 : 1) + bodyWaitedFor + serverErrors + goodRefused + violations
    const isHeld = faults + totals.startsWithoutSecret === 0 && good.length >= 2 * CITIZENS
    const isSeen = met.withheld > 0 && control.accepted > 0 && control.bodyWaitedFor > 0
    return { totals, ok: isHeld && isSeen }
  } finally {
    await balai.remove()
    await telegram.close()
    await server.stop()
  }
}
