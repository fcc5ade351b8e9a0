import { randomUUID } from 'node:crypto'
import type { Room } from '../../../src/actions/action.ts'
import { unpackArrival, type WaitingRow } from '../../../src/inbox/arrival.ts'
import { tellClocks } from '../../../src/jobs/clocks.ts'
import { NO_KNOWLEDGE } from '../../../src/knowledge/books.ts'
import type { House } from '../../../src/offices/house.ts'
import { transaction } from '../../../src/records/db.ts'
import { insertTickets, type NewTicket } from '../../../src/records/new-tickets.ts'
import type { Status } from '../../../src/records/statuses.ts'
import { recordEvent, timeKept } from '../../../src/records/ticket-history.ts'
import type { TicketRow } from '../../../src/records/tickets.ts'
import { NO_VACANCIES } from '../../../src/vacancies/books.ts'
import { isPlainlyOpen } from './plain-hours.ts'
import type { Records } from './server.ts'

const HOUR = 3_600_000
const YEAR = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2026-12-31T12:00:00Z') }

/** What comes to pass with a ticket, hours after it was opened. */
type Happening = { at: Date; type: string; status: Status }
type Life = { ticket: NewTicket; happens: Happening[] }

const LIVES: [type: string, status: Status][][] = [
  [],
  [
    ['replied', 'answered'],
    ['resolved', 'closed'],
  ],
  [
    ['asked', 'waiting_citizen'],
    ['added', 'in_progress'],
    ['resolved', 'closed'],
  ],
  [
    ['taken', 'in_progress'],
    ['replied', 'answered'],
    ['reopened', 'in_progress'],
  ],
]

export type Year = {
  notices: number
  outsideHours: number
  /** A step of the same clock told twice at a desk. */
  repeated: number
  /** Codes of restricted tickets that the general desk read. */
  leaked: number
  /** Tickets nobody answered, whose breach nobody was told. */
  untold: number
  /** When notices would have left that are sent as they come due, without a look at the clock on the wall. */
  naiveOutsideHours: number
}

/** A year of tickets in one office, with the job run every `stepMinutes`. */
export async function clockYear(
  { db, sealing }: Records,
  house: House,
  chance: () => number,
  size: { tickets: number; stepMinutes: number },
): Promise<Year> {
  const { id, zone } = house.office
  const room: Omit<Room, 'client'> = {
    sealing,
    pinKey: Buffer.alloc(32),
    knowledge: NO_KNOWLEDGE,
    vacancies: NO_VACANCIES,
    houseOf: () => house,
  }
  const lives = Array.from({ length: size.tickets }, () => lifeOf(house, chance)).toSorted(
    (a, b) => (a.happens[0]?.at.getTime() ?? 0) - (b.happens[0]?.at.getTime() ?? 0),
  )
  const happenings = lives
    .flatMap(({ ticket, happens }) => happens.map(one => ({ ticket, ...one })))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (let now = YEAR.from; now < YEAR.to; now += size.stepMinutes * 60_000 + Math.floor(chance() * 60_000)) {
    while (happenings[0] !== undefined && happenings[0].at.getTime() <= now) {
      const { ticket, ...what } = happenings.shift() as (typeof happenings)[number]
      await transaction(db, async client => {
        if (what.type === 'opened') return insertTickets(client, [ticket])
        const event = { type: what.type, visible: true, sealed: null, at: what.at, zone }
        await recordEvent(client, ticket as unknown as TicketRow, event, { status: what.status })
      })
    }
    await tellClocks(db, room, [id], new Date(now))
  }
  const { rows } = await db.pool.query<WaitingRow>(
    'select id, office, channel, message_hash, sealed, attempts from inbox order by id',
  )
  return judge(
    lives,
    rows
      .map(row => unpackArrival(row, sealing))
      .map(({ at, desk, said }) => ({ at, desk, text: String(said.text) })),
    zone,
  )
}

function lifeOf({ office }: House, chance: () => number): Life {
  const [restricted, anonymous] = [chance() < 0.2, chance() < 0.1]
  const opened = new Date(YEAR.from + Math.floor(chance() * (YEAR.to - YEAR.from)))
  const ticketId = randomUUID()
  const openedAt = timeKept(office.zone, { anonymous }, opened)
  const clock = (name: 'answer' | 'resolve', rule: string, anew: boolean) => {
    const rests: Status[] = name === 'answer' ? ['waiting_citizen'] : ['waiting_citizen', 'answered']
    return { ticketId, name, rule, rests, anew, startedAt: openedAt }
  }
  const ticket: NewTicket = {
    id: ticketId,
    office: office.id,
    code: `LSM-2601-${ticketId.slice(0, 6).toUpperCase()}`,
    kind: 'complaint',
    restricted,
    anonymous,
    confidential: false,
    desk: restricted || anonymous ? 'pengawasan' : 'general',
    conversation_id: null,
    receipt_hash: null,
    wrapped_key: null,
    fields: null,
    opened_at: openedAt,
    answer_due: null,
    resolve_due: null,
    clocks: [
      clock('answer', 'answer', true),
      clock('resolve', restricted ? 'resolve_restricted' : 'resolve', false),
    ],
  }
  let at = opened.getTime()
  const happens: Happening[] = [{ at: opened, type: 'opened', status: 'received' }]
  for (const [type, status] of LIVES[Math.floor(chance() * LIVES.length)] ?? []) {
    at += chance() * 240 * HOUR
    happens.push({ at: new Date(at), type, status })
  }
  return { ticket, happens }
}

type Said = { at: Date; desk: string | null; text: string }

function judge(lives: Life[], said: Said[], zone: string): Year {
  const heard = (desk: string) =>
    said.filter(one => one.desk === desk).flatMap(({ text }) => text.split('\n'))
  const lines = ['general', 'pengawasan'].map(heard)
  const marks = lines.map(all => all.filter(line => /terpakai|sudah lewat/.test(line)))
  const restricted = lives.filter(({ ticket }) => ticket.desk !== 'general')
  const ignored = lives.filter(
    ({ ticket, happens }) => happens.length === 1 && ticket.opened_at.getTime() < YEAR.to - 30 * 24 * HOUR,
  )
  const breached = (code: string) =>
    marks.flat().some(line => line.includes(code) && line.includes('sudah lewat'))
  const naive = lives.flatMap(({ ticket }) =>
    [0.5, 0.8, 1].map(share => new Date(ticket.opened_at.getTime() + share * 5 * 24 * HOUR)),
  )
  return {
    notices: said.length,
    outsideHours: said.filter(({ at }) => !isPlainlyOpen(zone, at)).length,
    repeated: marks.reduce((sum, all) => sum + all.length - new Set(all).size, 0),
    leaked: restricted.filter(({ ticket }) => lines[0]?.some(line => line.includes(ticket.code))).length,
    untold: ignored.filter(({ ticket }) => !breached(ticket.code)).length,
    naiveOutsideHours: naive.filter(at => at.getTime() < YEAR.to && !isPlainlyOpen(zone, at)).length,
  }
}
