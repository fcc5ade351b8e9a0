import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import {
  type InboundMessage,
  type OutboundMessage,
  type Outcome,
  SendError,
} from '../../../src/channels/channel.ts'
import { whatsappCounts } from '../../../src/channels/whatsapp/counts.ts'
import type { Times, WhatsappOptions } from '../../../src/channels/whatsapp/ports.ts'
import { whatsappChannel } from '../../../src/channels/whatsapp/whatsapp-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import type { Log } from '../../../src/lib/log.ts'
import type { Office } from '../../../src/offices/office.ts'
import { isAway } from '../../../src/records/away.ts'
import { openFileStore } from '../../../src/records/file-store.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { askFor, sessionOf } from '../../../src/records/whatsapp-session.ts'
import { whatsappRecords } from '../../../src/whatsapp-ports.ts'
import type { MigratedDatabase } from '../../helpers/database.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import { placeOf } from './place.ts'

export const OFFICE = 'medan'
const DESKS = {
  general: { name: 'Umum', restricted: false },
  pengawasan: { name: 'Pengawasan', restricted: true },
}

/** Waits are short, limits of life and death are not: a busy machine must not look like a frozen process. */
export const TIMES: Partial<Times> = {
  beat: 200,
  silent: 10_000,
  asked: 20,
  look: 50,
  away: 5_000,
  ack: 1_500,
  firstPause: 20,
  longestPause: 200,
  slow: 100,
  explain: 200,
  leave: 2_000,
}

type Change = Partial<WhatsappOptions> & {
  onMessage?: (message: InboundMessage) => unknown
  whatsapp?: FakeWhatsApp
}

/** Closed after the test that opened it; `keep` hands that over to whoever called. */
export type Stage = Awaited<ReturnType<typeof stage>>

/** An office's number on a fake WhatsApp, with the real worker and real records; not linked yet. */
export async function stage(
  { db, address, owner }: MigratedDatabase,
  change: Change = {},
  { keep = false } = {},
) {
  const { onMessage, whatsapp: given, ...options } = change
  const whatsapp = given ?? (await startFakeWhatsApp())
  const sealing = createSealing(makeKeyring())
  await owner.db.pool.query(
    'truncate polls, whatsapp_sessions, whatsapp_keys, whatsapp_heard, whatsapp_sent, aliases, inbox',
  )
  const folder = mkdtempSync(join(tmpdir(), 'balai-whatsapp-'))
  const files = openFileStore({ db, sealing, folder })
  const heard: InboundMessage[] = []
  const outcomes: Outcome[] = []
  const logged: string[] = []
  const say = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const seen = new Set<string>()
  const records = whatsappRecords({
    db,
    sealing,
    address,
    officeOf: id => ({ id, zone: 'Asia/Jakarta', desks: DESKS }) as unknown as Office,
    wake: () => undefined,
  })

  const place = placeOf(whatsapp)

  function channel(more: Partial<WhatsappOptions> = {}) {
    return whatsappChannel({
      offices: [OFFICE],
      ...records,
      files,
      firstPerDay: () => 0,
      away: isAway,
      log,
      counters: createCounters(whatsappCounts),
      mediaRoot: `https://${whatsapp.world.mediaHost}`,
      worker: place,
      ...options,
      ...more,
      times: { ...TIMES, ...options.times, ...more.times },
    })
  }

  const first = channel()
  let seq = 0
  const self = {
    whatsapp,
    db,
    sealing,
    files,
    records,
    place,
    channel: first,
    another: channel,
    heard,
    outcomes,
    logged,
    async receive(message: InboundMessage) {
      await onMessage?.(message)
      const repeat = seen.has(message.externalId)
      seen.add(message.externalId)
      if (!repeat) heard.push(message)
      return { repeat }
    },
    start: (which = first) => which.start(self.receive, async given => void outcomes.push(...given)),
    session: () => sessionOf(db.pool, sealing, OFFICE),
    /** Links the office's number by QR code and waits until its socket is open. */
    async link() {
      await askFor(db.pool, sealing, OFFICE, { by: 'qr' })
      const qr = await eventually(async () => (await self.session())?.shown?.text)
      if (!whatsapp.number.scans(qr)) throw new Error('The phone could not link.')
      await eventually(() => first.holds(OFFICE))
    },
    say(to: string, text: string, more: Partial<OutboundMessage> = {}) {
      seq += 1
      return first.send({
        office: OFFICE,
        channel: 'whatsapp',
        address: to,
        key: `say/${seq}`,
        seq,
        from: 'bot',
        text,
        ...more,
      })
    },
    async close() {
      await first.stop()
      if (given === undefined) await whatsapp.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  if (!keep) onTestFinished(self.close)
  return self
}

/** Waits until this gives something true. */
export async function eventually<T>(
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  ms = 25_000,
): Promise<T> {
  const last = performance.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false && found !== null) return found
    if (performance.now() > last) throw new Error(`After ${ms} ms it was not so: ${look}`)
    await pause(10)
  }
}

/** Why a send failed. */
export async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  try {
    await sending
  } catch (error) {
    if (error instanceof SendError) return error
    throw error
  }
  throw new Error('It was sent.')
}
