import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import { deskFor } from '../offices/desk-for.ts'
import { chatsOfAdministrators } from '../records/administrators.ts'
import { type Db, transaction } from '../records/db.ts'
import { houseFact, noteFact } from '../records/house-facts.ts'
import type { Need } from './needs-a-person.ts'

const MINUTE_MS = 60_000
/** What comes and goes: it has to last before it is told, and to be gone as long before its end is. */
const SETTLED_MS = 5 * MINUTE_MS
/** Told again only after so long, however often it comes back: nobody reads the tenth of an hour. */
const AGAIN_MS = 60 * MINUTE_MS
/** Ended so long ago, it is forgotten. */
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS

/** One need of one office: since when it stands, when it was told, since when it is gone, when its end was told. Milliseconds. */
type Standing = { words: string; since: number; told?: number; gone?: number; over?: number }

/** By office and name. */
type Alerts = Record<string, Record<string, Standing>>

const OPEN = { restricted: false, anonymous: false, confidential: false }

/**
 * Tells the administrators of each office, in their chat with the bot, what needs a person: once when it has lasted, and once when it is over, all of a
 * look in one message. Where none of them has a chat, the general desk is told. By the one line, so that it waits like everything
 * else while a platform is away.
 */
export async function tellAlerts(
  db: Db,
  room: Omit<Room, 'client'>,
  needs: ReadonlyMap<string, Need[]>,
  now: Date,
): Promise<number> {
  return transaction(db, async client => {
    await client.query(`select 1 from house where name = 'alerts' for update`)
    const before = JSON.parse((await houseFact(client, 'alerts')) ?? '{}') as Alerts
    const after: Alerts = {}
    let told = 0
    for (const [office, found] of needs) {
      const { standing, lines } = judge(before[office] ?? {}, found, now.getTime())
      after[office] = standing
      if (lines.length === 0) continue
      const said = lines.join('\n')
      const chats = await chatsOfAdministrators(client, room.sealing, office)
      const common = { office, at: now }
      const key = `alert/${office}/${now.toISOString()}`
      for (const conversationId of chats)
        await storeTold(client, room.sealing, {
          ...common,
          key: `${key}/${conversationId}`,
          to: { conversationId },
          said: { type: 'notified', text: said },
        })
      if (chats.length === 0)
        await storeTold(client, room.sealing, {
          ...common,
          key,
          to: { desk: deskFor(room.houseOf(office).office, OPEN) },
          said: { type: 'notice', text: said },
        })
      told += 1
    }
    await noteFact(client, 'alerts', JSON.stringify(after))
    return told
  })
}

/** What stands now, and what is to be told of it. Pure. */
export function judge(
  before: Record<string, Standing>,
  found: readonly Need[],
  now: number,
): { standing: Record<string, Standing>; lines: string[] } {
  const standing: Record<string, Standing> = {}
  const lines: string[] = []
  for (const { name, words } of found) {
    const one = goesOn(before[name], now) ?? { words, since: now, ...overOf(before[name]) }
    one.words = words
    const isFresh = one.over === undefined || now - one.over >= AGAIN_MS
    if (one.told === undefined && now - one.since >= SETTLED_MS && isFresh) {
      one.told = now
      lines.push(`⚠ ${words}`)
    }
    standing[name] = one
  }
  for (const [name, known] of Object.entries(before)) {
    if (standing[name] !== undefined) continue
    const one: Standing = { ...known, gone: known.gone ?? now }
    const isOver = now - (one.gone ?? now) >= SETTLED_MS
    if (isOver && one.told !== undefined && one.over === undefined) {
      one.over = now
      lines.push(`✔ Selesai: ${one.words}`)
    }
    const last = one.over ?? one.gone ?? now
    if (now - last < (one.told === undefined && one.over === undefined ? SETTLED_MS : FORGOTTEN_MS))
      standing[name] = one
  }
  return { standing, lines }
}

/** What stood before and is there again; undefined where it is new, or its end was told and it stayed away for a while. */
function goesOn(known: Standing | undefined, now: number): Standing | undefined {
  if (known === undefined) return undefined
  const { gone, ...rest } = known
  return known.over !== undefined && gone !== undefined && now - gone >= SETTLED_MS ? undefined : rest
}

function overOf(known: Standing | undefined): { over?: number } {
  return known?.over === undefined ? {} : { over: known.over }
}
