import { wallTime } from '../lib/wall-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Identified } from '../records/listings.ts'
import { type Language, sourceLine } from './spoken.ts'

type Stage = Identified<'stage'>

const DAY_MS = 86_400_000

/** Where a selection stands at that moment: the stage, what to do in it, what comes next, and all dates. Never anybody's result. */
export function stagesText(
  round: Identified<'round'>,
  stages: Stage[],
  here: string,
  at: Date,
  language: Language,
): string {
  const id = language === 'id'
  const running = stages.filter(stage => new Date(stage.starts_at) <= at && at <= new Date(stage.ends_at))
  const next = stages.find(stage => new Date(stage.starts_at) > at)
  const now = running.flatMap(stage => [
    `${id ? 'Sekarang' : 'Now'}: *${stage.name}*, ${id ? 'sampai' : 'until'} ${moment(stage.ends_at, stage, here, language)}${left(stage, at, language)}.`,
    `${id ? 'Yang perlu dilakukan' : 'What to do'}: ${stage.to_do}`,
  ])
  const lines = [
    `*${round.name}*`,
    ...(now.length > 0
      ? now
      : [id ? 'Saat ini tidak ada tahap yang berlangsung.' : 'No stage is running now.']),
    ...(next === undefined
      ? [id ? 'Tidak ada tahap berikutnya yang tercatat.' : 'No later stage is on record.']
      : [
          `${id ? 'Berikutnya' : 'Next'}: *${next.name}*, ${id ? 'mulai' : 'from'} ${moment(next.starts_at, next, here, language)}.`,
          ...(now.length > 0 ? [] : [`${id ? 'Yang perlu dilakukan' : 'What to do'}: ${next.to_do}`]),
        ]),
    '',
    id ? 'Semua tahap:' : 'All stages:',
    ...stages.map((stage, n) => `${n + 1}. ${stage.name}: ${days(stage, language)}`),
    '',
    ...links(stages, round, language),
    sourceLine(newest(round, stages), language),
    id
      ? 'Jadwal dapat berubah, dan hasil perorangan tidak kami ketahui: keduanya hanya ada di pengumuman resmi.'
      : 'Dates may change, and we do not know anybody’s result: both stand in official announcements alone.',
  ]
  return lines.join('\n')
}

function moment(at: string, { zone }: Stage, here: string, language: Language): string {
  return spokenMoment(new Date(at), zone, here, language)
}

/** How many days are left, from the second on: on the last one the hour says more. */
function left(stage: Stage, at: Date, language: Language): string {
  const count = Math.floor((Date.parse(stage.ends_at) - at.getTime()) / DAY_MS)
  if (count < 1) return ''
  return language === 'id' ? ` (${count} hari lagi)` : ` (${count} day(s) left)`
}

function days({ starts_at, ends_at, zone }: Stage, language: Language): string {
  const [from, to] = [starts_at, ends_at].map(at => wallTime(zone, new Date(at)).day)
  const first = formatDay(from ?? '', language)
  return from === to ? first : `${first} – ${formatDay(to ?? '', language)}`
}

function links(stages: Stage[], round: Identified<'round'>, language: Language): string[] {
  const all = [...new Set([round, ...stages].flatMap(({ link }) => link ?? []))]
  return all.length === 0
    ? []
    : [`${language === 'id' ? 'Tautan resmi' : 'Official links'}: ${all.join(' , ')}`]
}

/** What was read last: its source and day are named. */
function newest(first: Read, others: Read[]): Read {
  return others.reduce((best, one) => (one.as_of > best.as_of ? one : best), first)
}

type Read = { source: string; as_of: string }
