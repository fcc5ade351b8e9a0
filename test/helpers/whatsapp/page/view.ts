import { line, type Shown } from '../chat.ts'
import type { Citizen, Place } from '../citizen.ts'
import { instant } from '../world.ts'
import { sentences } from './sentences.ts'
import type { OfficeStage, Stage } from './stage.ts'

/** What one shows of oneself while typing goes out by itself after as long as the apps show it. */
const TYPING_MS = 10_000

export type Wish = Record<string, unknown>

/** Who there is to play, and where. */
export function people({ offices, citizens, staff }: Stage) {
  const named = (one: Citizen) => ({ id: one.pn, name: one.name })
  return {
    offices: offices.map(({ id, number }) => ({ id, number: number.digits })),
    citizens: citizens.map(named),
    staff: staff.map(named),
  }
}

export type Scene = { person: Citizen; office: OfficeStage; place: Place; isGroup: boolean }

/** The person, office and chat that the page means. Only staff see the group. */
export function findScene(stage: Stage, wish: Wish): Scene {
  const person = [...stage.citizens, ...stage.staff].find(one => one.pn === wish.as)
  const office = stage.offices.find(one => one.id === wish.office)
  if (person === undefined || office === undefined) throw new Error(sentences.nobody)
  const isGroup = wish.chat === 'group' && stage.staff.includes(person)
  return { person, office, place: isGroup ? office.group : office.number, isGroup }
}

function shown(message: Shown, { person }: Scene) {
  return {
    id: message.id,
    who: message.by.name,
    isOwn: message.by === person.account,
    text: message.deleted ? '' : message.text,
    line: line(message),
    deleted: message.deleted,
    edited: message.edited,
    reactions: [...message.reactions.values()].join(' '),
    quotes: message.quotes,
    at: message.at,
  }
}

/** Everything one person sees in one chat, and what the one who tries it wants to know. */
export function view(stage: Stage, wish: Wish) {
  const scene = findScene(stage, wish)
  const { person, office, place, isGroup } = scene
  const messages = person.in(place).messages()
  const last = office.number.presence.findLast(one => one.to === person.lid || one.to === person.pn)
  const isTyping = !isGroup && last?.state === 'composing' && last.at + TYPING_MS > instant()
  return {
    title: isGroup ? office.group.subject : office.number.account.name,
    messages: messages.map(one => shown(one, scene)),
    hasUnread: messages.some(one => one.by !== person.account && !one.read),
    typing: isTyping ? sentences.typing : '',
    isBlocked: person.account.blocked.has(office.number.account),
    isIn: office.group.members.some(one => one.name === office.number.account.name),
    isOnline: office.number.isOnline,
    isBanned: office.number.account.barred !== undefined,
    isAskedForCode: office.number.isAskedForCode,
    waiting: office.number.queue.length,
    problems: stage.whatsapp.problems.slice(-5),
  }
}
