import { faultOf } from '../../lib/log.ts'
import { backOff } from '../back-off.ts'
import { NotTaken } from './answers.ts'
import type { TelegramOptions, Times } from './ports.ts'

const EVENTS = {
  conflict: 'somebody else asks for the updates of a bot: its token is used twice, or a webhook is set',
  unreachable: 'Telegram cannot be reached',
  records: 'what Telegram gave us cannot be noted down',
} as const

type Parts = Pick<TelegramOptions, 'log' | 'found'> & { office: string; times: Times; chance: () => number }

/** How long to wait after a failure. Each kind of trouble is told once, and so is its end. */
export function createTrouble({ office, log, found, times, chance }: Parts) {
  let failures = 0
  const told = new Set<keyof typeof EVENTS>()

  function tell(kind: keyof typeof EVENTS, fault: ReturnType<typeof faultOf> = {}): void {
    if (!told.has(kind)) log.warn(EVENTS[kind], { office, ...fault })
    told.add(kind)
  }

  return {
    /** Milliseconds until the next try. A wrong token is told of where it is used. */
    met(error: unknown): number {
      failures += 1
      const reading = error instanceof NotTaken ? error.reading : undefined
      if (reading?.meaning === 'token') {
        found?.(office, 'token')
        return times.slow
      }
      if (reading?.meaning === 'throttled') return reading.retryAfterMs ?? times.longestPause
      if (reading?.meaning === 'conflict') {
        tell('conflict')
        found?.(office, 'conflict')
        return times.slow
      }
      if (reading === undefined) tell('records', faultOf(error))
      else {
        tell('unreachable')
        found?.(office, 'unreachable')
      }
      return backOff(failures, times, chance)
    },
    over(): void {
      found?.(office)
      if (told.size > 0) log.info('a bot works again', { office, attempts: failures })
      failures = 0
      told.clear()
    },
  }
}
