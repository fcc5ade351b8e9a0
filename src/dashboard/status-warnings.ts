import { allGroups } from '../desk/groups.ts'
import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'

/** Something a person must see to: what it is, whose move it is, and where. */
export type StaffWarning = { text: string; whose: string; link?: string; late: boolean }

const GIB = 1024 ** 3

/** All that stands open, the worst first. None is good news. */
export async function staffWarnings(seat: Seat): Promise<StaffWarning[]> {
  const found = [...(await ofOperator(seat)), ...(await ofDisk(seat)), ...(await ofOffice(seat))]
  return found.toSorted((a, b) => Number(b.late) - Number(a.late))
}

async function ofOperator({ door, t }: Seat): Promise<StaffWarning[]> {
  const whose = t('pengelola server', 'whoever runs the server')
  const words = {
    keys: t(
      'Belum ada salinan kunci yang dipastikan. Bila kunci hilang, tulisan warga tidak terbaca lagi.',
      'No copy of the keys is confirmed. If they are lost, nothing citizens wrote can be read.',
    ),
    backup: t(
      'Cadangan data belum ada, atau sudah lebih dari tujuh hari.',
      'There is no backup, or it is older than seven days.',
    ),
    clock: t(
      'Jam server melompat beberapa jam; selama sehari tidak ada data lama yang dihapus. Periksa layanan waktu (NTP).',
      'The clock of the server leapt by hours; for a day no old data is erased. Look at its time service (NTP).',
    ),
    restored: t(
      'Data dipulihkan dari cadangan; pesan ditahan sampai seseorang memutuskan.',
      'A backup was restored; messages are held until somebody decides.',
    ),
  }
  return (await door.warnings()).map(({ about }) => ({ text: words[about], whose, late: about !== 'keys' }))
}

async function ofDisk({ door, t }: Seat): Promise<StaffWarning[]> {
  const { free, total } = await door.space()
  if (free >= 2 * GIB && free >= total * 0.1) return []
  const gigabytes = (free / GIB).toFixed(1)
  return [
    {
      text: t(
        `Tempat penyimpanan tinggal ${gigabytes} GB. Bila habis, berkas lalu pesan tidak dapat diterima.`,
        `${gigabytes} GB of disk are left. Without room no files and then no messages are taken.`,
      ),
      whose: t('pengelola server', 'whoever runs the server'),
      late: free < GIB,
    },
  ]
}

async function ofOffice(seat: Seat): Promise<StaffWarning[]> {
  const { door, house, t } = seat
  const { office, calendar } = house
  const day = localTime(office.zone, door.now()).slice(0, 10)
  const year = Number(day.slice(0, 4))
  const whose = t('kantor ini', 'this office')
  const warnings: StaffWarning[] = []
  const warn = (isOpen: boolean, text: string, more: Partial<StaffWarning> = {}) => {
    if (isOpen) warnings.push({ text, whose, late: false, ...more })
  }
  const groups = (await allGroups(door.db.pool, door.room.sealing)).filter(
    one => one.office === office.id && one.status === 'active',
  )
  const alone = Object.entries(office.desks).filter(([id]) => !groups.some(({ desk }) => desk === id))
  const desks = alone.map(([, { name }]) => name).join(', ')
  warn(
    alone.length > 0 && door.mode === 'live',
    t(`Meja tanpa grup chat: ${desks}.`, `Desks without a chat group: ${desks}.`),
    { whose: 'administrator', link: linkTo(seat, '/groups') },
  )
  const articles = (await door.room.knowledge.of(office.id)).articles()
  const not = (how: string) => articles.filter(article => standing(article, day) === how).length
  const [expired, unconfirmed] = [not('expired'), not('unconfirmed')]
  warn(
    expired + unconfirmed > 0,
    t(
      `${expired} artikel kedaluwarsa dan ${unconfirmed} belum dipastikan; warga tidak membacanya.`,
      `${expired} articles have expired and ${unconfirmed} are not confirmed; citizens are not told them.`,
    ),
    { link: linkTo(seat, '/knowledge?standing=expired') },
  )
  warn(
    !calendar.years.has(year),
    t(
      `Kalender libur ${year} belum ada: tenggat hanya perkiraan.`,
      `The calendar of ${year} is missing: due dates are estimates.`,
    ),
    { whose: t('pengelola server', 'whoever runs the server') },
  )
  warn(
    !(office.hours ?? calendar.hours).confirmed,
    t('Jam buka belum dipastikan oleh kantor.', 'Nobody has confirmed the opening hours.'),
  )
  const contacts = office.contacts.filter(({ confirmed }) => !confirmed).length
  warn(contacts > 0, t(`${contacts} kontak belum dipastikan.`, `${contacts} contacts are not confirmed.`))
  return warnings
}
