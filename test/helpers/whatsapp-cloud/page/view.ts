import type { Citizen } from '../citizen.ts'
import type { Fields, Message } from '../shapes.ts'
import { sentences } from './sentences.ts'
import type { OfficeStage, Stage } from './stage.ts'

/** Typing is shown for 25 seconds at most. */
const TYPING_MS = 25_000
const DAY_MS = 24 * 60 * 60 * 1000

/** Who there is to play, and where. */
export function people({ offices, citizens }: Stage) {
  return {
    offices: offices.map(({ id }) => id),
    citizens: citizens.map(({ state, name }) => ({ id: state.key, name })),
  }
}

/** The citizen and the office that the page means. */
export function findScene(stage: Stage, wish: Fields): { here: Citizen; office: OfficeStage } {
  const person = stage.citizens.find(({ state }) => state.key === Number(wish.as))
  const office = stage.offices.find(({ id }) => id === wish.office)
  if (person === undefined || office === undefined) throw new Error(sentences.nobody)
  return { here: person.in(office.business), office }
}

function shown({ media, ...message }: Message, stage: Stage) {
  const mime = media === undefined ? undefined : stage.graph.media.get(media)?.mime
  return { ...message, ...(media === undefined ? {} : { media, mime }) }
}

/** Everything one citizen sees in the chat with one office, and what the one who tries it wants to know. */
export function view(stage: Stage, wish: Fields) {
  const { here, office } = findScene(stage, wish)
  const { graph } = stage
  const { typing, lastInboundAt, isBlocked } = here.chat
  const messages = here.messages()
  const isTyping = typing !== undefined && graph.world.now() < typing + TYPING_MS
  const isOpen = lastInboundAt !== undefined && graph.world.now() < lastInboundAt + DAY_MS
  return {
    title: office.business.name,
    messages: messages.map(message => shown(message, stage)),
    hasUnread: messages.some(one => one.from === 'business' && !one.statuses?.includes('read')),
    typing: isTyping ? sentences.typing : '',
    isBlocked,
    isLinked: office.isLinked,
    window: isOpen ? sentences.open : sentences.closed,
    pending: office.business.pending.length,
    violations: graph.violations.slice(-5),
  }
}
