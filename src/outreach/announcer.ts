import type { Room } from '../actions/action.ts'
import { aheadOf } from '../actions/ahead-of.ts'
import { progressText } from '../desk/progress-text.ts'
import { storeTold } from '../inbox/store-told.ts'
import type { Level, Load } from '../lib/load.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { quietUntil } from '../offices/quiet-hours.ts'
import { countsOf, learn } from '../records/announced.ts'
import { moveOn, type Version, versionsAtWork } from '../records/announcements.ts'
import { type Db, transaction } from '../records/db.ts'
import { forgetWishes } from '../records/forget-wishes.ts'
import { lastListingChange } from '../records/listing-changes.ts'
import { markOfChat, unheardOf } from '../records/unheard.ts'
import { begin } from './begin.ts'
import { queueSome } from './queue.ts'
import { roomIn } from './room-in.ts'
import { tellChanges } from './tell-changes.ts'

/** Milliseconds between two looks while something is under way, and while nothing is. */
const BUSY_MS = 500
const IDLE_MS = 2_000
/** Chats named to a desk by their marks, where nobody knows whether they have it; all of them stand on the page. */
const MOST_NAMED = 5
/** From here on only those are spoken to who wait for an answer. */
const RESTS_FROM: Level = 2

export type AnnouncerParts = {
  db: Db
  room: Omit<Room, 'client'>
  /** Whose listings are looked after. */
  offices(): Iterable<string>
  /** Something is in the outbox. */
  wake(): void
  /** Nothing is to be said first now: after a restore, until a person has decided. */
  rests?(): Promise<boolean>
  /** How much there is to do; without it nobody watches. */
  load?: Pick<Load, 'level'>
  log: Log
  now?: () => Date
}

export type Announcer = {
  start(): void
  /** Looks once at everything that is to be announced now; true while there is more to come. */
  look(): Promise<boolean>
  stop(): Promise<void>
}

/**
 * Takes announcements from their approval to the end: begins them, feeds the outbox a little ahead of its pace, and learns what became
 * of each message. All of it stands in the records: any number of processes may do this, and any may die.
 */
export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { db, room, offices, wake, rests, load, log, now = () => new Date() } = parts
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<unknown> = Promise.resolve()
  let stopped = false
  let told: number | undefined

  async function look(): Promise<boolean> {
    if ((load?.level() ?? 0) >= RESTS_FROM || (await rests?.())) return false
    const at = now()
    await alone('changes could not be told', () => tellNews(at))
    const versions = await versionsAtWork(db.pool, at)
    let queued = 0
    for (const version of versions) {
      await alone(`announcement ${version.code} could not go on`, async () => {
        queued += await transaction(db, client => step({ ...room, client }, version, at))
      })
    }
    if (queued > 0) wake()
    return versions.length > 0
  }

  /** What goes wrong with one holds up no other; it is tried again at the next look. */
  async function alone(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.warn(what, faultOf(error))
    }
  }

  /** Only where something has changed since this process last looked, for all offices alike. */
  async function tellNews(at: Date): Promise<void> {
    const last = await lastListingChange(db.pool)
    if (last === told) return
    let more = 0
    for (const office of offices()) {
      more += await transaction(db, client => tellChanges({ ...room, client }, office, at))
    }
    if (more === 0) told = last
  }

  async function again(): Promise<void> {
    const isBusy = await look().catch((error: unknown) => {
      log.warn('announcements could not be looked at', faultOf(error))
      return false
    })
    if (!stopped) timer = setTimeout(begin, isBusy ? BUSY_MS : IDLE_MS).unref()
  }

  function begin(): void {
    looking = again()
  }

  return {
    start: begin,
    look,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}

/** One version, as far as it goes now; gives how many were put into the outbox. */
async function step(room: Room, { id, version: number }: Version, now: Date): Promise<number> {
  const { client } = room
  // Whoever else works on it is left alone, and what they did since is seen.
  const { rowCount } = await client.query(
    'select 1 from announcements where id = $1 for update skip locked',
    [id],
  )
  if (rowCount === 0) return 0
  const version = (await versionsAtWork(client, now)).find(one => one.id === id && one.version === number)
  if (version === undefined) return 0
  if (version.status === 'approved' && !(await begin(room, version, now))) return 0
  await forgetWishes(client, await learn(client, version))
  if (version.status !== 'sending' && version.status !== 'approved') return 0
  const counts = await countsOf(client, version)
  const open = counts.filter(({ state }) => state === 'planned' || state === 'queued')
  if (open.length === 0) {
    if (await moveOn(client, version, ['sending'], 'done', now))
      await tellDesk(room, { ...version, status: 'done' }, now)
    return 0
  }
  const { office } = room.houseOf(version.office)
  if (quietUntil(office.quiet_hours, office.zone, now) !== undefined) return 0
  let queued = 0
  for (const channel of new Set(open.flatMap(one => (one.state === 'planned' ? [one.channel] : [])))) {
    const most = await roomIn(client, office, channel)
    if (most > 0) queued += await queueSome(room, version, channel, most)
  }
  return queued
}

async function tellDesk(room: Room, version: Version, now: Date): Promise<void> {
  const counts = await countsOf(room.client, version)
  // Nobody drafted it, and nobody wanted it.
  if (version.about !== null && counts.length === 0) return
  const unheard = await unheardOf(room.client, version, MOST_NAMED)
  const marks = unheard.map(({ conversationId }) => markOfChat(conversationId))
  const text = progressText(version, counts, aheadOf(room, version.office, now), marks)
  await storeTold(room.client, room.sealing, {
    key: `announced/${version.id}/${version.version}/${version.status}`,
    office: version.office,
    to: { desk: version.desk ?? 'general' },
    said: { type: 'notice', text },
    at: now,
  })
}
