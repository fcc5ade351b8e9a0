import { progressText } from '../desk/progress-text.ts'
import { audienceText } from '../desk/read-audience.ts'
import { countsOf, learn } from '../records/announced.ts'
import { openAnnouncements } from '../records/announcements.ts'
import { markOfChat, unheardOf } from '../records/unheard.ts'
import type { Outcome, Room } from './action.ts'
import { aheadOf } from './ahead-of.ts'
import { type Announced, announcementSaid, nextVerbs } from './announced-work.ts'

/** Lines of a list. */
const MOST = 10
/** Chats named in a group, by marks. */
const MOST_NAMED = 5

/** *kemajuan CODE*: how it stands this moment. */
export async function tellProgress({ room, request, version }: Announced): Promise<Outcome> {
  await learn(room.client, version)
  const counts = await countsOf(room.client, version)
  const unheard = await unheardOf(room.client, version, MOST_NAMED)
  const marks = unheard.map(({ conversationId }) => markOfChat(conversationId))
  const text = progressText(version, counts, aheadOf(room, version.office, request.at), marks)
  return announcementSaid(version.code, text, nextVerbs(version))
}

/** *kemajuan* alone: what is not over. */
export async function listAnnouncements(room: Room, office: string): Promise<Outcome> {
  const open = await openAnnouncements(room.client, office, MOST)
  const states = {
    draft: 'menunggu persetujuan',
    approved: 'disetujui',
    sending: 'sedang dikirim',
  } as Record<string, string>
  const lines = open.map(
    ({ code, version, status, audience, draftedBy }) =>
      `• ${code} versi ${version}, ${states[status]}: ${audienceText(audience)}, disusun ${draftedBy}`,
  )
  const text =
    lines.length === 0
      ? 'Tidak ada pengumuman yang sedang berjalan. Untuk membuatnya, ketik /umumkan'
      : lines.join('\n')
  return { result: { text } }
}
