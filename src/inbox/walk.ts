import type { Outcome, Request, Room } from '../actions/action.ts'
import { actions } from '../actions/actions.ts'
import { droppedAnonymous } from '../conversation/dropped-anonymous.ts'
import { advance } from '../conversation/engine.ts'
import type { Effect, Event, State } from '../conversation/state.ts'
import { stepped } from '../conversation/stepped.ts'
import { advanceDesk } from '../desk/advance-desk.ts'
import type { DeskEffect, DeskEvent, DeskState } from '../desk/desk-state.ts'
import { killPoint } from '../lib/kill-point.ts'
import { localTime } from '../lib/local-time.ts'
import { forgetSentOf } from '../records/whatsapp-messages.ts'
import type { Saying, Taken, TakenTurn } from './taken.ts'

/** Actions may follow one another in a turn, but not for ever. */
const MAX_ROUNDS = 12

/**
 * Takes at most one arrival of each conversation: a pure step for each, then the actions they asked for, all
 * of one kind together, then a step with each result, until nobody waits for an action any more.
 */
export async function walkTogether(room: Room, taken: Taken, turns: TakenTurn[]): Promise<void> {
  let asked = turns.flatMap(turn => step(room, taken, turn, turn.arrival.said))
  for (let round = 0; asked.length > 0; round++) {
    if (round === MAX_ROUNDS) throw new Error(`A turn asked for more than ${MAX_ROUNDS} actions in a row.`)
    const outcomes = await performAll(room, asked)
    await forgetOnPhones(
      room,
      asked.filter((_, n) => outcomes[n]?.wipe === true).map(({ turn }) => turn),
    )
    asked = asked.flatMap(({ turn, waits }, n) => {
      const outcome = outcomes[n]
      if (outcome === undefined) throw new Error('An action gave no outcome.')
      taken.tells.push(...(outcome.tells ?? []))
      if (outcome.wipe) turn.conversation.wipe = true
      if (outcome.unsaid) turn.unsaid = true
      if (outcome.stop) turn.conversation.stop = true
      if (!waits || outcome.later) return []
      const said =
        'failed' in outcome
          ? { type: 'action_failed', reason: outcome.failed }
          : { type: 'action_finished', result: outcome.result }
      return step(room, taken, turn, said)
    })
  }
  // Dropped without an action, too.
  await forgetOnPhones(
    room,
    turns.filter(({ conversation }) => conversation.wipe),
  )
}

/** What is to be forgotten here was said on a phone as well, which may ask for it again. Comes before its outbox is forgotten. */
async function forgetOnPhones({ client, sealing }: Room, turns: readonly TakenTurn[]): Promise<void> {
  if (turns.length === 0) return
  await forgetSentOf(client, sealing, {
    chats: turns.map(({ conversation }) => conversation.id),
    tickets: [],
  })
}

type Asked = { turn: TakenTurn; action: string; request: Request; waits: boolean }

/** One event through the pure engine; what it says is noted, what it wants done is returned. */
function step(room: Room, taken: Taken, turn: TakenTurn, said: TakenTurn['arrival']['said']): Asked[] {
  const { conversation, arrival, events } = turn
  const { office, book } = room.houseOf(conversation.office)
  const event = { ...said, at: localTime(office.zone, arrival.at) }
  const { state, effects } =
    conversation.party === 'citizen'
      ? advance(book, conversation.state as State, event as unknown as Event)
      : advanceDesk(conversation.state as DeskState, event as unknown as DeskEvent)
  if (conversation.party === 'citizen') {
    const walk = [conversation.state as State, state as State, effects as Effect[]] as const
    turn.stepped.push(...stepped(...walk))
    if (droppedAnonymous(...walk)) conversation.wipe = true
  }
  conversation.state = state
  conversation.turn = state.turn
  events.push(event)
  return effects.flatMap((effect, n) =>
    carryOut(taken, turn, effect, `${conversation.id}/${state.turn}/${n}`),
  )
}

function carryOut(taken: Taken, turn: TakenTurn, effect: Effect | DeskEffect, key: string): Asked[] {
  const { conversation, arrival } = turn
  const request = (with_: Record<string, string>): Request => ({
    key,
    office: conversation.office,
    conversation: {
      id: conversation.id,
      channel: conversation.channel,
      language: 'language' in conversation.state ? conversation.state.language : 'id',
      party: conversation.party,
      desk: conversation.desk,
    },
    with: with_,
    at: arrival.at,
    message: arrival.messageHash,
  })
  switch (effect.type) {
    case 'send':
      taken.sayings.push(saying(turn, effect, key))
      if ('about' in effect) turn.about ??= effect.about ?? null
      return []
    case 'perform':
      return [{ turn, action: effect.action, request: request(effect.with), waits: true }]
    case 'hand_over':
      return [
        {
          turn,
          action: 'hand_over',
          request: request({ ...effect.with, desk: effect.desk, note: effect.note }),
          waits: false,
        },
      ]
    case 'hand_back':
      return [{ turn, action: 'hand_back', request: request({ how: effect.how }), waits: false }]
    case 'forget_file':
      return [{ turn, action: 'forget_file', request: request({ file: effect.file }), waits: false }]
    case 'note_unkept':
      return [{ turn, action: 'note_unkept', request: request({ ticket: effect.ticket }), waits: false }]
    case 'close':
      return []
    default:
      return effect satisfies never
  }
}

function saying(
  { conversation, arrival }: TakenTurn,
  effect: Extract<Effect | DeskEffect, { type: 'send' }>,
  key: string,
): Saying {
  conversation.lastSeq += 1
  return {
    key,
    conversation,
    seq: conversation.lastSeq,
    from: 'from' in effect && effect.from === 'staff' ? 'staff' : 'bot',
    text: effect.text,
    options: effect.options ?? [],
    wants: 'wants' in effect ? (effect.wants ?? null) : null,
    about: 'about' in effect ? (effect.about ?? null) : null,
    // Nobody at a desk waits for what it is told; who pressed a button there does.
    urgency: arrival.told && conversation.party === 'desk' ? 1 : 0,
    title: 'title' in effect ? (effect.title ?? '') : '',
    brief: 'brief' in effect ? (effect.brief ?? '') : '',
    file: 'file' in effect ? (effect.file ?? null) : null,
    origin: 'origin' in effect ? (effect.origin ?? null) : null,
    edits: 'edits' in effect ? (effect.edits ?? null) : null,
  }
}

/** Runs each kind of action once, for all who asked; outcomes in the order of `asked`. */
async function performAll(room: Room, asked: Asked[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const kinds = new Map<string, number[]>()
  for (const [n, { action }] of asked.entries()) kinds.set(action, [...(kinds.get(action) ?? []), n])
  for (const [name, places] of kinds) {
    const action = actions[name]
    if (action === undefined)
      throw new Error(`No action is called ${name}; flows:check lists those there are.`)
    const requests = places.flatMap(n => asked[n]?.request ?? [])
    const done = await action(room, requests)
    killPoint(`did ${name}`)
    for (const [k, n] of places.entries()) {
      const outcome = done[k]
      if (outcome !== undefined) outcomes[n] = outcome
    }
  }
  return outcomes
}
