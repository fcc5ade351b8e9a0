import type { Calendar } from '../offices/calendar.ts'
import { type Mark, placeOf } from '../offices/clock-rules.ts'
import { formatDay, formatDue } from '../offices/due-date.ts'
import type { ClockName } from '../records/ticket-clocks.ts'

/** One thing a desk should know of a clock; no word of the report is in it. */
export type ClockNotice = { code: string; clock: ClockName; due: string } & (
  | { what: 'mark'; mark: Mark; isTaken: boolean; at: string }
  | { what: 'moved'; from: string }
)

/** What waits at a desk this morning. */
export type Digest = {
  day: string
  open: number
  dueToday: number
  overdue: number
  untaken: number
  /** Once a week: what is open, the most urgent first. */
  list: { code: string; status: string; due: string | null }[]
  /** What citizens ask and no article answers, the most asked first; `code` is '' where nobody called a person. */
  asked: { chats: number; text: string; code: string }[]
}

/** What one message takes of a list, the latest first; staff look the rest up. */
const MOST = 20
const CLOCKS: Record<ClockName, string> = { answer: 'jawaban pertama', resolve: 'penyelesaian' }

/** All that a desk has to be told now, as one message; '' when there is nothing. */
export function noticeText(calendar: Calendar, notices: ClockNotice[], digest: Digest | undefined): string {
  const late = notices
    .filter(one => one.what === 'mark')
    .toSorted((a, b) => placeOf(b.mark) - placeOf(a.mark))
  const moved = notices.filter(({ what }) => what === 'moved')
  const parts = [
    section(
      '*Pengingat batas waktu*',
      late.map(notice => line(calendar, notice)),
    ),
    section(
      '*Batas waktu berubah karena hari kerja berubah*',
      moved.map(notice => line(calendar, notice)),
    ),
    ...(digest === undefined ? [] : digestText(calendar, digest)),
  ].filter(part => part !== '')
  const text = parts.join('\n\n')
  return text.includes('(perkiraan)')
    ? `${text}\n\nTanggal bertanda (perkiraan): hari libur tahun itu belum dimasukkan.`
    : text
}

function line(calendar: Calendar, notice: ClockNotice): string {
  const due = formatDue(calendar, notice.due, 'id')
  const what = `• ${notice.code}, ${CLOCKS[notice.clock]}: `
  if (notice.what === 'moved') return `${what}${formatDue(calendar, notice.from, 'id')} menjadi ${due}`
  const taken = notice.isTaken ? '' : ', belum diambil'
  const where = notice.at === '' ? '' : `, di ${notice.at}`
  if ('percent' in notice.mark)
    return `${what}${notice.mark.percent} % waktu terpakai, paling lambat ${due}${taken}${where}`
  const late = notice.mark.daysAfter === 0 ? '' : ` lebih dari ${notice.mark.daysAfter} hari kerja`
  return `${what}batas ${due} sudah lewat${late}${taken}${where}`
}

function digestText(calendar: Calendar, digest: Digest): string[] {
  const counts = [
    `Terbuka: ${digest.open}`,
    `jatuh tempo hari ini: ${digest.dueToday}`,
    `lewat batas: ${digest.overdue}`,
    `belum diambil: ${digest.untaken}`,
  ]
  return [
    `*Ringkasan ${formatDay(digest.day, 'id')}*\n${counts.join(' · ')}`,
    section(
      '*Daftar pekan ini*',
      digest.list.map(
        ({ code, status, due }) =>
          `• ${code}, ${status}${due === null ? '' : `, paling lambat ${formatDue(calendar, due, 'id')}`}`,
      ),
      digest.open,
    ),
    section(
      '*Sering ditanyakan, belum terjawab*',
      digest.asked.map(
        ({ chats, text, code }) => `• ${chats} warga: ${text}${code === '' ? '' : `, misalnya ${code}`}`,
      ),
    ),
  ]
}

/** A heading and its lines, at most so many of `all`; '' without any. */
function section(heading: string, lines: string[], all = lines.length): string {
  if (lines.length === 0) return ''
  const shown = lines.slice(0, MOST)
  const rest = all > shown.length ? [`… dan ${all - shown.length} lainnya`] : []
  return [heading, ...shown, ...rest].join('\n')
}
