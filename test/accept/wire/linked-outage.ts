import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../../../src/lib/log.ts'
import { type Embedded, startEmbedded } from '../../../src/records/embedded/start.ts'
import { openBalai } from '../canary/balai.ts'
import { onDatabase } from '../canary/dump.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { linkedEnv, linkNumber, startTrustedWhatsApp } from '../harness/linked-balai.ts'
import { freeze } from './freeze.ts'
import { watchHealth } from './health-watch.ts'
import type { Phase } from './judge-answers.ts'
import { openNaiveClient } from './naive-client.ts'

const RECOVERY_MS = 60_000
const CLOSE_MS = 2_000
/** A number says five messages a second: so long may the last wait for its reply, and some more. */
const REPLY_MS = 250
const PEOPLE = 50

/**
 * F8 and R3 for a linked number: PostgreSQL is silent for a third of `ms` and gone for the rest, while `messages` are said. The
 * socket closes within 2 s, so that WhatsApp keeps what comes; within a minute of the database's return the number is back and all
 * of it has had its effect, once; then it is answered, at a number's pace.
 */
export async function linkedOutage(ms: number, messages: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-outage-'))
  await chmod(folder, 0o755)
  const log = openLog('silent')
  let phase: Phase = 'up'
  let server = await startEmbedded({ dataDir: folder, log })
  const whatsapp = await startTrustedWhatsApp(['Balai', 'Naif'])
  const [number, second] = whatsapp.numbers
  if (number === undefined || second === undefined) throw new Error('WhatsApp has no number for the control.')
  const keyFile = join(folder, 'sealing.key')
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(server.owner),
    ...linkedEnv(whatsapp, keyFile),
  })
  const people = Array.from({ length: PEOPLE }, (_, n) => whatsapp.citizen(`Warga ${n}`))
  const fooled = whatsapp.citizen('Warga lain').in(second)
  let [said, fooledSaid] = [0, 0]

  function tellFooled(): void {
    fooledSaid += 1
    fooled.says(`menu ${fooledSaid}`)
  }

  /** So many are said in that time; the control's person says one a second. */
  async function talk(count: number, forMs: number): Promise<void> {
    const end = performance.now() + forMs
    for (let n = 0; n < count; n += 1) {
      people[said % PEOPLE]?.says('menu')
      said += 1
      if (said % Math.max(1, Math.ceil((count * 1000) / forMs)) === 0) tellFooled()
      await pause(Math.max(0, (end - performance.now()) / (count - n)))
    }
  }

  /** Milliseconds until no socket of the number is open any more. */
  async function untilClosed(): Promise<number> {
    const began = performance.now()
    while (number?.isOnline && performance.now() - began < 30_000) await pause(5)
    return Math.round(performance.now() - began)
  }

  try {
    await balai.start()
    await linkNumber(server.owner, keyFile, number)
    const naive = await openNaiveClient(whatsapp, second, server.owner)
    const health = watchHealth(balai.url, () => phase)
    await talk(Math.ceil(messages / 10), 3_000)

    progress(`silent for ${Math.round(ms / 3000)} s`)
    phase = 'changing'
    const frozen = freeze(server, ms / 3)
    const [frozenMs] = await Promise.all([untilClosed(), talk(Math.floor(messages * 0.3), ms / 3 - 1_000)])
    const openedInVain = number.isOnline ? 1 : 0
    await frozen
    await pause(10_000)
    phase = 'up'
    await talk(Math.ceil(messages / 10), 2_000)

    progress(`gone for ${Math.round((ms * 2) / 3000)} s`)
    phase = 'changing'
    await whatsapp.until(() => number.isOnline, RECOVERY_MS)
    const [goneMs] = await Promise.all([untilClosed(), server.stop(), talk(messages - said, (ms * 2) / 3)])
    const stillOnline = number.isOnline ? 1 : 0
    const queued = number.queue.length
    const began = performance.now()
    server = await startEmbedded({ dataDir: folder, log })
    const isBack = async () => number.isOnline && number.queue.length === 0 && (await effects(server)) >= said
    while (performance.now() - began < RECOVERY_MS && !(await isBack())) await pause(100)
    const backWithinS = Math.round((performance.now() - began) / 100) / 10
    phase = 'up'
    const replies = () => people.map(one => one.messages().filter(({ by }) => by === number.account).length)
    const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
    while (sum(replies()) < said && performance.now() - began < RECOVERY_MS + said * REPLY_MS)
      await pause(200)
    const answeredWithinS = Math.round((performance.now() - began) / 1000)
    // A reply too many would come a moment later.
    await pause(3_000)
    await health.stop()
    for (const wrong of new Set(health.wrong)) progress(wrong)
    const { size: kept } = await naive.stored()
    await naive.close()
    const done = await effects(server)
    const perPerson = replies()
    const wanted = people.map((_, n) => Math.ceil((said - n) / PEOPLE))
    const totals = {
      said,
      closedFrozenMs: frozenMs,
      closedGoneMs: goneMs,
      openWhileAway: openedInVain + stillOnline,
      queued,
      backWithinS,
      answeredWithinS,
      lost: sum(wanted.map((count, n) => Math.max(0, count - (perPerson[n] ?? 0)))),
      doubled: sum(wanted.map((count, n) => Math.max(0, (perPerson[n] ?? 0) - count))),
      effectsMissing: Math.max(0, said - done),
      effectsTwice: Math.max(0, done - said),
      late: number.late.length,
      mostAtOnce: number.mostAtOnce,
      wrongHealth: health.wrong.length,
      exitCode: (await balai.stop()) ?? -1,
      violations: whatsapp.problems.length,
      controlLost: fooledSaid - kept,
    }
    for (const one of whatsapp.problems) progress(one)
    const {
      openWhileAway,
      lost,
      doubled,
      effectsMissing,
      effectsTwice,
      late,
      wrongHealth,
      exitCode,
      violations,
    } = totals
    const faults =
      openWhileAway +
      lost +
      doubled +
      effectsMissing +
      effectsTwice +
      late +
      wrongHealth +
      exitCode +
      violations
    const isInTime = Math.max(frozenMs, goneMs) <= CLOSE_MS && backWithinS <= RECOVERY_MS / 1000
    return { totals, ok: faults === 0 && isInTime && said >= messages && totals.controlLost > 0 }
  } catch (error) {
    progress(balai.stderr().slice(-2000))
    throw error
  } finally {
    await balai.remove()
    await whatsapp.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Messages of citizens that were taken in, as the records count them: a message and its reply are two. */
async function effects(server: Embedded): Promise<number> {
  return onDatabase(server.owner, async client => {
    const { rows } = await client.query<{ said: string }>(
      `select coalesce(sum(last_seq), 0) as said from conversations where party = 'citizen'`,
    )
    return Number(rows[0]?.said) / 2
  })
}
