import { agendaBetween } from '../records/agenda.ts'
import { listingOf } from '../records/listings-of.ts'
import { placesTaken } from '../records/registrations.ts'
import { distanceTo, type Item, inOrderFrom, namedBy, positionIn } from '../vacancies/agenda.ts'
import { isExample } from '../vacancies/shown.ts'
import type { Language } from '../vacancies/spoken.ts'
import { agendaLine, agendaText, isRecruitment, takesRegistrations } from '../vacancies/spoken-agenda.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

const DAY_MS = 86_400_000
/** "This week" is the coming seven days; when nothing is near then, whatever comes within two months. */
const [WEEK, LATER] = [7, 60]
const AT_ONCE = 6

/**
 * What takes place soon, nearest first from a shared position, by a kecamatan or another word, or by time. `kind`: found, or none.
 */
export const findAgenda: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await find(room, request) })
  return outcomes
}

async function find(
  room: Room,
  request: Request,
): Promise<{ kind: string; text: string; options: Record<string, string> }> {
  const {
    office,
    at,
    with: { place = '' },
  } = request
  const language = languageIn(request)
  const until = new Date(at.getTime() + LATER * DAY_MS)
  const all = (await agendaBetween(room.client, office, at, until)).filter(
    item => room.vacancies.examples || !isExample(item),
  )
  const from = positionIn(place)
  const named = from === undefined ? namedBy(all, place) : all
  const week = named.filter(item => Date.parse(item.starts_at) < at.getTime() + WEEK * DAY_MS)
  const chosen = inOrderFrom(week.length > 0 ? week : named, from).slice(0, AT_ONCE)
  if (chosen.length === 0) return { kind: 'none', text: '', options: {} }
  const lines = chosen.map((item, n) => `${n + 1}. ${agendaLine(item, distanceTo(item, from), language)}`)
  return {
    kind: 'found',
    text: warned(room, request, chosen, [heading(week.length > 0, language), ...lines].join('\n')),
    options: Object.fromEntries(chosen.map(item => [item.id, item.title])),
  }
}

/** One item whole. `kind`: open (one may register), plain, or gone. */
export const showAgenda: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await show(room, request) })
  return outcomes
}

async function show(room: Room, request: Request): Promise<{ kind: string; text: string; title: string }> {
  const {
    office,
    at,
    with: { item: id = '', place = '' },
  } = request
  const item = await listingOf(room.client, office, 'agenda', id)
  const isKnown =
    item !== undefined && item.approved_by !== null && (room.vacancies.examples || !isExample(item))
  if (!isKnown || new Date(item.ends_at) <= at) return { kind: 'gone', text: '', title: '' }
  const taken = (await placesTaken(room.client, office, [id])).get(id) ?? 0
  const { zone } = room.houseOf(office).office
  const km = distanceTo(item, positionIn(place))
  const text = agendaText(item, { here: zone, now: at, taken, km }, languageIn(request))
  return {
    kind: takesRegistrations(item, at) ? 'open' : 'plain',
    text: warned(room, request, [item], text),
    title: item.title,
  }
}

function languageIn({ conversation }: Request): Language {
  return conversation.language === 'en' ? 'en' : 'id'
}

function heading(isSoon: boolean, language: Language): string {
  if (isSoon) return language === 'id' ? 'Dalam tujuh hari ke depan:' : 'Within the next seven days:'
  return language === 'id'
    ? 'Dalam tujuh hari ke depan belum ada. Sesudahnya:'
    : 'Nothing within the next seven days. Later:'
}

/** Where work is offered among them, the house's warning stands below. */
function warned({ houseOf }: Room, { office, conversation }: Request, items: Item[], text: string): string {
  const warning = houseOf(office).book.house.phrases.recruitment_notice
  if (warning === undefined || !items.some(isRecruitment)) return text
  return `${text}\n\n${warning[conversation.language] ?? warning.id}`
}
