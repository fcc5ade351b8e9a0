import { asWritten } from '../conversation/as-written.ts'
import type { House } from '../offices/house.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { DatedKind, Dates } from '../records/listing-dates.ts'
import { recruitmentNotice } from './announcement-words.ts'

type Language = 'id' | 'en'

/** What happens then: "lowongan Analis Hukum ditutup", "tahap SKD dimulai". */
export function happening(kind: DatedKind, { title, starts }: Dates, due: Date, language: Language): string {
  const name = `*${asWritten(title)}*`
  const begins = due.getTime() === starts.getTime()
  if (language === 'en') {
    if (kind === 'vacancy') return `the vacancy ${name} closes`
    return `${kind === 'stage' ? 'the stage' : 'the event'} ${name} ${begins ? 'begins' : 'ends'}`
  }
  if (kind === 'vacancy') return `lowongan ${name} ditutup`
  return `${kind === 'stage' ? 'tahap' : 'acara'} ${name} ${begins ? 'dimulai' : 'berakhir'}`
}

/** A whole reminder as its citizen gets it. */
export function reminderText(
  house: House,
  kind: DatedKind,
  dates: Dates,
  { due, zone, language }: { due: Date; zone: string; language: Language },
): string {
  const when = spokenMoment(due, dates.zone, zone, language)
  const what = happening(kind, dates, due, language)
  const isRecruitment = kind !== 'agenda'
  return [
    language === 'en' ? `*Reminder*: ${what} on ${when}.` : `*Pengingat*: ${what} ${when}.`,
    ...(isRecruitment ? recruitmentNotice(house, language) : []),
    language === 'en'
      ? 'You asked for this reminder. See the others with *reminders*; *stop* ends them all.'
      : 'Pengingat ini permintaan Bapak/Ibu. Yang lain dapat dilihat dengan *pengingat*; *stop* menghentikan semuanya.',
  ].join('\n\n')
}
