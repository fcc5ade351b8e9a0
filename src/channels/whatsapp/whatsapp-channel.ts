import { faultOf } from '../../lib/log.ts'
import { pause } from '../back-off.ts'
import type { Channel, OnMessage, OnOutcome } from '../channel.ts'
import { createLanes } from '../lanes.ts'
import { markUp } from '../whatsapp-markup.ts'
import type { Ask } from './calls.ts'
import { createCards } from './cards.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import { createFetchMedia } from './fetch-media.ts'
import { createIntake } from './intake.ts'
import { keepNumber } from './keep-number.ts'
import { createNotices } from './notices.ts'
import { createPeople } from './people.ts'
import type { Times, WhatsappOptions } from './ports.ts'
import { createSend } from './send.ts'
import { RESTRICTED } from './staff-words.ts'
import { createTake, type Take } from './take.ts'
import type { Note, ServerAsks } from './wire.ts'

export const TIMES: Times = {
  beat: 500,
  silent: 2_000,
  close: 1_000,
  start: 30_000,
  asked: 1_000,
  look: 500,
  away: 1_000,
  ack: 8_000,
  firstPause: 1_000,
  longestPause: 120_000,
  slow: 60_000,
  quiet: 3_600_000,
  download: 30_000,
  explain: 5_000,
  leave: 300_000,
}
/** Milliseconds a stop waits for what is being taken in: what is not finished by then is taken at the next start. */
const FINISH_MS = 5_000
/** How long WhatsApp's restriction is taken to last when it does not say. */
const RESTRICTED_MS = 24 * 3_600_000

/** A person's own pace, and no more than somebody at a desk could type. */
const PACE: Channel['pace'] = { perSecond: 5, perAddressMs: 1_000 }

export type WhatsAppChannel = Channel & {
  /** Whether this process holds the office's open socket: what another one has to say waits for it. */
  holds(office: string): boolean
}

/** Balai on WhatsApp through linked numbers, one worker process for each. */
export function whatsappChannel(options: WhatsappOptions): WhatsAppChannel {
  const { offices, sessions, sent, aliases, groups, threads, tellDesks, log, counters } = options
  const { now = () => new Date(), chance = Math.random, worker: place = {} } = options
  const times = { ...TIMES, ...options.times }
  const sockets = new Map<string, Ask<ServerAsks>>()
  const restrictions = new Map<string, Date>()
  const socketOf = (office: string) => sockets.get(office)
  const lanes = createLanes()
  const people = createPeople({ aliases })
  const cards = createCards({ threads, log })
  const notices = createNotices({ ...options, socketOf })
  const fetchMedia = createFetchMedia({ ...options, times, socketOf })
  const doorkeeper = createDoorkeeper({ groups, notices, socketOf, times, log })
  const stopped = new AbortController()
  const background: Promise<void>[] = []
  let take: Take | undefined
  let outcomes: OnOutcome | undefined

  const intake = createIntake({
    ...options,
    lanes,
    times,
    chance,
    take: async (office, stanza) => {
      if (take === undefined) throw new Error('The channel is not started.')
      await take(office, stanza)
    },
  })

  /** Told once for each restriction: when it began, or was found out. */
  async function restricted(
    office: string,
    until = new Date(now().getTime() + RESTRICTED_MS),
  ): Promise<void> {
    const before = restrictions.get(office)
    if (before !== undefined && before > now()) return
    restrictions.set(office, until)
    await sessions.note(office, { restrictedUntil: until })
    await tellDesks(office, `whatsapp/restricted/${until.toISOString().slice(0, 10)}`, RESTRICTED)
  }

  async function noted(office: string, note: Note): Promise<void> {
    if (note.is === 'joined') await doorkeeper.joined(office, note.group)
    else if (note.is === 'removed') await doorkeeper.removed(office, note.group)
    else if (note.is === 'newcomers') await doorkeeper.newcomers(office, note.group, note.id)
    else if (note.is === 'alias') await options.aliases.join(office, note.ids)
    else if (note.is === 'restricted')
      await (note.until === null ? free(office) : restricted(office, new Date(note.until)))
    else if (note.is === 'fault') {
      counters.add('whatsapp_worker_faults_total')
      log.warn('the worker of a WhatsApp number failed', { office, fault: note.fault, at: note.at })
    } else if (note.is === 'status') {
      if (note.state === 'delivered') await sent.delivered(office, note.ids)
      const at = now()
      await outcomes?.(note.ids.map(ref => ({ office, channel: 'whatsapp', ref, state: note.state, at })))
    }
  }

  async function free(office: string): Promise<void> {
    if (restrictions.delete(office)) await sessions.note(office, { restrictedUntil: null })
  }

  function keep(office: string): Promise<void> {
    return keepNumber({
      ...options,
      office,
      intake,
      times,
      place,
      chance,
      signal: stopped.signal,
      opened(ask) {
        if (ask === undefined) sockets.delete(office)
        else sockets.set(office, ask)
      },
      restrictedUntil(until) {
        if (until !== undefined) restrictions.set(office, until)
      },
      onNote: note =>
        void noted(office, note).catch(error =>
          log.warn('something about a WhatsApp number was not noted', {
            office,
            kind: note.is,
            ...faultOf(error),
          }),
        ),
    })
  }

  return {
    name: 'whatsapp',
    capabilities: { buttons: 0, labelMax: 60, textMax: 4096, edit: true },
    pace: PACE,
    shows: markUp,
    holds: office => sockets.has(office),
    closedFor: () => offices.filter(office => !sockets.has(office)),
    send: createSend({
      ...options,
      socketOf,
      people,
      cards,
      restricted,
      restrictedUntil: office => restrictions.get(office),
      now,
    }),

    async start(onMessage: OnMessage, onOutcome?: OnOutcome) {
      outcomes = onOutcome
      take = createTake({ ...options, doorkeeper, notices, people, fetchMedia, socketOf, onMessage })
      for (const office of offices) background.push(keep(office))
    },

    async stop() {
      stopped.abort()
      doorkeeper.stop()
      await Promise.all(background)
      const late = new AbortController()
      const settled = async () => {
        while (lanes.count() > 0 && !late.signal.aborted) await pause(20, late.signal)
      }
      await Promise.race([settled(), pause(FINISH_MS, late.signal)])
      late.abort()
    },
  }
}
