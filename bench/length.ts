/** `length`: what a turn costs when the dialogue grows from 6 to 25 and 100 questions. */
import { interleave, measureInProcess } from './in-process.ts'
import { median, print, printAim, progress } from './lines.ts'
import type { VariantName } from './variants/table.ts'
import { peerName } from './versions.ts'

const LENGTHS = [6, 25, 100]
export const LENGTH_VARIANTS: VariantName[] = ['ours', 'grammy', 'conversations', 'telegraf']

/** `chats` at six questions; longer dialogues are walked by fewer, down to a sixteenth. */
export type LengthSize = { variants: VariantName[]; rounds: number; chats: number }

export async function benchLength({ variants, rounds, chats }: LengthSize): Promise<void> {
  const places = LENGTHS.flatMap(length => variants.map(variant => `${variant}@${length}` as const))
  const results = await interleave(rounds, places, place => {
    progress(`length: ${place}`)
    const { variant, length } = apart(place)
    const updates = (chats * 7) / shareOf(variant)
    const walking = Math.ceil(Math.max(chats / 16, updates / (length + 1)))
    // As many updates before as at every other length, or cold code would pass for a short dialogue's cost.
    const warmChats = Math.ceil((2 * updates) / (length + 1))
    return measureInProcess(variant, { length, chats: walking, warmChats, inFlight: 64 })
  })
  const growths = new Map<VariantName, number>()
  for (const variant of variants) {
    const cpuAt = (length: number) => results[`${variant}@${length}`]?.map(run => run.cpuUs) ?? []
    for (const length of LENGTHS) {
      const runs = results[`${variant}@${length}`] ?? []
      print({ name: `length.${variant}.${length}.cpu`, value: median(cpuAt(length)), unit: 'us/update' })
      print({
        name: `length.${variant}.${length}.cpu.best`,
        value: Math.min(...cpuAt(length)),
        unit: 'us/update',
      })
      const state = Math.max(...runs.map(run => run.stateBytes))
      print({ name: `length.${variant}.${length}.state`, value: state, unit: 'bytes' })
      if (variant === 'ours' && length === 100) {
        printAim({ name: 'length.state.100', reached: state, unit: 'bytes', atMost: 7000 })
      }
    }
    // Of the best runs: a disturbance in one of two figures would pass for growth.
    growths.set(variant, Math.min(...cpuAt(100)) / Math.min(...cpuAt(6)))
    const extra = (Math.min(...cpuAt(100)) - Math.min(...cpuAt(6))) / 94
    print({ name: `length.${variant}.per_question`, value: extra, unit: 'us' })
    print({ name: `length.${variant}.growth`, value: growths.get(variant) ?? Number.NaN, unit: 'x' })
  }
  const ours = growths.get('ours')
  if (ours === undefined) return
  for (const [variant, growth] of growths) {
    if (variant === 'ours') continue
    print({ name: 'length.growth', value: ours, unit: 'x', peer: peerName(variant), ratio: ours / growth })
    if (variant === 'grammy') {
      printAim({ name: 'length.growth.grammy', reached: ours / growth, unit: 'x', atMost: 1 })
    }
  }
}

/** A replay of a hundred answers costs milliseconds: a quarter of the chats tells as much. */
function shareOf(variant: VariantName): number {
  return variant === 'conversations' ? 4 : 1
}

function apart(place: string): { variant: VariantName; length: number } {
  const [variant = '', length = ''] = place.split('@')
  return { variant: variant as VariantName, length: Number(length) }
}
