import { ANNOUNCE_VERBS, type AnnounceVerb } from '../desk/announce-command.ts'
import { latestVersion } from '../records/announcements.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import type { Announced } from './announced-work.ts'
import { listAnnouncements, tellProgress } from './announcement-progress.ts'
import { type Announcing, announcing } from './announcing-staff.ts'
import { correctAnnouncement } from './correct-announcement.ts'
import { draftAnnouncement } from './draft-announcement.ts'
import { previewAnnouncement } from './preview-announcement.ts'
import { approveAnnouncement, haltAnnouncement, sendAnnouncement } from './release-announcement.ts'

const WORK: Record<Exclude<AnnounceVerb, 'announce'>, (work: Announced) => Promise<Outcome>> = {
  preview: previewAnnouncement,
  approve: approveAnnouncement,
  send: sendAnnouncement,
  halt: haltAnnouncement,
  correct: correctAnnouncement,
  progress: tellProgress,
}

/** Staff draft an announcement, look at it, approve what another drafted, send it, stop it, correct it, ask how it goes. */
export const workAnnouncement: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const staff = await announcing(room, request)
    // To strangers the group is a wall here as well.
    outcomes.push(staff === undefined ? { result: {} } : await workOn(room, request, staff))
  }
  return outcomes
}

async function workOn(room: Room, request: Request, staff: Announcing): Promise<Outcome> {
  const { verb: named = '', code = '', words = '' } = request.with
  if (!Object.hasOwn(ANNOUNCE_VERBS, named)) return { result: {} }
  const verb = named as AnnounceVerb
  if ((verb === 'announce' || verb === 'correct') && !staff.mayWrite)
    return { result: { text: `${staff.name}: menulis pengumuman hanya untuk yang bertugas menulisnya.` } }
  if (verb === 'announce') return draftAnnouncement({ room, request, staff, words })
  if (code === '') return listAnnouncements(room, request.office)
  const version = await latestVersion(room.client, request.office, code)
  if (version === undefined)
    return {
      result: { text: `Tidak ada pengumuman ${code} di kantor ini. Ketik *kemajuan* untuk daftarnya.` },
    }
  return WORK[verb]({ room, request, staff, words, version })
}
