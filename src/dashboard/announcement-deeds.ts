import { deedOnAnnouncement } from './announcement.ts'
import { plannedTime, writtenCorrection, writtenDraft } from './announcement-words.ts'
import type { Seat } from './door.ts'
import { goTo } from './page.ts'
import { workOnAnnouncement } from './work-on-announcement.ts'

const KEY = /^[0-9a-f-]{36}$/
type Again = (seat: Seat, wrong: string) => Response | Promise<Response>

/** Drafts one; what does not do is shown again with what was typed. */
export async function draftDeed(seat: Seat, again: Again): Promise<Response> {
  const { form, t } = seat
  const key = form.of('key')
  if (!KEY.test(key)) return again(seat, t('Isi formulirnya lagi.', 'Fill in the form again.'))
  const written = writtenDraft(seat)
  if ('wrong' in written) return again(seat, written.wrong)
  const done = await workOnAnnouncement(seat, { verb: 'announce', code: '', ...written, key })
  if (done.is === 'refused') return again(seat, done.text)
  return goTo(seat, done.code === '' ? '/announcements' : `/announcements/${done.code}?done=yes`)
}

export function approveDeed(seat: Seat): Promise<Response> {
  return deedOnAnnouncement(seat, 'approve', { words: '', time: '' })
}

/** At the time in the form, or now. */
export function sendDeed(seat: Seat): Promise<Response> {
  return deedOnAnnouncement(seat, 'send', { words: plannedTime(seat), time: '' })
}

export function haltDeed(seat: Seat): Promise<Response> {
  return deedOnAnnouncement(seat, 'halt', { words: '', time: '' })
}

export function correctDeed(seat: Seat): Promise<Response> {
  return deedOnAnnouncement(seat, 'correct', writtenCorrection(seat))
}
