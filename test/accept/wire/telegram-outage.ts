import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../../../src/lib/log.ts'
import { startEmbedded } from '../../../src/records/embedded/start.ts'
import { type FakeTelegram, startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { openBalai } from '../canary/balai.ts'
import { onDatabase } from '../canary/dump.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { freeze } from './freeze.ts'
import { watchHealth } from './health-watch.ts'
import { judge, type Phase } from './judge-answers.ts'
import { openNaiveBot } from './naive-bot.ts'
import { startTalkers } from './talkers.ts'
import { openWatchedDoor } from './watched-door.ts'

const RECOVERY_MS = 60_000
const SECRET = 'Rahasia-Webhook-0123456789_abcdef'
/** One chat is answered once a second and heard sixty times a minute: what waits at the end must fit into the recovery. */
const [MESSAGES, SOONEST_MS] = [25, 1_200]

/**
 * F6, F7, F9, R3 with a Telegram that goes on sending while PostgreSQL is silent for a third of `ms` and gone for the rest: no
 * update is answered 2xx or confirmed by an offset, and afterwards every one has had its effect and its reply, once.
 */
export async function telegramOutage(by: 'poll' | 'webhook', ms: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-outage-'))
  await chmod(folder, 0o755)
  const log = openLog('silent')
  let phase: Phase = 'up'
  let server = await startEmbedded({ dataDir: folder, log })
  const telegram = await startFakeTelegram({ bots: [{ username: 'balai_bot' }, { username: 'naive_bot' }] })
  const door = await openWatchedDoor(() => phase)
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(server.connection),
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_MEDAN: by,
    TELEGRAM_TOKEN_MEDAN: telegram.bot.token,
    ...(by === 'poll' ? {} : { TELEGRAM_SECRET_MEDAN: SECRET, PUBLIC_URL: door.url }),
  })
  door.leadsTo(balai.url)
  try {
    await balai.start()
    const [, second] = telegram.bots
    if (second === undefined) throw new Error('Telegram has no bot for the control.')
    const naive = await openNaiveBot(by, {
      token: second.token,
      apiRoot: telegram.url,
      database: server.connection,
    })
    const everyMs = Math.max(SOONEST_MS, ms / MESSAGES)
    const talkers = startTalkers(telegram, telegram.bot, 20, everyMs)
    const fooled = startTalkers(telegram, second, 3, everyMs)
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
    talkers.stop()
    fooled.stop()
    while (performance.now() - began < RECOVERY_MS && !talkers.areAnswered()) await pause(50)
    const recoveredWithinS = Math.round((performance.now() - began) / 100) / 10
    // A reply too many would come a moment later.
    await pause(3000)
    await health.stop()
    for (const wrong of new Set(health.wrong)) progress(wrong)
    while (second.pending.length > 0 && performance.now() - began < RECOVERY_MS) await pause(50)
    const there = await naive.stored()
    await naive.close()
    const turns = await turnsTaken(server.connection)
    const answers = judge(door.met)
    const totals = {
      said: talkers.said(),
      ...confirmed,
      ...(by === 'poll' ? {} : webhookTotals(answers)),
      lost: talkers.unanswered(),
      doubled: talkers.answeredTwice(),
      effectsMissing: Math.max(0, talkers.said() - turns),
      effectsTwice: Math.max(0, turns - talkers.said()),
      wrongHealth: health.wrong.length,
      recoveredWithinS,
      exitCode: (await balai.stop()) ?? -1,
      violations: telegram.violations.length,
      controlLost: fooled.texts().filter(text => !there.has(text)).length,
    }
    for (const one of telegram.violations) progress(JSON.stringify(one))
    const { falseAcks, lost, doubled, effectsMissing, effectsTwice, wrongHealth, exitCode, violations } =
      totals
    const faults =
      falseAcks + lost + doubled + effectsMissing + effectsTwice + wrongHealth + exitCode + violations
    const { slow, stuck, withoutRetryAfter, otherAnswers, refused } = answers
    const isPolite = slow + stuck + withoutRetryAfter + otherAnswers === 0 && (by === 'poll' || refused > 0)
    const isSeen = totals.controlFalseAcks > 0 && totals.controlLost > 0 && askedInVain(telegram, by)
    return { totals, ok: faults === 0 && isPolite && isSeen && recoveredWithinS <= RECOVERY_MS / 1000 }
  } catch (error) {
    progress(balai.stderr().slice(-2000))
    throw error
  } finally {
    await balai.remove()
    door.close()
    await telegram.close()
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

/** Telegram really went on: it posted again and again, or was asked. */
function askedInVain(telegram: FakeTelegram, by: 'poll' | 'webhook'): boolean {
  if (by === 'poll') return telegram.callsOf('getUpdates').length > 0
  return telegram.bot.deliveries.some(({ status }) => status === 503)
}

async function turnsTaken(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ turns: string }>(
      `select coalesce(sum(turn), 0) as turns from conversations where party = 'citizen'`,
    )
    return Number(rows[0]?.turns)
  })
}
