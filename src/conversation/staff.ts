import type { Reply } from './hear.ts'
import { openByWord } from './open-by-word.ts'
import { MENU, openFlow, wantFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import { rest } from './rest.ts'
import type { Event } from './state.ts'
import { FOLLOW_UP, flush, say, standingOf, type Taking } from './taking.ts'
import { deedOf } from './vocabulary.ts'

/** Staff said something about a ticket. It reaches the citizen whatever is open, which is then put again. */
export function staffWrote(taking: Taking, event: Extract<Event, { type: 'staff_wrote' }>): void {
  const { ticket, kind, text, file, origin } = event
  taking.state.focus = { ticket, kind }
  const options = [
    // Ids with the ticket in them stay good for ever: an answer may be weighed for days.
    { id: `t.${ticket}.ok`, label: phrase(taking, 'solved_option') },
    { id: `t.${ticket}.no`, label: phrase(taking, 'unsolved_option') },
  ]
  flush(taking)
  taking.effects.push({
    type: 'send',
    text,
    from: 'staff',
    ...(kind === 'answered' ? { options } : {}),
    ...(file === undefined ? {} : { file }),
    ...(origin === undefined ? {} : { origin }),
  })
  if (kind === 'asked') say(taking, phrase(taking, 'please_answer'))
  putOpen(taking)
}

/** A button below an answer of staff, `t.<ticket>.ok` or `.no`. False when the id is another kind of button. */
export function pressedTicket(taking: Taking, choice: string): boolean {
  const press = /^t\.([\w-]{1,40})\.(ok|no)$/.exec(choice)
  const ticket = press?.[1]
  if (ticket === undefined) return false
  wantFlow(taking, FOLLOW_UP, { ticket, wish: press?.[2] === 'ok' ? 'selesai' : 'belum' })
  return true
}

/**
 * The citizen says whether a ticket is solved: the one in focus, or one the flow lets them choose. False where it is
 * the message we ask for, about a report opened by its code or receipt.
 */
export function saidSolved(taking: Taking, solved: boolean): boolean {
  const { focus } = taking.state
  const here = standingOf(taking)
  if (here?.step.kind === 'ask' && own(here.at.answers, 'code') !== undefined) return false
  const wish = solved ? 'selesai' : 'belum'
  const { at } = taking.state
  if (at?.flow === FOLLOW_UP && at.waiting === 'reply') {
    // Said again while we ask about it: an answer, and no reason to ask what becomes of this very walk.
    const ticket = own(at.answers, 'ticket') ?? focus?.ticket
    openFlow(taking, FOLLOW_UP, { ...(ticket === undefined ? {} : { ticket }), wish })
    return true
  }
  const ticket = focus === undefined ? {} : { ticket: focus.ticket }
  wantFlow(taking, FOLLOW_UP, { ...ticket, wish })
  return true
}

/** A photo while staff wait for an answer belongs to that ticket, not to a new report. */
export function sendAboutFocus(taking: Taking, file: string): boolean {
  const { focus } = taking.state
  if (focus?.kind !== 'asked') return false
  taking.state.focus = { ...focus, kind: 'told' }
  openFlow(taking, FOLLOW_UP, { ticket: focus.ticket, wish: 'foto', file })
  return true
}

/** A loose text while a ticket is in focus: the answer to what staff asked, or more about it. */
export function writeAboutFocus(taking: Taking, text: string): boolean {
  const { focus } = taking.state
  if (focus === undefined) return false
  const wish = focus.kind === 'asked' ? { wish: 'tambah' } : undefined
  // Answered: what follows is no longer the answer to that question.
  taking.state.focus = { ...focus, kind: 'told' }
  openFlow(taking, FOLLOW_UP, { ticket: focus.ticket, ...wish, message: text })
  return true
}

/** While a person talks, all but the words that always work go to the desk, in silence. */
export function talkToStaff(taking: Taking, reply: Reply): void {
  const deed = deedOf(taking.words, reply.text, reply.said)
  if (deed?.does === 'help') {
    say(taking, phrase(taking, 'help'))
    return
  }
  if (deed?.does === 'cancel') {
    leaveStaff(taking, 'cancelled')
    return
  }
  const flow = deed?.does === 'menu' ? MENU : deed?.flow
  if (flow !== undefined && LEAVES_STAFF.has(flow)) {
    openFlow(taking, flow)
    return
  }
  if (deed === undefined && openByWord(taking, reply)) return
  flush(taking)
  const text = reply.text || reply.position || ''
  const file = reply.file ?? reply.voice ?? ''
  taking.effects.push({ type: 'perform', action: 'relay_to_staff', with: { text, file } })
}

// Not the follow-up and not a question: what opens those is what one says to a person one is talking to.
const LEAVES_STAFF = new Set([MENU, 'complaint', 'status', 'privacy', 'my_data', 'erase', 'stop', 'language'])

/** Staff have let go, or nobody spoke for long: the bot is back. */
export function leaveStaff(taking: Taking, how: 'ended' | 'cancelled' | 'silent'): void {
  say(taking, phrase(taking, 'bot_back'))
  rest(taking, how)
}
