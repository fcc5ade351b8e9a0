import { askAside, isAsking } from './aside.ts'
import type { Reply } from './hear.ts'
import { typed } from './hear.ts'
import { fileWord } from './hear-step.ts'
import { openByWord } from './open-by-word.ts'
import { MENU, openFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import { askLoosely } from './question.ts'
import { sendAboutFocus, writeAboutFocus } from './staff.ts'
import { say, type Taking } from './taking.ts'
import { deedOf, greetingOf, holdsPhrase } from './vocabulary.ts'

/** A reply that is no word of the house, while nothing is open. It always leads somewhere. */
export function replyAtRest(taking: Taking, reply: Reply): void {
  delete taking.state.asking
  if (openFirst(taking, reply)) return
  if (reply.kind !== 'text' && reply.text === '') {
    say(taking, phrase(taking, 'only_text'))
    openFlow(taking, MENU)
    return
  }
  if (openInWords(taking, reply)) return
  const greeting = greetingOf(taking.words, reply.text)
  if (greeting !== undefined) taking.greeting = greeting.answer
  if (greeting === undefined && reply.said.length > 2 && writeAboutFocus(taking, reply.text)) return
  if (greeting === undefined && askLoosely(taking, reply)) return
  openFlow(taking, MENU)
}

/**
 * What a loose message opens: an answer to staff, a flow by its word, a complaint, a question; behind a greeting too.
 * False when it is none of these, and nothing was said.
 */
export function openInWords(taking: Taking, reply: Reply): boolean {
  const { focus } = taking.state
  if (focus?.kind === 'asked' && reply.text !== '' && writeAboutFocus(taking, reply.text)) return true
  const greeting = greetingOf(taking.words, reply.text)
  const loose = greeting === undefined ? reply : typed(greeting.rest, reply.at)
  // The menu greets by itself; whatever else is opened is greeted for here.
  if (greeting !== undefined && loose.said !== '') say(taking, greeting.answer)
  const deed = greeting && deedOf(taking.words, loose.text, loose.said)
  if (deed?.flow !== undefined) {
    openFlow(taking, deed.flow)
    return true
  }
  if (greeting !== undefined && openByWord(taking, loose)) return true
  if (openLoose(taking, loose)) return true
  if (isAsking(taking, loose)) {
    askAside(taking, loose.text)
    return true
  }
  if (greeting !== undefined && loose.said.length > 2 && writeAboutFocus(taking, loose.text)) return true
  if (greeting !== undefined && loose.said !== '') taking.said.pop()
  return false
}

/** A photo, document or place as the first message begins a draft with it. */
function openFirst(taking: Taking, reply: Reply): boolean {
  const answer = reply.file ?? reply.position
  if (answer === undefined) return false
  if (reply.file !== undefined && reply.kind === 'photo' && sendAboutFocus(taking, reply.file)) return true
  const kind = reply.position !== undefined ? 'location' : reply.kind === 'photo' ? 'photo' : 'document'
  const first = own(taking.book.house.firsts, kind)
  if (first === undefined) return false
  say(taking, phrase(taking, fileWord(reply, true)))
  const caption = reply.text === '' ? undefined : looseStep(taking, first.flow)
  openFlow(taking, first.flow, {
    [first.step]: answer,
    ...(caption === undefined ? {} : { [caption]: reply.text }),
  })
  return true
}

/** The step that a loose text answers in this flow: a caption is one. */
function looseStep(taking: Taking, flow: string): string | undefined {
  return taking.words.loose.find(rule => rule.flow === flow)?.step
}

/** Words such as *lapor* or *rusak* inside a text begin a complaint; a long enough text is kept as its answer. */
function openLoose(taking: Taking, reply: Reply): boolean {
  const words = reply.said.split(' ')
  const rule = taking.words.loose.find(loose => holdsPhrase(words, loose.words))
  if (rule === undefined) return false
  openFlow(taking, rule.flow, reply.text.length >= rule.min ? { [rule.step]: reply.text } : {})
  return true
}
