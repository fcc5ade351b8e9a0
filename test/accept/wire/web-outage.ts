import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLog } from '../../../src/lib/log.ts'
import { startEmbedded } from '../../../src/records/embedded/start.ts'
import { openBalai } from '../canary/balai.ts'
import { type Chat, citizen, json } from '../canary/chat.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { freeze } from './freeze.ts'
import { watchHealth } from './health-watch.ts'
import { judge, type Phase } from './judge-answers.ts'
import { openNaiveDoor } from './naive-door.ts'
import { type Clients, startClients } from './persistent-clients.ts'

const CLIENTS = 8
const RECOVERY_MS = 60_000

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
 * F6, F9, R3 over the web: nothing is acknowledged while PostgreSQL is silent for a third of `ms` and gone for the rest, clients
 * are sent away in time with Retry-After, and afterwards nothing is lost.
 */
export async function webOutage(ms: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-outage-'))
  await chmod(folder, 0o755)
  const log = openLog('silent')
  let server = await startEmbedded({ dataDir: folder, log })
  const balai = await openBalai({ DATABASE_URL: databaseUrl(server.owner) })
  let phase: Phase = 'up'
  try {
    await balai.start()
    const naive = await openNaiveDoor(server.owner)
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
    while (left.unanswered > 0 && performance.now() - began < RECOVERY_MS) left = await losses(chats, clients)
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
}
