import type { Identified } from '../records/listings.ts'
import { listingOf } from '../records/listings-of.ts'
import type { Ranked } from '../vacancies/nearest.ts'
import type { Profile } from '../vacancies/profile.ts'
import { isShown } from '../vacancies/shown.ts'
import { type Language, vacancyLabel, vacancyLine } from '../vacancies/spoken.ts'
import { understood, whyNot } from '../vacancies/why-not.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/** Vacancies of one message: what a telephone shows at once. */
const AT_ONCE = 5
/** Pages one may turn: who wants more says more of what they want. */
const MOST = 50

/**
 * Vacancies by free words. `kind`: found, none (nothing fits; the nearest are named with the reasons against them) or nothing (none is
 * open at all). `next` is the page behind this one, '' where there is none.
 */
export const findVacancies: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await find(room, request) })
  return outcomes
}

async function find(room: Room, request: Request): Promise<Record<string, string | Record<string, string>>> {
  const language: Language = request.conversation.language === 'en' ? 'en' : 'id'
  const book = await room.vacancies.of(request.office)
  const profile = book.read(request.with.text ?? '')
  const { fitting, ranked } = book.search(profile, request.at.getTime(), MOST + AT_ONCE)
  if (ranked.length === 0) return { kind: 'nothing', text: '', next: '', options: {} }
  const fits = ranked.filter(({ misfits }) => misfits === 0)
  const page = Math.max(0, Number(request.with.page) || 0)
  const from = page * AT_ONCE < fits.length ? page * AT_ONCE : 0
  const wanted = fits.length > 0 ? fits.slice(from, from + AT_ONCE) : ranked.slice(0, AT_ONCE)
  const shown = await contentOf(room, request, wanted)
  if (shown.length === 0) return { kind: 'nothing', text: '', next: '', options: {} }
  const { zone } = room.houseOf(request.office).office
  const lines = shown.map(({ vacancy, misfits }, n) => {
    const line = `${from + n + 1}. ${vacancyLine(vacancy, zone, request.at, language)}`
    const reasons = whyNot(room.vacancies.education, vacancy, profile, misfits, language)
    if (reasons.length === 0) return line
    return `${line}\n   ${language === 'id' ? 'Tidak cocok' : 'Does not fit'}: ${reasons.join('; ')}.`
  })
  const heading = headingOf(room, profile, { fitting, from, count: shown.length }, language)
  const hasMore = fits.length > from + AT_ONCE && from + AT_ONCE < MOST
  return {
    kind: fits.length > 0 ? 'found' : 'none',
    text: [heading, ...lines].join('\n'),
    next: hasMore ? String(from / AT_ONCE + 1) : '',
    options: Object.fromEntries(shown.map(({ vacancy }) => [vacancy.id, vacancyLabel(vacancy)])),
  }
}

/** As the records have them in this very turn: what was withdrawn a moment ago is not shown. */
async function contentOf(
  { client, vacancies }: Room,
  { office, at }: Request,
  wanted: Ranked[],
): Promise<{ vacancy: Identified<'vacancy'>; misfits: number }[]> {
  const shown: { vacancy: Identified<'vacancy'>; misfits: number }[] = []
  for (const { id, misfits } of wanted) {
    const vacancy = await listingOf(client, office, 'vacancy', id)
    if (vacancy === undefined || !isShown(vacancy, vacancies.examples)) continue
    if (new Date(vacancy.closes_at) > at) shown.push({ vacancy, misfits })
  }
  return shown
}

function headingOf(
  { vacancies }: Room,
  profile: Profile,
  { fitting, from, count }: { fitting: number; from: number; count: number },
  language: Language,
): string {
  const words = understood(vacancies.education, profile, language)
  const of = words === '' ? '' : language === 'id' ? ` untuk ${words}` : ` for ${words}`
  if (fitting === 0)
    return language === 'id'
      ? `Belum ada lowongan yang cocok${of}. Yang paling dekat, dan sebabnya:`
      : `No vacancy fits yet${of}. The nearest ones, and why not:`
  const which = fitting > count ? ` (${from + 1}–${from + count})` : ''
  return language === 'id'
    ? `${fitting} lowongan cocok dengan syarat tertulis${of}${which}. Yang memutuskan hanya panitia seleksi:`
    : `${fitting} vacancies fit what is written${of}${which}. The selection committee alone decides:`
}
