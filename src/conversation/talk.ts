import { writesClosed } from './closed-report.ts'
import type { Reply } from './hear.ts'
import { openByWord } from './open-by-word.ts'
import { MENU, openFlow, wantFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import { rest } from './rest.ts'
import { pressedTicket } from './staff.ts'
import { isTalk } from './state.ts'
import { flush, say, type Taking } from './taking.ts'
import { type Deed, deedOf } from './vocabulary.ts'

/**
 * Staff come by themselves. What stands open stays as it is, word for word; a citizen who called them waits already. In the middle of
 * a report for the restricted desk they have to wait: its next words may have been sent before anybody could read that they came.
 */
export function joinTalk(taking: Taking): void {
  const isAwaited = isTalk(taking.state)
  if (!isAwaited && writesClosed(taking.state.at)) {
    taking.state.joins = true
    say(taking, phrase(taking, 'talk_waits'))
    putOpen(taking)
    return
  }
  say(taking, phrase(taking, isAwaited ? 'talk_joined' : 'talk_begun'))
  if (!isAwaited) taking.state.talk = true
}

/** The bot is back, where it stood: the open question is put again. */
export function endTalk(taking: Taking, how: 'ended' | 'cancelled' | 'silent'): void {
  const { state } = taking
  delete state.joins
  if (!isTalk(state)) return
  const called = state.talk === undefined
  delete state.talk
  const isOpen = !called && (state.at !== undefined || state.asking !== undefined)
  say(taking, phrase(taking, how === 'silent' ? 'talk_silent' : isOpen ? 'talk_over' : 'bot_back'))
  if (called) rest(taking, how)
  else putOpen(taking)
}

/** While a person talks, all but the words that always work go to the desk, in silence. */
export function talkToStaff(taking: Taking, reply: Reply): void {
  if (reply.choice !== undefined) {
    pressInTalk(taking, reply.choice)
    return
  }
  const deed = deedOf(taking.words, reply.text, reply.said)
  if (deed?.does === 'help') {
    say(taking, phrase(taking, 'help'))
    return
  }
  if (deed?.does === 'cancel') {
    endTalk(taking, 'cancelled')
    return
  }
  if (leaveByWord(taking, deed)) return
  if (
    deed === undefined &&
    ENDS_IN_CODE.test(reply.text) &&
    leaveFor(taking, () => openByWord(taking, reply))
  )
    return
  flush(taking)
  const text = reply.text || reply.position || ''
  const file = reply.file ?? reply.voice ?? ''
  taking.effects.push({ type: 'perform', action: 'relay_to_staff', with: { text, file } })
}

/** "status LSM-2611-7K4QXH": what is said to a person seldom is one word and something like a code. */
const ENDS_IN_CODE = /^\S+(?:\s\S+)?\s(?=\S*\d)\S{6,}$/

// Not the follow-up and not a question: what opens those is what one says to a person one is talking to.
const LEAVES_TALK = new Set([
  MENU,
  'complaint',
  'status',
  'privacy',
  'my_data',
  'erase',
  'stop',
  'language',
  'appeal',
])

/** Words that ask for the bot. *Menu* gives back what was open, and opens the menu where nothing was. */
function leaveByWord(taking: Taking, deed: Deed | undefined): boolean {
  const { state } = taking
  const flow = deed?.does === 'menu' ? MENU : deed?.flow
  if (flow === undefined || !LEAVES_TALK.has(flow)) return false
  if (state.talk === undefined) {
    // What was called through a flow is left as that flow: a draft put aside comes back when the next one ends.
    say(taking, phrase(taking, 'talk_over'))
    openFlow(taking, flow)
    return true
  }
  if (flow === MENU && (state.at !== undefined || state.asking !== undefined)) {
    endTalk(taking, 'cancelled')
    return true
  }
  delete state.talk
  say(taking, phrase(taking, 'talk_over'))
  wantFlow(taking, flow)
  return true
}

/** Leaves the talk for something else, unless that turns out to be nothing: then the talk never stopped. */
function leaveFor(taking: Taking, open: () => boolean): boolean {
  const { state } = taking
  const { talk } = state
  const before = taking.said.length
  delete state.talk
  say(taking, phrase(taking, 'talk_over'))
  if (open()) return true
  if (talk) state.talk = talk
  taking.said.splice(before)
  return false
}

/** A button below an answer says something about its ticket; any other belongs to a question that waits. */
function pressInTalk(taking: Taking, choice: string): void {
  if (!leaveFor(taking, () => pressedTicket(taking, choice))) say(taking, phrase(taking, 'talk_first'))
}
