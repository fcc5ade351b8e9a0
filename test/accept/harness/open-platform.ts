import type { Flags } from '../check.ts'
import { createPlatform, type Manners, type Platform } from './platform.ts'
import { createTelegramPlatform, telegramFaults } from './telegram-platform.ts'

/** How what citizens write comes: between the processes, or through a Telegram that is asked, or one that posts. */
export type Way = 'wire' | 'poll' | 'webhook'

/** `--channel telegram`, and `--by poll` or `--by webhook` where it is not the way this check uses. */
export function wayOf({ channel = 'wire', by }: Flags, usual: 'poll' | 'webhook'): Way {
  if (channel === 'wire') return 'wire'
  if (channel !== 'telegram') throw new Error(`--channel is telegram or not given, not "${channel}".`)
  const way = by ?? usual
  if (way !== 'poll' && way !== 'webhook') throw new Error('--by is poll or webhook.')
  return way
}

export async function openPlatform(manners: Manners, way: Way, isControl = false): Promise<Platform> {
  return way === 'wire' ? createPlatform(manners) : createTelegramPlatform(manners, way, isControl)
}

/** What no Telegram may have seen of us, for the totals; nothing where none was asked. */
export function telegramTotals(way: Way): { faults: number; totals: Record<string, number> } {
  if (way === 'wire') return { faults: 0, totals: {} }
  return { faults: telegramFaults.violations + telegramFaults.tooEarly, totals: { ...telegramFaults } }
}
