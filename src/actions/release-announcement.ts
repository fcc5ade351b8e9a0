import { progressText } from '../desk/progress-text.ts'
import { readSendTime } from '../desk/send-time.ts'
import { quietUntil } from '../offices/quiet-hours.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import { countsOf, takeBack } from '../records/announced.ts'
import { approve, moveOn, sendFrom } from '../records/announcements.ts'
import type { Outcome, Room } from './action.ts'
import { aheadOf } from './ahead-of.ts'
import { type Announced, announcementSaid, nextVerbs } from './announced-work.ts'

/** *setujui*: two people, always. Of two at once one has approved it, and the other reads who. */
export async function approveAnnouncement({ room, request, staff, version }: Announced): Promise<Outcome> {
  const { code } = version
  const said = (text: string, verbs = nextVerbs(version)) => announcementSaid(code, text, verbs)
  if (version.status !== 'draft') {
    const by = version.approvedBy === null ? '' : ` oleh ${version.approvedBy}`
    return said(
      version.status === 'approved'
        ? `${code} sudah disetujui${by}.`
        : `${code} tidak lagi menunggu persetujuan${by}.`,
    )
  }
  if (!staff.mayApprove) return said(`${staff.name}: menyetujui pengumuman hanya boleh kepala atau admin.`)
  if (!(await approve(room.client, version, staff)))
    return said(
      `${staff.name}: ${code} Anda susun sendiri. Orang lain, kepala atau admin, yang menyetujuinya.`,
    )
  const approved = `${code} versi ${version.version} disetujui ${staff.name}`
  if (version.sendAt !== null)
    return said(`${approved}; ${whenText(room, version, version.sendAt, request.at)}`, ['progress', 'halt'])
  return said(`${approved}. Kirim sekarang, atau ketik waktunya: kirim ${code} besok 08.00`, ['send', 'halt'])
}

/** *kirim*: now, or at a time. */
export async function sendAnnouncement({
  room,
  request,
  staff,
  words,
  version,
}: Announced): Promise<Outcome> {
  const { code } = version
  const said = (text: string) => announcementSaid(code, text, nextVerbs(version))
  if (version.status === 'draft')
    return said(`${code} belum disetujui. Orang lain, kepala atau admin, mengetik: setujui ${code}`)
  if (version.status !== 'approved')
    return said(`${code} sudah dikirim atau dihentikan. Ketik: kemajuan ${code}`)
  const { office } = room.houseOf(version.office)
  const at = readSendTime(words, office.zone, request.at)
  if (at === undefined)
    return said(`Saya belum mengerti waktunya, atau sudah lewat. Contoh: kirim ${code} besok 08.00`)
  await sendFrom(room.client, version, at)
  const when = whenText(room, version, at, request.at)
  return announcementSaid(code, `${code} ${when} (${staff.name})`, ['progress', 'halt'])
}

/** From when on citizens get it: not while they sleep. */
function whenText(room: Room, { office: id }: Announced['version'], at: Date, now: Date): string {
  const { office } = room.houseOf(id)
  const clock = (moment: Date) => spokenMoment(moment, office.zone, office.zone, 'id')
  const when = at <= now ? 'mulai dikirim' : `dikirim mulai ${clock(at)}`
  const quiet = quietUntil(office.quiet_hours, office.zone, at <= now ? now : at)
  return quiet === undefined ? when : `${when}; saat itu jam tenang, warga menerimanya mulai ${clock(quiet)}`
}

/** *hentikan*: nobody more is told. What a platform has already cannot be taken back there. */
export async function haltAnnouncement({ room, request, staff, version }: Announced): Promise<Outcome> {
  const { client } = room
  const { code } = version
  if (!(await moveOn(client, version, ['draft', 'approved', 'sending'], 'stopped', request.at)))
    return announcementSaid(code, `${code} sudah selesai atau dihentikan.`, ['progress'])
  await takeBack(client, version, 'stopped')
  const progress = progressText(
    { ...version, status: 'stopped' },
    await countsOf(client, version),
    aheadOf(room, version.office, request.at),
  )
  return announcementSaid(code, `${code} dihentikan ${staff.name}.\n${progress}`, ['progress'])
}
