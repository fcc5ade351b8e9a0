import { readWords } from '../desk/announcement-draft.ts'
import { takeBack } from '../records/announced.ts'
import { addVersion, latestVersion, moveOn } from '../records/announcements.ts'
import type { Outcome } from './action.ts'
import { type Announced, announcementSaid } from './announced-work.ts'
import { audienceNow } from './audience-now.ts'
import { plannedTime, UNCLEAR_TIME } from './draft-announcement.ts'

/**
 * *koreksi*: the next version as a draft. What it corrects is sent to nobody more from now on: what is wrong must not go on being told
 * until somebody has approved what is right.
 */
export async function correctAnnouncement({
  room,
  request,
  staff,
  words,
  version,
}: Announced): Promise<Outcome> {
  const { client } = room
  const { id, code, audience } = version
  if (version.about !== null)
    return announcementSaid(
      code,
      `${code} mengikuti data lowongan atau agenda: ubah di sana, ralatnya terkirim sendiri.`,
      ['progress'],
    )
  const read = readWords(words)
  if ('wrong' in read) return announcementSaid(code, read.wrong, [])
  const sendAt = plannedTime(room, request)
  if (sendAt === 'unclear') return announcementSaid(code, UNCLEAR_TIME, [])
  // Nobody had it yet: then there is nothing to correct, and it goes to whoever asked.
  const toNew =
    version.version === 1 && version.beganAt === null ? true : version.toNew && version.beganAt === null
  await moveOn(client, version, ['draft', 'approved', 'sending'], 'replaced', request.at)
  await takeBack(client, version, 'replaced')
  await addVersion(client, id, { words: read, audience, toNew, sendAt, by: staff, at: request.at })
  const latest = await latestVersion(client, version.office, code)
  const who = latest === undefined ? '' : await audienceNow(room, latest)
  const text = [
    `*${code}* versi ${version.version + 1} disusun ${staff.name}. Versi sebelumnya tidak dikirim lagi.`,
    who,
    `Berikutnya orang lain, kepala atau admin: setujui ${code}`,
  ]
  return announcementSaid(code, text.join('\n'), ['preview', 'approve', 'halt'])
}
