import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { get } from '../helpers/telegram/caller.ts'
import { startFakeTelegram } from '../helpers/telegram/fake.ts'
import { openBalai } from './canary/balai.ts'
import { onDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { databaseUrl } from './harness/database-url.ts'
import { startServer } from './harness/server.ts'
import { call, type Met } from './telegram/call.ts'
import { type Forgery, forge } from './telegram/forgeries.ts'
import { openNaiveWebhook } from './telegram/naive-webhook.ts'

const SIDE_BY_SIDE = 24
const CITIZENS = 100
/** What is no secret at all: with none of these may a webhook be opened. */
const NO_SECRETS = [undefined, '', ' ', 'pendek', 'ada spasi di dalamnya 1234', 'x'.repeat(257)]

const secret = () => randomBytes(32).toString('base64url')

/** Calls a door as often as told; what was taken, and what nobody answered who had not read the body. */
async function assault(url: string, count: number, nth: (n: number) => Forgery) {
  const agent = new Agent({ keepAlive: true, maxSockets: SIDE_BY_SIDE })
  const found = { accepted: 0, refused: 0, closed: 0, withheld: 0, bodyWaitedFor: 0, serverErrors: 0 }
  const kinds = new Set<string>()
  const note = ({ withheld, what }: Forgery, met: Met) => {
    if (withheld) found.withheld += 1
    if (met === 'silence') found.bodyWaitedFor += 1
    else if (met === 'closed') found.closed += 1
    else if (met < 400) found.accepted += 1
    else if (met >= 500) found.serverErrors += 1
    else found.refused += 1
    if (typeof met === 'number' && met < 400) kinds.add(what)
  }
  let next = 0
  const one = async () => {
    while (next < count) {
      const forgery = nth(next)
      next += 1
      note(forgery, await call(url, forgery, agent))
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one))
  agent.destroy()
  if (kinds.size > 0) progress(`accepted: ${[...kinds].join(', ')}`)
  return found
}

/** How many of these environments a program starts in that must not. */
async function startsWithoutSecret(env: Record<string, string>): Promise<number> {
  let started = 0
  for (const none of NO_SECRETS) {
    const balai = await openBalai({ ...env, ...(none === undefined ? {} : { TELEGRAM_SECRET_MEDAN: none }) })
    await balai.start().then(
      () => {
        started += 1
      },
      () => undefined,
    )
    if (!balai.stderr().includes('TELEGRAM_SECRET_MEDAN')) started += 1
    await balai.remove()
  }
  return started
}

/**
 * Guarantees T1 and R5: `--n` forged calls of a bot's webhook are refused before anybody reads what they bring, and leave no row;
 * Telegram's own are all taken; without a secret there is no webhook. The control reads first and compares loosely.
 */
export const check: Check = {
  async run(flags) {
    const count = size(flags, 'n', 10_000)
    const offices = { medan: secret(), lhokseumawe: secret() }
    const forgery = (n: number) =>
      forge(n, { office: 'medan', secret: offices.medan, otherSecret: offices.lhokseumawe })
    const naive = await openNaiveWebhook(offices.medan)
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
      const rows = (await countRows(records.address)) - before
      progress(`forged: ${JSON.stringify(met)}, ${rows} rows`)

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
      const { TELEGRAM_SECRET_MEDAN: _, ...without } = env
      const totals = {
        forged: count,
        ...met,
        rows,
        good: good.length,
        goodRefused: good.filter(({ status }) => typeof status !== 'number' || status >= 300).length,
        startsWithoutSecret: await startsWithoutSecret({ ...common, ...without }),
        violations: telegram.violations.length,
        controlRows: naive.rows.length,
        controlAccepted: control.accepted,
        controlBodyWaitedFor: control.bodyWaitedFor,
      }
      for (const one of telegram.violations) progress(JSON.stringify(one))
      const { accepted, bodyWaitedFor, serverErrors, goodRefused, violations } = totals
      const faults = accepted + rows + bodyWaitedFor + serverErrors + goodRefused + violations
      const isHeld = faults + totals.startsWithoutSecret === 0 && good.length >= 2 * CITIZENS
      const isSeen = met.withheld > 0 && control.accepted > 0 && control.bodyWaitedFor > 0
      return { totals, ok: isHeld && isSeen }
    } finally {
      await balai.remove()
      await telegram.close()
      await server.stop()
    }
  },
}

/** Rows in all tables of ours. */
async function countRows(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ count: string }>(
      `select coalesce(sum((xpath('/row/c/text()',
         query_to_xml(format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text::int), 0)
         as count from pg_tables where schemaname = 'public'`,
    )
    return Number(rows[0]?.count)
  })
}
