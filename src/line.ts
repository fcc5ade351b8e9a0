import type { Room } from './actions/action.ts'
import type { Channel, ChannelName } from './channels/channel.ts'
import type { Flow } from './conversation/flow.ts'
import { mergedText } from './desk/brief.ts'
import { createStepCounter, type StepCounter } from './inbox/count-steps.ts'
import { createInbox, type Inbox } from './inbox/inbox.ts'
import { type Knowledge, NO_KNOWLEDGE } from './knowledge/books.ts'
import type { Counters } from './lib/counters.ts'
import type { Log } from './lib/log.ts'
import type { House } from './offices/house.ts'
import { quietUntil } from './offices/quiet-hours.ts'
import { createDelivery, type Delivery } from './outbox/deliver.ts'
import { createOutcomes } from './outbox/outcomes.ts'
import type { Db } from './records/db.ts'
import { type Keyring, keyFor } from './records/keyring.ts'
import { createSealing, type Sealing } from './records/sealing.ts'
import { shownBy } from './shown-by.ts'
import { tellUndelivered } from './undelivered.ts'
import { NO_VACANCIES, type Vacancies } from './vacancies/books.ts'
import { windowsOf } from './windows.ts'

export type Line = {
  room: Omit<Room, 'client'>
  inbox: Inbox
  delivery: Delivery
  /** How far citizens come. */
  steps: StepCounter
  /** Takes up what waits, delivers what is due, and opens the channels. */
  start(): Promise<void>
  /** Closes the channels, finishes the turns and the sends under way. */
  stop(): Promise<void>
}

export type LineParts = {
  db: Db
  keyring: Keyring
  /** Made of the keyring unless told: whoever renews keys has one for the whole process. */
  sealing?: Sealing
  houses: ReadonlyMap<string, House>
  /** Takes up versions of flows that other processes serve. */
  learn?: (flows: Flow[]) => void
  channels: ReadonlyMap<ChannelName, Channel>
  /** What questions are answered from; without it every question goes to a person. */
  knowledge?: Knowledge
  /** What vacancies are found in; without it there are none. */
  vacancies?: Vacancies
  log: Log
  /** No other process works on this database: what is marked as being sent is nobody's. */
  alone: boolean
  counters: Counters
  isTrial?: true
  /** What time it is for what is said first; a test's clock stands still. */
  now?: () => Date
  /** Where the pages of staff are, without a slash at the end. */
  pagesAt?: string
  /** Whether the records' disk has room for more words. */
  hasRoom?: (() => boolean) | undefined
}

/** The line, put together: channel → inbox → conversation → actions → records → outbox → channel. */
export function buildLine(parts: LineParts): Line {
  const {
    db,
    keyring,
    houses,
    channels,
    knowledge = NO_KNOWLEDGE,
    vacancies = NO_VACANCIES,
    log,
    alone,
    counters,
    hasRoom,
    now = () => new Date(),
  } = parts
  const { sealing = createSealing(keyring) } = parts
  const room: Line['room'] = {
    sealing,
    pinKey: keyFor(keyring, 'pin'),
    knowledge,
    ...(parts.pagesAt === undefined ? {} : { pagesAt: parts.pagesAt }),
    vacancies,
    houseOf(office) {
      const house = houses.get(office)
      if (house === undefined) throw new Error(`No office called ${office} is served here.`)
      return house
    },
    ...(parts.learn === undefined ? {} : { learn: parts.learn }),
    ...(parts.isTrial === true ? { isTrial: true } : {}),
    shown: shownBy(channels),
  }
  const delivery = createDelivery({
    db,
    sealing,
    channels,
    log,
    alone,
    counters,
    writeCrowd: mergedText,
    undelivered: tellUndelivered({ db, sealing, log }),
    windows: windowsOf(sealing, room.houseOf),
    quietFor(id) {
      const { office } = room.houseOf(id)
      const at = now()
      return (quietUntil(office.quiet_hours, office.zone, at) ?? at).getTime() - at.getTime()
    },
  })
  const noteOutcomes = createOutcomes({ db, sealing, counters, wake: delivery.wake })
  const steps = createStepCounter({ db, zoneOf: id => room.houseOf(id).office.zone, log })
  const inbox = createInbox({ db, room, log, outbox: delivery, counters, steps, hasRoom })
  return {
    room,
    inbox,
    delivery,
    steps,
    async start() {
      await inbox.start()
      delivery.start()
      for (const channel of channels.values()) await channel.start(inbox.receive, noteOutcomes)
    },
    async stop() {
      for (const channel of channels.values()) await channel.stop()
      await inbox.stop()
      await steps.stop()
      await delivery.stop()
    },
  }
}
