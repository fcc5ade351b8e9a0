import { faultOf } from '../../lib/log.ts'
import { backOff, backOffHere, pause } from '../back-off.ts'
import type { Lanes } from '../lanes.ts'
import { NotAnswered } from './calls.ts'
import type { Times, WhatsappOptions } from './ports.ts'
import type { Stanza } from './wire.ts'

type Parts = Pick<WhatsappOptions, 'sessions' | 'away' | 'log' | 'counters'> & {
  lanes: Lanes
  /** Resolves once what it means is durably ours. */
  take: (office: string, stanza: Stanza) => Promise<void>
  times: Times
  chance: () => number
}

/** Tries of a message that fails by a fault of ours; then it is left out, so that it holds up nobody for ever. */
const TRIES = 5

/**
 * Takes in what was written down, in order for each chat, and forgets it then. What is not taken when the process ends is taken at
 * the next start, also when it is taken a second time: the inbox knows it by its id.
 */
export function createIntake({ sessions, lanes, take, away, log, counters, times, chance }: Parts) {
  async function untilTaken(office: string, id: number, stanza: Stanza, signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await take(office, stanza)
        await sessions.taken(id)
        return
      } catch (error) {
        // Without a socket nobody can be told at the door; that passes, like records that are away.
        const passes = away(error) || error instanceof NotAnswered
        if (!passes && failures >= TRIES) {
          counters.add('whatsapp_messages_given_up_total')
          log.error('a message was left out', { office, attempts: failures, ...faultOf(error) })
          await sessions.taken(id).catch(() => undefined)
          return
        }
        const ms = passes ? backOffHere(failures, times.firstPause, chance) : backOff(failures, times, chance)
        await pause(ms, signal)
      }
    }
  }

  function put(office: string, id: number, stanza: Stanza, signal: AbortSignal): void {
    const chat = typeof stanza.chat === 'string' ? stanza.chat : ''
    void lanes.run(`${office} ${chat}`, () => untilTaken(office, id, stanza, signal))
  }

  return {
    put,
    /** What an earlier process wrote down and did not take in. To be called before anything new is put. */
    async leftBehind(office: string, signal: AbortSignal): Promise<void> {
      let after = 0
      for (;;) {
        const found = await sessions.heard(office, after)
        if (found.length === 0) return
        for (const { id, stanza } of found) put(office, id, stanza, signal)
        after = found.at(-1)?.id ?? after
      }
    },
  }
}

export type Intake = ReturnType<typeof createIntake>
