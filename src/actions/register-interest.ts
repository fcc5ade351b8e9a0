import { agendaBetween } from '../records/agenda.ts'
import { chatsOf } from '../records/links.ts'
import { listingOf } from '../records/listings-of.ts'
import { placesTaken, registerInterest as register, registrationsOf } from '../records/registrations.ts'
import type { Item } from '../vacancies/agenda.ts'
import { readForm } from '../vacancies/form.ts'
import { isExample } from '../vacancies/shown.ts'
import { takesRegistrations } from '../vacancies/spoken-agenda.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

const SOON_MS = 90 * 86_400_000
const MOST = 8

/** What one may register for, as options. */
export const openRegistrations: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { office, at } of requests) {
    const all = await agendaBetween(room.client, office, at, new Date(at.getTime() + SOON_MS))
    const open = all.filter(item => isOpen(room, item, at)).slice(0, MOST)
    outcomes.push({
      result: {
        count: String(open.length),
        options: Object.fromEntries(open.map(({ id, title }) => [id, title])),
      },
    })
  }
  return outcomes
}

/**
 * The form of an item, question by question. `given` holds the answers so far and goes round with each. `kind`: ask (then `ask` is the next
 * question, with what was wrong with the last answer), ready (then `summary` shows all), already or gone.
 */
export const fillForm: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await fill(room, request) })
  return outcomes
}

async function fill(room: Room, request: Request): Promise<Record<string, string>> {
  const {
    office,
    at,
    conversation,
    with: { item: id = '', given = '', answer = '' },
  } = request
  const item = await listingOf(room.client, office, 'agenda', id)
  if (item === undefined || !isOpen(room, item, at)) return { kind: 'gone' }
  const mine = await registrationsOf(room.client, await chatsOf(room.client, conversation.id), at)
  const before = mine.find(({ agenda }) => agenda === id)
  if (before !== undefined) return { kind: 'already', title: item.title, text: String(before.number) }
  const taken = (await placesTaken(room.client, office, [id])).get(id) ?? 0
  const isFull = taken >= (item.places ?? 0)
  return { ...readForm(item, given, answer, isFull, conversation.language), title: item.title }
}

/** Registers with the answers of `fill_form`. `kind`: confirmed, waiting, already or gone; `text` is the number. */
export const registerInterest: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const {
    office,
    at,
    conversation,
    with: { item: id = '', given = '' },
  } of requests) {
    const item = await listingOf(room.client, office, 'agenda', id)
    if (item === undefined || item.places === null || !isOpen(room, item, at)) {
      outcomes.push({ result: { kind: 'gone', text: '' } })
      continue
    }
    const { number, status, isNew } = await register(room.client, room.sealing, {
      office,
      agenda: id,
      conversationId: conversation.id,
      places: item.places,
      answers: answersIn(given),
      at,
    })
    outcomes.push({ result: { kind: isNew ? status : 'already', text: String(number) } })
  }
  return outcomes
}

function isOpen({ vacancies }: Room, item: Item, at: Date): boolean {
  return item.approved_by !== null && (vacancies.examples || !isExample(item)) && takesRegistrations(item, at)
}

function answersIn(given: string): Record<string, string> {
  return given === '' ? {} : (JSON.parse(given) as Record<string, string>)
}
