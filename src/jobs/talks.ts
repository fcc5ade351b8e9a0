import type { PoolClient } from 'pg'
import type { Room, Tell } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import { between, isOpen } from '../lib/working-time.ts'
import { formatDue } from '../offices/due-date.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Db, transaction } from '../records/db.ts'

const HOUR_MINUTES = 60

type OpenTalk = {
  conversation_id: string
  ticket_id: string
  office: string
  begun_at: Date
  last_at: Date
  waits_since: Date | null
  told_away: boolean
  code: string
  desk: string
  answer_due: string | null
  language: string
}

/**
 * Looks at every talk between a citizen and staff, in working time of its office: one in which nobody wrote for long is closed, and
 * who waits in vain is told so once, as their desk is. Gives how many were told something.
 */
export async function tellTalks(db: Db, room: Omit<Room, 'client'>, now: Date): Promise<number> {
  return transaction(db, async client => {
    const { rows } = await client.query<OpenTalk>(
      `select k.conversation_id, k.ticket_id, k.office, k.begun_at, k.last_at, k.waits_since, k.told_away, t.code, t.desk,
         t.answer_due, c.language
       from talks k join tickets t on t.id = k.ticket_id join conversations c on c.id = k.conversation_id
       order by k.last_at limit 1000 for update of k skip locked`,
    )
    let told = 0
    for (const talk of rows) {
      const { office, calendar, book } = room.houseOf(talk.office)
      const time = officeTime(office, calendar)
      const { silent, unanswered } = book.house.talk
      const waits = talk.waits_since !== null && !talk.told_away && isOpen(time, now)
      if (between(time, talk.last_at, now) >= silent * HOUR_MINUTES) {
        told += await tell(client, room, talk, now, [silence(talk)])
      } else if (waits && between(time, talk.waits_since ?? now, now) >= unanswered) {
        await client.query('update talks set told_away = true where conversation_id = $1', [
          talk.conversation_id,
        ])
        const due = talk.answer_due === null ? '' : formatDue(calendar, talk.answer_due, talk.language)
        told += await tell(client, room, talk, now, nobodyCame(talk, due, unanswered))
      }
    }
    return told
  })
}

type Said = Pick<Tell, 'key' | 'to' | 'said'>

/** The engine ends the talk and says so; what it wants back then tells the desk. */
function silence({ conversation_id: conversationId, last_at }: OpenTalk): Said {
  return {
    key: `silence/${conversationId}/talk/${last_at.getTime()}`,
    to: { conversationId },
    said: { type: 'silence' },
  }
}

function nobodyCame(talk: OpenTalk, due: string, minutes: number): Said[] {
  const { conversation_id: conversationId, begun_at, ticket_id: ticketId, code, desk } = talk
  const latest = talk.language === 'en' ? ` by ${due} at the latest` : ` paling lambat ${due}`
  const key = `away/${conversationId}/${begun_at.getTime()}`
  return [
    {
      key,
      to: { conversationId },
      said: { type: 'staff_away', why: 'unanswered', when: due === '' ? '' : latest },
    },
    {
      key: `${key}/desk`,
      to: { desk },
      said: {
        type: 'notice',
        text: `${code}: warga menunggu petugas lebih dari ${minutes} menit dan belum dijawab.`,
        ticketId,
      },
    },
  ]
}

async function tell(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  { office }: OpenTalk,
  at: Date,
  tells: Said[],
): Promise<number> {
  const stored = []
  for (const one of tells) stored.push(await storeTold(client, room.sealing, { ...one, office, at }))
  return stored.includes(true) ? 1 : 0
}
