import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBalai } from '../canary/balai.ts'
import { onDatabase } from '../canary/dump.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { linkedEnv, linkNumber, startTrustedWhatsApp } from '../harness/linked-balai.ts'
import { startServer } from '../harness/server.ts'
import { shapesOf } from './whatsapp-shapes.ts'

/** Shapes between two messages of somebody who must be answered all the same. */
const BETWEEN = 50
/** What a linked number keeps of its own: keys, and that a message came. */
const OWN = ['whatsapp_keys', 'whatsapp_heard', 'whatsapp_sessions']

/** What comes over the real socket may be anything: nobody is answered, nothing is written down of it, and the number stays on its feet. */
export async function shapesOnLinked(count: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-shapes-'))
  let fetched = 0
  const canary = createServer((_request, response) => {
    fetched += 1
    response.end()
  })
  await new Promise<void>(done => canary.listen(0, '127.0.0.1', done))
  const whatsapp = await startTrustedWhatsApp()
  const { number } = whatsapp
  const server = await startServer()
  const records = await server.database('shapes')
  const keyFile = join(folder, 'sealing.key')
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(records.address),
    ...linkedEnv(whatsapp, keyFile),
  })
  const rows = () => countOthers(records.address)
  try {
    await balai.start()
    await linkNumber(records.address, keyFile, number)
    const [stranger, victim, siti] = ['Orang asing', 'Korban', 'Siti'].map(name => whatsapp.citizen(name))
    if (stranger === undefined || victim === undefined || siti === undefined)
      throw new Error('Nobody is there.')
    // What cannot be read the library asks our own phone for: that is nobody's answer.
    const said = () => number.posted.filter(({ to }) => !isOwn(to)).length
    const isOwn = (to: string) =>
      [number.pn, number.lid].some(own => own.split('@')[0] === to.split(/[:@]/)[0])
    const replies = () => siti.messages().filter(({ by }) => by === number.account).length
    const shapes = shapesOf(count, {
      whatsapp,
      stranger,
      victim,
      canary: `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`,
    })
    const totals = {
      shapes: shapes.length,
      effects: 0,
      sentTo: 0,
      unanswered: 0,
      restarts: 0,
      fetched: 0,
      untaken: 0,
    }
    let asked = 0
    /** Somebody who does write is answered, whatever came before. */
    async function isWell(): Promise<boolean> {
      asked += 1
      siti?.says('menu')
      await whatsapp.until(() => replies() >= asked, 30_000).catch(() => undefined)
      return replies() >= asked
    }
    if (!(await isWell())) throw new Error('The number does not even answer before.')
    const logins = number.logins.length
    for (let n = 0; n < shapes.length; n += BETWEEN) {
      const before = { rows: await rows(), posted: said() }
      for (const { comes } of shapes.slice(n, n + BETWEEN)) comes()
      await whatsapp.settled()
      await whatsapp.until(() => number.queue.length === 0, 30_000).catch(() => undefined)
      const sent = said() - before.posted
      const written = (await rows()) - before.rows
      if (sent + written > 0)
        progress(`${sent} sent, ${written} written: ${shapes.slice(n, n + BETWEEN).map(({ what }) => what)}`)
      totals.sentTo += sent
      totals.effects += written
      if (!(await isWell())) {
        totals.unanswered += 1
        progress(`nobody answers after: ${shapes.slice(n, n + BETWEEN).map(({ what }) => what)}`)
      }
    }
    totals.restarts = number.logins.length - logins
    totals.fetched = fetched
    totals.untaken = await countUntaken(records.address)
    const badLines = balai
      .stderr()
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('{')).length
    for (const one of whatsapp.problems) progress(one)
    const control = shapes.filter(({ naive }) => naive).length
    const { effects, sentTo, unanswered, restarts, untaken } = totals
    const faults = effects + sentTo + unanswered + restarts + untaken + fetched + badLines
    return {
      totals: { ...totals, badLines, controlEffects: control },
      ok: faults === 0 && shapes.length >= count && control > 0,
    }
  } finally {
    await balai.remove()
    await whatsapp.close()
    canary.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Rows of all tables but those a linked number keeps of its own. */
async function countOthers(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ count: string }>(
      `select coalesce(sum((xpath('/row/c/text()',
         query_to_xml(format('select count(*) as c from public.%I', tablename), false, true, '')))[1]::text::int), 0)
         as count from pg_tables where schemaname = 'public' and tablename <> all($1::text[])`,
      [OWN],
    )
    return Number(rows[0]?.count)
  })
}

async function countUntaken(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rowCount } = await client.query(`select 1 from whatsapp_heard where sealed <> ''`)
    return rowCount ?? 0
  })
}
