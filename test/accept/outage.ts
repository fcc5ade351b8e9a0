import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../../src/lib/log.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { type Embedded, startEmbedded } from '../../src/records/embedded/start.ts'
import { openBalai } from './canary/balai.ts'
import { type Chat, citizen, json } from './canary/chat.ts'
import { onDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { watchHealth } from './wire/health-watch.ts'
import { openNaiveDoor } from './wire/naive-door.ts'
import { type Clients, type Met, startClients } from './wire/persistent-clients.ts'

/** Answers while the server is gone (F6), and while it is there and silent (F9). */
const LIMIT_MS = { stopped: 3_000, frozen: 10_000 }
const CLIENTS = 8
const RECOVERY_MS = 60_000

/** Up before, frozen (there, but silent), up, stopped, up again: what clients met is told by these names. */
type Phase = 'up' | 'frozen' | 'stopped' | 'changing'

function urlOf({ host, port, user, password, database }: ServerAddress): string {
  const who = password === undefined ? user : `${user}:${encodeURIComponent(password)}`
  return `postgres://${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}

/** Every process of the server stops where it stands: it accepts connections, as the kernel does that, and says nothing. */
async function freeze(server: Embedded, ms: number): Promise<void> {
  // Each backend is a process group of its own, so all are asked for; the one that starts others stops first.
  const { rows } = await onDatabase(server.connection, client =>
    client.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()'),
  )
  const pids = [(await server.serverPid()) ?? 0, ...rows.map(({ pid }) => pid)]
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await pause(ms)
  for (const pid of pids.reverse()) process.kill(pid, 'SIGCONT')
}

/** What was wrong with the answers given while the database was away. */
function judge(met: Met[]) {
  const during = met.filter(
    ({ began, ended }) => began === ended && (began === 'frozen' || began === 'stopped'),
  )
  const refused = during.filter(({ status }) => status === 503)
  return {
    refused: refused.length,
    falseAcks: during.filter(({ status }) => typeof status === 'number' && status < 300).length,
    slow: met.filter(one => one.began === 'stopped' && one.ms > LIMIT_MS.stopped).length,
    stuck: met.filter(({ ms, status }) => ms > LIMIT_MS.frozen || status === 'none').length,
    withoutRetryAfter: refused.filter(({ retryAfter }) => !retryAfter).length,
    otherAnswers: during.filter(({ status }) => status !== 503).length,
    slowestStoppedMs: Math.max(0, ...met.filter(({ began }) => began === 'stopped').map(({ ms }) => ms)),
    slowestFrozenMs: Math.max(0, ...met.filter(({ began }) => began === 'frozen').map(({ ms }) => ms)),
  }
}

/** Everything acknowledged stands in the chat once, and the bot had the last word. */
async function losses(
  chats: Chat[],
  clients: Clients,
): Promise<{ lost: number; dup: number; unanswered: number }> {
  const found = { lost: 0, dup: 0, unanswered: 0 }
  for (const [n, chat] of chats.entries()) {
    const lines: Awaited<ReturnType<Chat['read']>> = []
    for (let page = await chat.read(); page.length > 0; page = await chat.read(lines.at(-1)?.seq))
      lines.push(...page)
    const said = lines.filter(({ from }) => from === 'citizen').map(({ text }) => text)
    for (const id of clients.acknowledged[n] ?? []) {
      const times = said.filter(text => text === `menu ${id}`).length
      if (times === 0) found.lost += 1
      if (times > 1) found.dup += 1
    }
    if (lines.at(-1)?.from !== 'bot') found.unanswered += 1
  }
  return found
}

/**
 * Guarantees F6, F9, R3 over the web: while PostgreSQL is silent and then gone, nothing is acknowledged, clients are sent away in
 * time with Retry-After, and afterwards nothing is lost. `--minutes` in all (a third of it silent), or `--seconds`. The control
 * is a door that acknowledges before it stores, in the same outage.
 */
export const check: Check = {
  async run(flags) {
    if ((flags.mode ?? 'web') !== 'web') throw new Error('Only --mode web is there yet.')
    const ms =
      flags.seconds === undefined ? size(flags, 'minutes', 5) * 60_000 : size(flags, 'seconds', 20) * 1000
    const folder = await mkdtemp(join(tmpdir(), 'balai-accept-outage-'))
    await chmod(folder, 0o755)
    const log = openLog('silent')
    let server = await startEmbedded({ dataDir: folder, log })
    const balai = await openBalai({ DATABASE_URL: urlOf(server.connection) })
    let phase: Phase = 'up'
    try {
      await balai.start()
      const naive = await openNaiveDoor(server.connection)
      const chats: Awaited<ReturnType<typeof citizen>>[] = []
      for (let n = 0; n < CLIENTS; n += 1) chats.push(await citizen(balai.url))
      const post = (n: number, id: string, signal: AbortSignal) =>
        fetch(`${balai.url}/chat/medan/messages`, {
          ...json({ session: chats[n]?.session, id, text: `menu ${id}` }),
          signal,
        })
      const clients = startClients(CLIENTS, post, () => phase)
      const fooled = startClients(2, naive.post, () => phase)
      const health = watchHealth(balai.url, () => phase)
      await pause(3000)

      progress(`silent for ${Math.round(ms / 3000)} s`)
      phase = 'changing'
      const frozen = freeze(server, ms / 3)
      await pause(200)
      phase = 'frozen'
      await frozen
      phase = 'changing'
      await pause(10_000)
      phase = 'up'
      await pause(2000)

      progress(`gone for ${Math.round((ms * 2) / 3000)} s`)
      phase = 'changing'
      await server.stop()
      phase = 'stopped'
      await pause((ms * 2) / 3)
      phase = 'changing'
      const began = performance.now()
      server = await startEmbedded({ dataDir: folder, log })
      const { unreceived } = await clients.finish(RECOVERY_MS)
      await fooled.finish(RECOVERY_MS)
      let left = await losses(chats, clients)
      while (left.unanswered > 0 && performance.now() - began < RECOVERY_MS)
        left = await losses(chats, clients)
      const recoveredWithinS = Math.round((performance.now() - began) / 100) / 10
      await health.stop()
      for (const wrong of new Set(health.wrong)) progress(wrong)

      const there = await naive.stored()
      const controlLost = fooled.acknowledged.flat().filter(id => !there.has(id)).length
      await naive.close()
      const answers = judge(clients.met)
      const totals = {
        received: clients.acknowledged.flat().length,
        ...answers,
        lost: left.lost + unreceived,
        dup: left.dup,
        unanswered: left.unanswered,
        wrongHealth: health.wrong.length,
        recoveredWithinS,
        exitCode: (await balai.stop()) ?? -1,
        controlFalseAcks: judge(fooled.met).falseAcks,
        controlLost,
      }
      const { falseAcks, slow, stuck, withoutRetryAfter, otherAnswers } = answers
      const bad = falseAcks + slow + stuck + withoutRetryAfter + otherAnswers
      const gone = totals.lost + totals.dup + totals.unanswered + totals.wrongHealth + totals.exitCode
      const isSeen = answers.refused > 0 && totals.controlFalseAcks > 0 && controlLost > 0
      return { totals, ok: bad + gone === 0 && recoveredWithinS <= RECOVERY_MS / 1000 && isSeen }
    } catch (error) {
      progress(balai.stderr().slice(-2000))
      throw error
    } finally {
      await balai.remove()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
