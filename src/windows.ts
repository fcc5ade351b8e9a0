import { storeTold } from './inbox/store-told.ts'
import type { House } from './offices/house.ts'
import { filledTemplate } from './offices/message-templates.ts'
import type { Claimed } from './outbox/claim.ts'
import type { Windows } from './outbox/hold.ts'
import { FIRST, REMINDER } from './outbox/pace.ts'
import type { Queryable } from './records/db.ts'
import type { Sealing } from './records/sealing.ts'

/** What is done where a platform takes nothing until the citizen writes: their office's template, or word to the desk. */
export function windowsOf(sealing: Sealing, houseOf: (office: string) => House): Windows {
  return {
    templateFor({ office: id, language, title: code, urgency }) {
      const { office } = houseOf(id)
      // What is said first says so: Meta approves words by what they are for.
      const purpose = urgency < FIRST ? 'waiting' : code === REMINDER ? 'reminder' : 'announcement'
      const about = urgency < FIRST ? code : ''
      return filledTemplate(office.whatsapp_templates, purpose, language, {
        code: about,
        office: office.short,
      })
    },
    tellHeld: (on, message) => tellDeskOfHeld(on, sealing, message),
  }
}

/** Once a ticket, for as long as its citizen does not write: whoever wants to reach them must know that they cannot. */
export async function tellDeskOfHeld(
  on: Queryable,
  sealing: Sealing,
  { office, title, conversationId }: Pick<Claimed, 'office' | 'title' | 'conversationId'>,
): Promise<void> {
  if (title === '') return
  const { rows } = await on.query<{ id: string; desk: string; since: number | null }>(
    `select id, desk, (select min(seq) from outbox where conversation_id = $3 and status = 'held') as since
     from tickets where office = $1 and code = $2`,
    [office, title, conversationId],
  )
  const ticket = rows[0]
  if (ticket === undefined) return
  const text =
    `*${title}*: pesan belum dapat dikirim. WhatsApp hanya mengizinkannya dalam 24 jam sejak pelapor terakhir menulis. ` +
    'Pesan disimpan dan terkirim begitu pelapor menulis lagi, paling lama 30 hari.'
  await storeTold(on, sealing, {
    key: `held/${ticket.id}/${ticket.since ?? 0}`,
    office,
    to: { desk: ticket.desk },
    said: { type: 'notice', text, ticketId: ticket.id },
    at: new Date(),
  })
}
