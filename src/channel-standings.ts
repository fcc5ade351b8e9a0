import { type Channel, SendError } from './channels/channel.ts'
import { faultOf, type Log } from './lib/log.ts'
import { isAway } from './records/away.ts'
import { noteStanding } from './records/channel-standings.ts'
import type { Db } from './records/db.ts'

/** A platform that stays as it was is noted down this often, so that staff see when it was last looked at. */
const AGAIN_MS = 60_000

/** Notes whether an office's platform can be reached; a reason means that it cannot. Never throws and is never waited for. */
export type Standings = { found(office: string, channel: string, reason?: string): void }

export function createStandings({ db, log }: { db: Db; log: Pick<Log, 'warn'> }): Standings {
  const noted = new Map<string, { reason: string; at: number }>()
  return {
    found(office, channel, reason = '') {
      const key = `${office} ${channel}`
      const last = noted.get(key)
      if (last?.reason === reason && performance.now() - last.at < AGAIN_MS) return
      noted.set(key, { reason, at: performance.now() })
      const state = reason === '' ? 'up' : 'down'
      noteStanding(db.pool, { office, channel, state, reason }).catch((error: unknown) => {
        noted.delete(key)
        if (!isAway(error)) log.warn('how a channel stands was not noted down', faultOf(error))
      })
    },
  }
}

/**
 * The channel, telling of each send of these offices what it says about its platform: one that refuses a message can be reached, and of
 * 'unknown' nobody knows whether there was an answer.
 */
export function watched(
  channel: Channel,
  standings: Standings,
  isWatched: (office: string) => boolean,
): Channel {
  const tell = (office: string, reason?: string) => {
    if (isWatched(office)) standings.found(office, channel.name, reason)
  }
  return {
    ...channel,
    async send(message) {
      try {
        const sent = await channel.send(message)
        tell(message.office)
        return sent
      } catch (error) {
        if (error instanceof SendError && error.failure !== 'unknown')
          tell(message.office, error.failure === 'unreachable' ? 'unreachable' : undefined)
        throw error
      }
    },
  }
}
