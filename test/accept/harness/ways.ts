import type { Flags } from '../check.ts'
import { outsideOf } from './outside.ts'
import { createPlatform, type Manners, type Platform } from './platform.ts'
import type { Records } from './server.ts'
import { telegramFaults, telegramOutside } from './telegram-outside.ts'
import { cloudFaults, cloudOutside } from './whatsapp-cloud-outside.ts'

/** How what citizens write comes, and what they hear goes. */
export type Way = {
  /** `records` are those of the line that is to be on it. `isControl`: a wrong design is, which may be as impatient as it likes. */
  open(manners: Manners, records: Records, isControl?: boolean): Promise<Platform>
  /** A repeat under the same name is shown once there: counted, but nobody sees it. */
  collapses?: true
  /** What no real platform of that kind may have seen of us, over all that were opened this way. */
  faults(): Record<string, number>
}

type By = 'poll' | 'webhook'

/** Between the processes, with nothing of any platform. */
const wire: Way = { open: async manners => createPlatform(manners), faults: () => ({}) }

/** Every channel a check can be run over, by the name `--channel` gives it. */
const channels: Record<string, (by: By) => Way> = {
  wire: () => wire,
  telegram: by => ({
    open: async (manners, _records, isControl = false) =>
      outsideOf(createPlatform(manners), manners, await telegramOutside(by, isControl)),
    faults: () => ({ ...telegramFaults }),
  }),
  'whatsapp-cloud': () => ({
    open: async manners => outsideOf(createPlatform(manners), manners, await cloudOutside(manners.parallel)),
    faults: () => ({ ...cloudFaults }),
  }),
  whatsapp: () => {
    const faults = { violations: 0, late: 0 }
    return {
      async open(manners, records) {
        // Baileys takes a second to load, which whoever is not on it need not wait.
        const { whatsappOutside } = await import('./whatsapp-outside.ts')
        return outsideOf(createPlatform(manners), manners, await whatsappOutside(records, faults))
      },
      collapses: true,
      faults: () => ({ ...faults }),
    }
  },
}

/** `--channel`, and `--by poll` or `--by webhook` where a channel has both and it is not the way this check uses. */
export function wayOf({ channel = 'wire', by = '' }: Flags, usual: By): Way {
  const way = Object.hasOwn(channels, channel) ? channels[channel] : undefined
  if (way === undefined)
    throw new Error(`--channel is any of ${Object.keys(channels).join()}, not "${channel}".`)
  if (by !== '' && by !== 'poll' && by !== 'webhook') throw new Error('--by is poll or webhook.')
  return way(by || usual)
}

/** How many faults there were, of every kind. */
export function sumOf(faults: Record<string, number>): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0)
}
