import type { Channel, ChannelName } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, isAway } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Claimed, claimDue, type LanesInUse, RUN, releaseAbandoned } from './claim.ts'
import type { WriteCrowd } from './crowd.ts'
import { createDriver } from './drive.ts'
import type { Handover } from './handover.ts'
import type { Windows } from './hold.ts'
import { type Lane, laneOf, MOST_CHATS, MOST_NOTICES } from './lanes.ts'
import { createLedger } from './ledger.ts'
import { createOffers } from './offers.ts'
import { createRuns } from './runs.ts'
import { createSender } from './send.ts'
import { settleAll } from './settle.ts'

/** Backstop for what nobody woke us for: retries, other processes, leases that ran out. */
const POLL_MS = 1_000

export type Delivery = Handover & {
  /** Something new may be waiting. Costs nothing when called often. */
  wake(): void
  start(): void
  /** Finishes the sends under way, hands back the rest. */
  stop(): Promise<void>
}

export type DeliveryParts = {
  db: Db
  sealing: Sealing
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  /** True when no other process can be sending from this database: then nothing claimed at start is anybody's. */
  alone: boolean
  counters: Counters
  /** Puts several new cards in one message, where a minute takes no more of them; without it each leaves for itself. */
  writeCrowd?: WriteCrowd
  chance?: () => number
  /** Told of each message that will not be tried again, and why. */
  undelivered?(message: Claimed, error: string): void
  /** What is done where nobody may be written to; without it such messages only wait. */
  windows?: Windows
  /** Milliseconds until an office may say something first; 0 while it may. */
  quietFor?(office: string): number
}

const NO_WINDOWS: Windows = { templateFor: () => undefined, tellHeld: async () => undefined }

/** The only sender: takes what turns hand over and what is due in the outbox to its channel, in order for each chat. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { db, sealing, channels, log, alone, chance = Math.random, windows = NO_WINDOWS } = parts
  const { drive, noteDown } = createDriver({
    ...parts,
    windows,
    sender: createSender({ ...parts, chance, windows }),
    isStopped: () => stopped,
    record: settled => record(settled),
  })
  const runs = createRuns(drive, run => {
    const left = runs.count(run.lane)
    if (run.more || left === MOST_CHATS - 1 || left === MOST_NOTICES - 1) wake()
  })
  const offers = createOffers({
    runs,
    isOpen,
    claiming: () => claiming,
    holds: name => channels.get(name)?.capabilities.window === true,
    wake,
  })
  let looking: Promise<void> | undefined
  let claiming: Promise<void> | undefined
  let again = false
  let stopped = false
  let poll: NodeJS.Timeout | undefined

  function wake(): void {
    again = true
    looking ??= look()
  }

  async function look(): Promise<void> {
    // `looking` must be set before it is cleared, also when there is nothing to wait for.
    await Promise.resolve()
    try {
      while (again && !stopped) {
        again = false
        await offers.whenCertain(async () => {
          if (alone) await releaseAbandoned(db, 'all', runs.ids())
        })
        claiming = claim().finally(() => {
          claiming = undefined
        })
        await claiming
      }
    } catch (error) {
      if (isAway(error)) offers.doubt()
      log.warn('the outbox could not be read', faultOf(error))
    } finally {
      // In the same breath as `again` was seen false: whoever wakes us next starts a look of his own.
      looking = undefined
    }
  }

  async function claim(): Promise<void> {
    const chats = await claimDue({ db, sealing, log }, lanesInUse())
    if (chats.length > 0) again = true
    killPoint('messages claimed')
    for (const chat of chats) runs.add(chat, { more: chat.length >= RUN })
  }

  function isOpen(lane: Lane, urgency: number): boolean {
    const isOn = channels.has(lane.slice(0, lane.indexOf('/')) as ChannelName)
    return (
      isOn &&
      !stopped &&
      !closedLanes().includes(lane) &&
      runs.count(lane) < (urgency === 0 ? MOST_CHATS : MOST_NOTICES)
    )
  }

  function closedLanes(): Lane[] {
    return [...channels.values()].flatMap(
      channel => channel.closedFor?.().map(office => laneOf({ channel: channel.name, office })) ?? [],
    )
  }

  function lanesInUse(): LanesInUse {
    const lanes = runs.lanes()
    return {
      full: lanes.filter(lane => runs.count(lane) >= MOST_CHATS),
      busy: lanes.filter(lane => runs.count(lane) >= MOST_NOTICES),
      closed: closedLanes(),
    }
  }

  const record = createLedger(async settled => {
    await noteDown(() => settleAll(db, settled))
    for (const one of settled) {
      if (one.status === 'sent') channels.get(one.to.channel)?.recorded?.(one.to)
    }
  })

  async function every(): Promise<void> {
    try {
      if ((await releaseAbandoned(db, 'expired', runs.ids())) > 0)
        log.info('took over messages another process had left')
    } catch (error) {
      log.warn('leases could not be looked at', faultOf(error))
    }
    wake()
    if (!stopped) poll = setTimeout(every, POLL_MS).unref()
  }

  return {
    offer: offers.offer,
    wake,
    start() {
      void every()
    },
    async stop() {
      stopped = true
      clearTimeout(poll)
      await looking
      await runs.ended()
    },
  }
}
