import { versionsCalled } from '../records/announcement-list.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { addressesOf, unheardOf } from '../records/unheard.ts'
import { announcementPage, codeIn, noAnnouncement } from './announcement.ts'
import type { Seat } from './door.ts'
import { LEAST_WHY, MOST_UNHEARD } from './recipients.ts'

/** Opens their addresses for one look: with the second factor, and with a reason that stands in the log. */
export async function openRecipients(seat: Seat): Promise<Response> {
  const { t, door, house, member, form } = seat
  const why = form.of('why')
  const [latest] = await versionsCalled(door.db.pool, house.office.id, codeIn(seat))
  if (latest === undefined) return noAnnouncement(seat)
  if (why.length < LEAST_WHY)
    return announcementPage(seat, {
      said: {
        text: t('Tulis alasannya, paling sedikit 8 huruf.', 'Give a reason of at least 8 letters.'),
        good: false,
      },
    })
  const opened = await transaction(door.db, async client => {
    const unheard = await unheardOf(client, latest, MOST_UNHEARD)
    const entry = {
      office: house.office.id,
      actor: member.id,
      action: 'recipients_opened',
      subject: latest.code,
      why,
    }
    await note(client, door.room.sealing, entry, door.now())
    return addressesOf(
      client,
      door.room.sealing,
      unheard.map(({ conversationId }) => conversationId),
    )
  })
  const text = t(
    'Dibuka untuk sekali lihat; alasannya dicatat.',
    'Open for this look; the reason is written down.',
  )
  return announcementPage(seat, { opened, said: { text, good: true } })
}
