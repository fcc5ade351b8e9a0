import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { type ClockNotice, noticeText } from '../desk/notice-text.ts'
import { storeTold } from '../inbox/store-told.ts'
import { deskFor } from '../offices/desk-for.ts'
import type { House } from '../offices/house.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Db, transaction } from '../records/db.ts'
import { clocksToLookAt, saveClocks } from '../records/ticket-clocks.ts'
import { digestOf } from './digest.ts'
import { lookAtClock, maySend, type Told } from './look-at-clock.ts'
import { mostAsked } from './most-asked.ts'
import { reckonAnew } from './reckon-anew.ts'

/** Clocks looked at in one transaction, and told of in one message a desk. */
const AT_ONCE = 500

/** Lines of a digest about what citizens ask. */
const MOST_ASKED = 5
/** What a question to the office is as a ticket. */
const OPEN = { restricted: false, anonymous: false, confidential: false }

type Without = Omit<Room, 'client'>

/**
 * Looks at the clocks of every office: reckons what changed, and in working hours tells each desk in one message what it should
 * know: shares of time gone by, breaches, moved days, and each morning what waits. Gives the number of messages.
 */
export async function tellClocks(
  db: Db,
  room: Without,
  offices: Iterable<string>,
  now: Date,
): Promise<number> {
  let messages = 0
  for (const office of offices) {
    const house = room.houseOf(office)
    await reckonAnew(db, house, now)
    for (let looked = AT_ONCE; looked === AT_ONCE; ) {
      const pass = await transaction(db, client => tellOffice(client, room, house, now))
      looked = pass.looked
      messages += pass.messages
    }
  }
  return messages
}

/** Clocks and what is told of them change together or not at all: that makes it once. */
async function tellOffice(
  client: PoolClient,
  room: Without,
  house: House,
  now: Date,
): Promise<{ looked: number; messages: number }> {
  const { office, calendar } = house
  const rows = await clocksToLookAt(client, office.id, now, AT_ONCE)
  const looks = rows.map(row => lookAtClock(house, row, now))
  await saveClocks(
    client,
    looks.map(({ state }) => state),
  )
  if (!maySend(officeTime(office, calendar), now)) return { looked: rows.length, messages: 0 }
  const told = looks.flatMap(look => look.told)
  let messages = 0
  for (const desk of Object.keys(office.desks)) {
    const here = withoutDoubles(told.filter(one => one.desk === desk))
    const asked = async (day: string) =>
      desk === deskFor(office, OPEN) ? await askedMost(client, room, { office: office.id, day }) : []
    const digest = await digestOf(client, { office: office.id, desk, zone: office.zone }, now, asked)
    const text = noticeText(
      calendar,
      here.map(({ notice }) => notice),
      digest,
    )
    if (text === '') continue
    const tickets = new Set(here.map(({ ticketId }) => ticketId))
    const [ticketId] = tickets.size === 1 && digest === undefined ? tickets : []
    const keys = [...here.map(({ key }) => key), ...(digest === undefined ? [] : [`digest/${digest.day}`])]
    await storeTold(client, room.sealing, {
      key: `notice/${desk}/${keys.join('+')}`,
      office: office.id,
      to: { desk },
      said: { type: 'notice', text, ...(ticketId === undefined ? {} : { ticketId }) },
      at: now,
    })
    messages += 1
  }
  return { looked: rows.length, messages }
}

async function askedMost(...of: Parameters<typeof mostAsked>) {
  return (await mostAsked(...of)).slice(0, MOST_ASKED)
}

/** A question's two clocks often run side by side: the same day of the same ticket is told of once, by its first answer. */
function withoutDoubles(told: Told[]): Told[] {
  const answers = new Set(
    told.filter(({ notice }) => notice.clock === 'answer').map(one => sameness(one.ticketId, one.notice)),
  )
  return told.filter(
    ({ ticketId, notice }) => notice.clock === 'answer' || !answers.has(sameness(ticketId, notice)),
  )
}

function sameness(ticketId: string, notice: ClockNotice): string {
  return JSON.stringify({ ...notice, clock: '', ticketId })
}
