/** `engine`: CPU of one update of the six-question complaint, ours and the peers', state as JSON text. */
import { interleave, measureInProcess } from './in-process.ts'
import { median, medianRatio, print, printAim, progress } from './lines.ts'
import type { Measured } from './measure.ts'
import type { VariantName } from './variants/table.ts'
import { peerName } from './versions.ts'

export const ENGINE_VARIANTS: VariantName[] = [
  'ours',
  'grammy',
  'grammy-fetch',
  'conversations',
  'telegraf',
  'botbuilder',
]

export type EngineSize = { variants: VariantName[]; rounds: number; chats: number }

export async function benchEngine({ variants, rounds, chats }: EngineSize): Promise<void> {
  const size = { length: 6, chats, warmChats: 2 * chats, inFlight: 64 }
  const results = await interleave(rounds, variants, variant => {
    progress(`engine: ${variant}`)
    return measureInProcess(variant, size)
  })
  for (const variant of variants) report(variant, results[variant])
  if (results.ours === undefined) return
  for (const variant of variants) if (variant !== 'ours') compare(results.ours, variant, results[variant])
  printAim({ name: 'engine.state', reached: mostBytes(results.ours), unit: 'bytes', atMost: 450 })
}

function report(variant: VariantName, runs: Measured[]): void {
  const cpu = runs.map(run => run.cpuUs)
  print({ name: `engine.${variant}.cpu`, value: median(cpu), unit: 'us/update' })
  print({ name: `engine.${variant}.cpu.best`, value: Math.min(...cpu), unit: 'us/update' })
  print({ name: `engine.${variant}.memory`, value: median(runs.map(run => run.peakMegabytes)), unit: 'MB' })
  print({ name: `engine.${variant}.state`, value: mostBytes(runs), unit: 'bytes' })
}

function compare(ours: Measured[], variant: VariantName, theirs: Measured[]): void {
  const mine = ours.map(run => run.cpuUs)
  const its = theirs.map(run => run.cpuUs)
  const ratio = medianRatio(mine, its)
  const peer = peerName(variant)
  print({ name: 'engine.cpu', value: median(mine), unit: 'us/update', peer, ratio })
  const best = Math.min(...mine)
  print({ name: 'engine.cpu.best', value: best, unit: 'us/update', peer, ratio: best / Math.min(...its) })
  if (variant === 'grammy') {
    printAim({ name: 'engine.cpu.grammy', reached: ratio, unit: 'x', atMost: 1 })
    printAim({ name: 'engine.cpu.grammy.stretch', reached: ratio, unit: 'x', atMost: 0.5 })
    const memory = medianRatio(
      ours.map(run => run.peakMegabytes),
      theirs.map(run => run.peakMegabytes),
    )
    printAim({ name: 'engine.memory.grammy', reached: memory, unit: 'x', atMost: 1.5 })
  }
  if (variant === 'conversations') {
    printAim({ name: 'engine.cpu.conversations', reached: ratio, unit: 'x', atMost: 0.1 })
  }
}

function mostBytes(runs: Measured[]): number {
  return Math.max(...runs.map(run => run.stateBytes))
}
