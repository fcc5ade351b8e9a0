import { HOW_TO_ANNOUNCE, readDraft } from '../desk/announcement-draft.ts'
import { audienceText } from '../desk/read-audience.ts'
import { readSendTime } from '../desk/send-time.ts'
import { addVersion, latestVersion, newAnnouncement } from '../records/announcements.ts'
import type { Outcome, Request, Room } from './action.ts'
import { type Announced, announcementSaid } from './announced-work.ts'
import { audienceNow } from './audience-now.ts'

/** *umumkan*: nothing leaves by it; somebody else has to say yes first. */
export async function draftAnnouncement({
  room,
  request,
  staff,
  words,
}: Omit<Announced, 'version'>): Promise<Outcome> {
  if (words === '') return { result: { text: HOW_TO_ANNOUNCE } }
  const draft = readDraft(words)
  if ('wrong' in draft) return { result: { text: draft.wrong } }
  const sendAt = plannedTime(room, request)
  if (sendAt === 'unclear') return { result: { text: UNCLEAR_TIME } }
  const { office, conversation, at } = request
  const made = await newAnnouncement(room.client, { office, about: null, desk: conversation.desk })
  if (made === undefined) return { failed: 'pengumuman tidak dapat dibuat; mohon coba lagi' }
  const { id, code } = made
  await addVersion(room.client, id, { ...draft, toNew: true, sendAt, by: staff, at })
  const version = await latestVersion(room.client, office, code)
  const who = version === undefined ? '' : await audienceNow(room, version)
  const text = [
    `*${code}* disusun ${staff.name} untuk yang meminta: ${audienceText(draft.audience)}.`,
    who,
    `Belum ada yang dikirim. Berikutnya orang lain, kepala atau admin: setujui ${code}`,
  ]
  return announcementSaid(code, text.join('\n'), ['preview', 'approve', 'halt'])
}

export const UNCLEAR_TIME = 'Saya belum mengerti waktunya, atau sudah lewat. Contoh: besok 08.00'

/** When it is to go, where whoever wrote it said so: it then goes by itself once somebody has approved it. */
export function plannedTime(room: Room, request: Request): Date | undefined | 'unclear' {
  const { time = '' } = request.with
  if (time === '') return undefined
  return readSendTime(time, room.houseOf(request.office).office.zone, request.at) ?? 'unclear'
}
