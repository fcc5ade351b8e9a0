import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { startFakeTelegram } from '../helpers/telegram/fake.ts'
import { startFakeGraph } from '../helpers/whatsapp-cloud/fake-graph.ts'
import { openBalai } from './canary/balai.ts'
import { citizen } from './canary/chat.ts'
import { type Check, progress, size } from './check.ts'
import { countRows, grown } from './forge/count-rows.ts'
import { cloudEnv } from './harness/cloud-env.ts'
import { databaseUrl } from './harness/database-url.ts'
import { startServer } from './harness/server.ts'
import { brokenBodies, spoiled } from './json/bodies.ts'
import { type JsonDoor, jsonDoors, marked } from './json/doors.ts'
import { harmTo } from './json/naive.ts'

const SIDE_BY_SIDE = 6
/** How often a body is brought that was not taken. */
const TRIES = 8
/** For an answer, on a machine that does other things as well. */
const SLOWEST_MS = 20_000
const MOST_MIB = 512
const OFFICE = 'medan'

/**
 * Guarantee T25: bodies that no door can take, and right ones with one value in them wrong, into every door for JSON of the real
 * program, with its secrets. None is answered 5xx for good or late, what cannot be read leaves no row, nothing every object inherits changes,
 * and a citizen is served afterwards. `--most` of the spoiled ones of each door. The control parses, merges and writes.
 */
export const check: Check = {
  async run(flags) {
    const most = size(flags, 'most', 2_000)
    const broken = brokenBodies(flags.corpora)
    const control = harmTo(broken)
    const server = await startServer()
    const records = await server.database('hostile_json')
    const [telegram, graph] = [
      await startFakeTelegram({ bots: [{ username: 'balai_json_bot' }] }),
      await startFakeGraph({ businesses: [{ name: OFFICE }] }),
    ]
    const [own] = graph.businesses
    if (own === undefined) throw new Error('WhatsApp has no number.')
    const secret = randomBytes(32).toString('base64url')
    const balai = await openBalai({
      DATABASE_URL: databaseUrl(records.address),
      TRUSTED_PROXIES: '127.0.0.1',
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MEDAN: 'webhook',
      TELEGRAM_TOKEN_MEDAN: telegram.bot.token,
      TELEGRAM_SECRET_MEDAN: secret,
      NODE_OPTIONS: `--import=${new URL('./json/watch-prototypes.mjs', import.meta.url).href}`,
      ...cloudEnv(OFFICE, graph.url, own),
    })
    const total = { doors: 0, bodies: 0, answered2xx: 0, http5xx: 0, again: 0, rows: '', slowestMs: 0 }
    const ask = (door: JsonDoor, body: Buffer, n: number) =>
      fetch(`${balai.url}${door.path}`, {
        method: 'POST',
        headers: door.headers(body, n),
        body: new Uint8Array(body),
      })
    const send = async (door: JsonDoor, body: Buffer, n: number) => {
      let status = 503
      // Too busy is no fault, and platforms come again; what nobody can ever take would come for days.
      for (let tries = 0; status === 503 && tries < TRIES; tries += 1) {
        if (tries > 0) await pause(1_000)
        const began = performance.now()
        // A connection that was closed for its age while we took it up again: who died is seen at the end.
        const answer = await ask(door, body, n).catch(() => undefined)
        await answer?.body?.cancel()
        status = answer?.status ?? 503
        total.slowestMs = Math.max(total.slowestMs, Math.round(performance.now() - began))
        if (status === 503) total.again += 1
      }
      total.bodies += 1
      if (status < 300) total.answered2xx += 1
      if (status >= 500) total.http5xx += 1
      if (status >= 500) progress(`${door.name}: ${status} for ${body.toString('utf8').slice(0, 160)}`)
    }
    try {
      await balai.start()
      const chat = await citizen(balai.url)
      const { secret: appSecret, phoneId, phone } = own
      const keys = { telegram: secret, cloud: { secret: appSecret, phoneId, phone }, session: chat.session }
      const only = flags.only?.split(',')
      const doors = jsonDoors(keys).filter(({ name }) => only?.includes(name) ?? true)
      total.doors = doors.length
      await quiet(records.address)
      const before = await countRows(records.address)
      for (const door of doors) await sendAll(broken, (body, n) => send(door, body, n))
      await pause(500)
      total.rows = grown(before, await countRows(records.address))
      let n = 0
      for (const door of doors) {
        const texts = door.good.flatMap(good => [...spoiled(good)])
        const step = Math.max(1, Math.ceil(texts.length / most))
        const some = texts.filter((_, at) => at % step === 0).map((text, at) => marked(text, n + at))
        await sendAll(some, (body, at) => send(door, body, n + at))
        n += some.length
        progress(`${door.name}: ${some.length} spoiled, ${JSON.stringify(total)}`)
      }
      await chat.say('menu')
      const isServed = (await chat.hear('Ada yang dapat kami bantu')).text !== ''
      for (const line of new Set(
        balai
          .stderr()
          .split('\n')
          .filter(one => /not taken|"level":50/.test(one))
          .map(one => one.replace(/"time":"[^"]*"/, '')),
      ))
        progress(line)
      const rssMiB = await residentMiB(balai.url)
      const crashes = (await balai.stop()) === 0 ? 0 : 1
      const polluted = balai.stderr().split('A PROTOTYPE WAS POLLUTED').length - 1
      const totals = { ...total, polluted, crashes, isServed, rssMiB, controlHarmed: control }
      const faults = total.http5xx + (total.rows === '' ? 0 : 1) + polluted + crashes
      return {
        totals,
        ok:
          faults === 0 &&
          isServed &&
          rssMiB < MOST_MIB &&
          total.slowestMs < SLOWEST_MS &&
          control > 0 &&
          total.answered2xx > 0,
      }
    } finally {
      await balai.remove()
      await telegram.close()
      await graph.close()
      await server.stop()
    }
  },
}

async function sendAll(
  bodies: readonly Buffer[],
  send: (body: Buffer, n: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const some = async () => {
    for (let n = next++; n < bodies.length; n = next++) await send(bodies[n] ?? Buffer.alloc(0), n)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, some))
}

/** What is written at a start is written: two counts alike. */
async function quiet(address: Parameters<typeof countRows>[0]): Promise<void> {
  let last = await countRows(address)
  for (let tries = 0; tries < 30; tries += 1) {
    await pause(2_000)
    const now = await countRows(address)
    if (grown(last, now) === '') return
    last = now
  }
}

async function residentMiB(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const bytes = /resident_memory_bytes(?:\{[^}]*\})? ([\d.e+]+)/.exec(metrics)?.[1]
  return Math.round(Number(bytes ?? Number.NaN) / 1024 / 1024)
}
