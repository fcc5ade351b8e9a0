import { writeAudience } from '../desk/write-audience.ts'
import { localTime } from '../lib/local-time.ts'
import { type Asked, TOPICS } from '../records/audience.ts'
import type { Seat } from './door.ts'

/** What a form says of an announcement, as the desk's command has it; or why it says nothing. */
export type Written = { words: string; time: string } | { wrong: string }

/** A draft: for whom, what, and when. */
export function writtenDraft(seat: Seat): Written {
  const { form } = seat
  const topic = TOPICS.find(one => one === form.of('topic')) ?? 'news'
  const [kind, stage, education, place] = ['kind', 'stage', 'education', 'place'].map(name =>
    form.of(name).slice(0, 80),
  ) as [string, string, string, string]
  const audience = writeAudience({ topic, kind, stage, education, place })
  if (typeof audience !== 'string') return { wrong: whyNot(seat, audience.unread) }
  return { words: `untuk ${audience}:\n${bothTongues(seat)}`, time: plannedTime(seat) }
}

/** A correction: what is said instead, to whom the first was for. */
export function writtenCorrection(seat: Seat): Written {
  return { words: bothTongues(seat), time: plannedTime(seat) }
}

/** The English below a line of dashes; such lines in the words themselves would part them. */
function bothTongues({ form }: Seat): string {
  const [id = '', en = ''] = ['id', 'en'].map(name => form.of(name).replace(/^[ \t]*-{3,}[ \t]*$/gm, '———'))
  return en === '' ? id : `${id}\n---\n${en}`
}

/** A moment as browsers send it, as it is typed in a group: "2026-11-25 08.00", or "hari ini 15.00". */
export function plannedTime({ form, house, door }: Seat): string {
  const given = form.of('time')
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(given) ?? []
  if (day === undefined || clock === undefined) return given
  const today = localTime(house.office.zone, door.now()).slice(0, 10)
  return `${day === today ? 'hari ini' : day} ${clock.replace(':', '.')}`
}

function whyNot({ t }: Seat, unread: keyof Asked): string {
  switch (unread) {
    case 'education':
      return t(
        'Pendidikan hanya untuk lowongan, ditulis seperti: S1 Hukum, D3 Keperawatan, SMA.',
        'Education goes with vacancies alone, written like: S1 Hukum, D3 Keperawatan, SMA.',
      )
    case 'place':
      return t(
        'Tempat hanya untuk lowongan dan agenda, berupa nama kecamatan atau unit.',
        'A place goes with vacancies and events alone: the name of a district or a unit.',
      )
    case 'stage':
      return t('Tahap hanya untuk tahapan seleksi.', 'A stage goes with selection stages alone.')
    default:
      return t(
        'Jenis itu tidak sesuai dengan topiknya: CPNS dan PPPK untuk lowongan dan tahapan, selebihnya untuk agenda.',
        'That kind does not go with the topic: CPNS and PPPK with vacancies and stages, the others with events.',
      )
  }
}
