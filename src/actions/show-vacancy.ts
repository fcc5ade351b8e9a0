import { listingOf } from '../records/listings-of.ts'
import { isShown } from '../vacancies/shown.ts'
import { type Language, vacancyText } from '../vacancies/spoken.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/** One vacancy whole. `kind`: asn (there is one place to apply, and it is not here), other, or gone. */
export const showVacancy: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await show(room, request) })
  return outcomes
}

async function show(
  { client, vacancies, houseOf }: Room,
  request: Request,
): Promise<{ kind: string; text: string; id: string }> {
  const { office, at, conversation } = request
  const vacancy = await listingOf(client, office, 'vacancy', request.with.vacancy ?? '')
  const isOpen =
    vacancy !== undefined && isShown(vacancy, vacancies.examples) && new Date(vacancy.closes_at) > at
  if (!isOpen) return { kind: 'gone', text: '', id: '' }
  const language: Language = conversation.language === 'en' ? 'en' : 'id'
  const text = vacancyText(vacancy, houseOf(office).office.zone, language)
  return { kind: vacancy.kind === 'other' ? 'other' : 'asn', text, id: vacancy.id }
}
