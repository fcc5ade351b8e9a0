import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../../../src/lib/log.ts'
import { startEmbedded } from '../../../src/records/embedded/start.ts'
import { openBalai } from '../canary/balai.ts'
import { onDatabase } from '../canary/dump.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { freeze } from './freeze.ts'
import { watchHealth } from './health-watch.ts'
import { judge, type Phase } from './judge-answers.ts'
import { startTalkers, type Talker } from './talkers.ts'
import { openWatchedDoor } from './watched-door.ts'

const RECOVERY_MS = 60_000

/** A platform whose people go on writing, whatever becomes of it. */
export type Outdoors = {
  /** The environment that leads Balai there; `door` is where we are called, if we are. */
  env(door: string): Record<string, string>
  /** Webhook or not: whether calls of ours are answered in time is looked at only where there are any. */
  isCalling: boolean
  /** So many people of ours, or of the control's. */
  people(whose: 'ours' | 'control', count: number): Talker[]
  /** Names of updates nobody has confirmed. */
  waiting(whose: 'ours' | 'control'): ReadonlySet<string>
  /** The wrong design, on the same database: what it has stored in the end. */
  openControl(
    database: Parameters<typeof onDatabase>[0],
  ): Promise<{ stored(): Promise<Set<string>>; close(): Promise<void> }>
  /** Called once Balai listens, and again when the database is back. */
  opened(door: string): Promise<void>
  /** It really went on while nobody could take anything. */
  askedInVain(): boolean
  violations: readonly unknown[]
  /** Messages of each, and the least milliseconds between two: what waits at the end must fit into the recovery. */
  talk: { messages: number; soonestMs: number }
  close(): Promise<void>
}

/**
 * F6, F7, F9, R3 with a platform that goes on sending while PostgreSQL is silent for a third of `ms` and gone for the rest: no
 * update is answered 2xx or confirmed by an offset, and afterwards every one has had its effect and its reply, once.
 */
export async function platformOutage(outdoors: Outdoors, ms: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-outage-'))
  await chmod(folder, 0o755)
  const log = openLog('silent')
  let phase: Phase = 'up'
  let server = await startEmbedded({ dataDir: folder, log })
  const door = await openWatchedDoor(() => phase)
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(server.owner),
    ...outdoors.env(door.url),
  })
  door.leadsTo(balai.url)
  try {
    await balai.start()
    const naive = await outdoors.openControl(server.owner)
    await outdoors.opened(door.url)
    const { messages, soonestMs } = outdoors.talk
    const everyMs = Math.max(soonestMs, ms / messages)
    const talkers = startTalkers(outdoors.people('ours', 20), () => outdoors.waiting('ours'), everyMs)
    const fooled = startTalkers(outdoors.people('control', 3), () => outdoors.waiting('control'), everyMs)
    const health = watchHealth(balai.url, () => phase)
    const confirmed = { falseAcks: 0, controlFalseAcks: 0 }

    /** What is confirmed while nothing can be stored was confirmed in vain. */
    async function during(name: 'frozen' | 'stopped', forMs: number): Promise<void> {
      const [ours, theirs] = [talkers.confirmed(), fooled.confirmed()]
      phase = name
      await pause(forMs)
      phase = 'changing'
      confirmed.falseAcks += talkers.confirmed() - ours
      confirmed.controlFalseAcks += fooled.confirmed() - theirs
    }

    await pause(3000)
    progress(`silent for ${Math.round(ms / 3000)} s`)
    phase = 'changing'
    const frozen = freeze(server, ms / 3)
    await pause(500)
    await during('frozen', ms / 3 - 1000)
    await frozen
    await pause(10_000)
    phase = 'up'
    await pause(2000)

    progress(`gone for ${Math.round((ms * 2) / 3000)} s`)
    phase = 'changing'
    await server.stop()
    await during('stopped', (ms * 2) / 3)
    const began = performance.now()
    server = await startEmbedded({ dataDir: folder, log })
    await outdoors.opened(door.url)
    talkers.stop()
    fooled.stop()
    while (performance.now() - began < RECOVERY_MS && !talkers.areAnswered()) await pause(50)
    const recoveredWithinS = Math.round((performance.now() - began) / 100) / 10
    // A reply too many would come a moment later.
    await pause(3000)
    await health.stop()
    for (const wrong of new Set(health.wrong)) progress(wrong)
    while (fooled.confirmed() < fooled.said() && performance.now() - began < RECOVERY_MS) await pause(50)
    const there = await naive.stored()
    await naive.close()
    const effects = (await saidAtAll(server.owner)) / 2
    const answers = judge(door.met)
    const totals = {
      said: talkers.said(),
      ...confirmed,
      ...(outdoors.isCalling ? webhookTotals(answers) : {}),
      lost: talkers.unanswered(),
      doubled: talkers.answeredTwice(),
      effectsMissing: Math.max(0, talkers.said() - effects),
      effectsTwice: Math.max(0, effects - talkers.said()),
      wrongHealth: health.wrong.length,
      recoveredWithinS,
      exitCode: (await balai.stop()) ?? -1,
      violations: outdoors.violations.length,
      controlLost: fooled.texts().filter(text => !there.has(text)).length,
    }
    for (const one of outdoors.violations) progress(JSON.stringify(one))
    const { falseAcks, lost, doubled, effectsMissing, effectsTwice, wrongHealth, exitCode, violations } =
      totals
    const faults =
      falseAcks + lost + doubled + effectsMissing + effectsTwice + wrongHealth + exitCode + violations
    const { slow, stuck, withoutRetryAfter, otherAnswers, refused } = answers
    const isPolite =
      slow + stuck + withoutRetryAfter + otherAnswers === 0 && (!outdoors.isCalling || refused > 0)
    const isSeen = totals.controlFalseAcks > 0 && totals.controlLost > 0 && outdoors.askedInVain()
    return { totals, ok: faults === 0 && isPolite && isSeen && recoveredWithinS <= RECOVERY_MS / 1000 }
  } catch (error) {
    progress(balai.stderr().slice(-2000))
    throw error
  } finally {
    await balai.remove()
    door.close()
    await outdoors.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function webhookTotals({
  refused,
  slow,
  stuck,
  withoutRetryAfter,
  otherAnswers,
  ...slowest
}: ReturnType<typeof judge>) {
  return {
    refused,
    slow,
    stuck,
    withoutRetryAfter,
    otherAnswers,
    slowestStoppedMs: slowest.slowestStoppedMs,
    slowestFrozenMs: slowest.slowestFrozenMs,
  }
}

/** What was said to people and by them, as the records count it: a message and its reply are two. */
async function saidAtAll(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ said: string }>(
      `select coalesce(sum(last_seq), 0) as said from conversations where party = 'citizen'`,
    )
    return Number(rows[0]?.said)
  })
}
