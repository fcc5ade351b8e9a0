import { faultOf } from '../lib/log.ts'
import { isAway } from '../records/away.ts'
import type { Queryable } from '../records/db.ts'
import { sessionOf } from '../records/staff-sessions.ts'
import type { Seat } from './door.ts'
import { desksOf } from './rights.ts'

/** How often changes are looked for while somebody's page is open: once for all pages of this process. */
const LOOK_MS = 1500
const BEAT_MS = 20_000
/** Then the browser asks for a new one: by the rights its person has then. */
const STREAM_MS = 10 * 60_000

type Change = { office: string; desk: string; code: string }
type Listener = (change: Change) => void

const listeners = new Set<Listener>()
let looking = false

/**
 * Says that something changed at one's desks, and never what: the page reads itself again, by one's rights of then. Who has lost the
 * desk or their session meanwhile is told nothing: that there was news is news as well.
 */
export function live(seat: Seat): Response {
  const { door, house, member, token, c } = seat
  const desks = new Set(desksOf(member, house.office))
  const code = c.req.query('code')
  /** With the database away nobody knows: then the browser asks again in a moment. */
  const isStillTheirs = async (desk: string) => {
    const now = await sessionOf(door.db.pool, token, { stays: true }).catch(() => undefined)
    return now !== undefined && desksOf(now.member, house.office).includes(desk)
  }
  const encoder = new TextEncoder()
  let leave: () => boolean = () => false
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text))
      const tell = async (desk: string) => {
        const isTheirs = await isStillTheirs(desk)
        if (!listeners.has(hear)) return
        if (isTheirs) say('data: news\n\n')
        else if (leave()) controller.close()
      }
      const hear: Listener = change => {
        const isMine = change.office === member.office && desks.has(change.desk)
        if (isMine && (code === undefined || code === change.code)) void tell(change.desk)
      }
      const beat = setInterval(() => say(': \n\n'), BEAT_MS)
      const over = setTimeout(() => {
        if (leave()) controller.close()
      }, STREAM_MS)
      leave = () => {
        clearInterval(beat)
        clearTimeout(over)
        return listeners.delete(hear)
      }
      say('retry: 3000\n\n')
      listeners.add(hear)
      if (!looking) void look(door.db.pool, fault => door.log.warn('news could not be looked for', fault))
    },
    cancel: () => void leave(),
  })
  c.req.raw.signal.addEventListener('abort', () => leave(), { once: true })
  return c.body(stream, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
}

// What an anonymous citizen wrote is no news: its desk hears of it later, at a time by chance.
const NEWS = `
select e.id, t.office, t.desk, t.anonymous and e.type in ('opened', 'added') as "isQuiet", t.code
from ticket_events e join tickets t on t.id = e.ticket_id where e.id > $1 order by e.id limit 200`

/** Looks for new lines in histories for as long as anybody listens. */
async function look(on: Queryable, warn: (fault: Record<string, unknown>) => void): Promise<void> {
  looking = true
  let last: number | undefined
  while (listeners.size > 0) {
    try {
      const { rows } = await on.query<Change & { id: number; isQuiet?: boolean }>(
        last === undefined
          ? `select coalesce(max(id), 0) as id, '' as office, '' as desk, '' as code from ticket_events`
          : NEWS,
        last === undefined ? [] : [last],
      )
      for (const row of rows)
        if (row.code !== '' && row.isQuiet !== true) for (const hear of [...listeners]) hear(row)
      last = rows.at(-1)?.id ?? last
    } catch (error) {
      if (!isAway(error)) warn(faultOf(error))
    }
    await new Promise(done => setTimeout(done, LOOK_MS).unref())
  }
  looking = false
}
