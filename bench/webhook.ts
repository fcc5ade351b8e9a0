/**
 * `telegram`: from a webhook's POST to the committed answer, at 1, 16 and 64 chats at once: our real channel and line, and
 * grammY's `webhookCallback` with a session in the same PostgreSQL on the same Hono. Both answer through the Bot API, of which
 * the driver holds the other end.
 */
import { openServer } from './durable/server.ts'
import { median, medianRatio, print, printAim, progress } from './lines.ts'
import { peerName } from './versions.ts'
import { type BotProcess, startBot } from './webhook/bot-process.ts'
import type { BotName } from './webhook/bots.ts'
import { openSink, type Sink } from './webhook/sink.ts'
import { type Walked, walk } from './webhook/walk.ts'

export const TELEGRAM_VARIANTS: BotName[] = ['ours', 'grammy']
const CHATS = [1, 16, 64]

type Size = { variants: BotName[]; rounds: number; seconds: number }
type Run = Walked & { cpuUs: number }
type Running = { bot: BotProcess; sink: Sink; dialogues: number }

export async function benchTelegram({ variants, rounds, seconds }: Size): Promise<void> {
  const server = await openServer()
  const started = new Map<BotName, Running>()
  try {
    progress(`telegram: ${await server.syncs()}`)
    for (const name of variants) {
      const sink = await openSink()
      const bot = await startBot(name, await server.database(`telegram_${name}`), sink.url)
      const running = { bot, sink, dialogues: 0 }
      started.set(name, running)
      // Code and caches are warm before anything is counted.
      await run(running, 16, seconds / 2)
    }
    const runs = new Map<string, Run[]>()
    for (let round = 1; round <= rounds; round += 1) {
      for (const chats of CHATS) {
        progress(`telegram: round ${round} of ${rounds}, ${chats} at once`)
        for (const [name, running] of started) {
          const key = `${name}.${chats}`
          runs.set(key, [...(runs.get(key) ?? []), await run(running, chats, seconds)])
        }
      }
    }
    report(variants, runs)
    for (const [name, { bot }] of started) {
      const { megabytes } = await bot.standing()
      print({ name: `telegram.${name}.memory`, value: megabytes, unit: 'MB' })
    }
  } finally {
    for (const { bot, sink } of started.values()) {
      bot.kill()
      await sink.close()
    }
    await server.stop()
  }
}

async function run(running: Running, chats: number, seconds: number): Promise<Run> {
  const { bot, sink } = running
  const before = await bot.standing()
  const walked = await walk(sink, bot.port, chats, seconds)
  const after = await bot.standing()
  running.dialogues += walked.dialogues
  if (after.records !== running.dialogues) {
    throw new Error(`${running.dialogues} dialogues left ${after.records} records`)
  }
  return { ...walked, cpuUs: after.cpuUs - before.cpuUs }
}

function report(variants: BotName[], runs: Map<string, Run[]>): void {
  for (const chats of CHATS) {
    for (const name of variants) {
      const of = runs.get(`${name}.${chats}`) ?? []
      const what = `telegram.${name}.${chats}`
      print({ name: `${what}.rate`, value: median(of.map(rate)), unit: 'turns/s' })
      print({ name: `${what}.taken.p50`, value: median(of.flatMap(({ taken }) => taken)), unit: 'ms' })
      print({ name: `${what}.p50`, value: median(of.flatMap(({ latencies }) => latencies)), unit: 'ms' })
      print({ name: `${what}.p95`, value: median(of.map(p95)), unit: 'ms' })
      print({ name: `${what}.cpu`, value: median(of.map(one => one.cpuUs / one.turns)), unit: 'us/turn' })
    }
    const [ours, theirs] = [runs.get(`ours.${chats}`), runs.get(`grammy.${chats}`)]
    if (ours === undefined || theirs === undefined) continue
    const reached = medianRatio(ours.map(rate), theirs.map(rate))
    const peer = `${peerName('grammy')} webhookCallback, session in PostgreSQL`
    const name = `telegram.ours.${chats}`
    print({ name: `${name}.rate`, value: median(ours.map(rate)), unit: 'turns/s', peer, ratio: reached })
    if (chats === 64) printAim({ name: `${name}.grammy`, reached, unit: 'x', atLeast: 2 })
  }
}

function rate({ turns, seconds }: Run): number {
  return turns / seconds
}

function p95({ latencies }: Run): number {
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.95)] ?? Number.NaN
}
