import { MENU, openFlow, wantFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import { type Event, isTalk, type Option } from './state.ts'
import { FOLLOW_UP, flush, say, standingOf, type Taking } from './taking.ts'

/** Staff said something about a ticket. It reaches the citizen whatever is open, which is then put again. */
export function staffWrote(taking: Taking, event: Extract<Event, { type: 'staff_wrote' }>): void {
  const { ticket, kind, text, file, origin } = event
  taking.state.focus = { ticket, kind }
  flush(taking)
  taking.effects.push({
    type: 'send',
    text,
    from: 'staff',
    title: ticket,
    ...(kind === 'answered' ? { options: solvedOptions(taking, ticket) } : {}),
    ...(file === undefined ? {} : { file }),
    ...(origin === undefined ? {} : { origin }),
  })
  // In the middle of a talk nothing is put again, and no answer is asked for: it comes by itself.
  if (isTalk(taking.state)) return
  if (kind === 'asked') say(taking, phrase(taking, 'please_answer'))
  // The menu is no question that waits: it would only greet again below every word of staff.
  if (taking.state.at?.flow !== MENU || taking.state.asking !== undefined) putOpen(taking)
}

/** Staff changed what they had written: the better words, with the buttons that stood below the others. */
export function staffCorrected(taking: Taking, event: Extract<Event, { type: 'staff_corrected' }>): void {
  const { ticket, kind, text, origin } = event
  const options = kind === 'answered' ? { options: solvedOptions(taking, ticket) } : {}
  taking.effects.push({ type: 'send', text, from: 'staff', origin, edits: origin, ...options })
}

/** Ids with the ticket in them stay good for ever: an answer may be weighed for days. */
function solvedOptions(taking: Taking, ticket: string): Option[] {
  return [
    { id: `t.${ticket}.ok`, label: phrase(taking, 'solved_option') },
    { id: `t.${ticket}.no`, label: phrase(taking, 'unsolved_option') },
  ]
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
