import { openInWords, replyAtRest } from './at-rest.ts'
import { doDeed, greet } from './deeds.ts'
import { isTooMany } from './flood.ts'
import { type Reply, readReply, typed } from './hear.ts'
import { hearBeginning, hearChoice, hearExact, hearLabel, type Offered } from './hear-choice.ts'
import { hearStep } from './hear-step.ts'
import { hearWhole } from './hear-whole.ts'
import { answersHouse, personFlow, settleHouse } from './house-question.ts'
import { openByWord } from './open-by-word.ts'
import { MENU, openFlow } from './open-flow.ts'
import { phrase, speak } from './phrase.ts'
import { plain } from './plain.ts'
import { offeredNow, putOpen } from './put.ts'
import { askLoosely, isOffering, leaveOffer, pressedUnhelpful } from './question.ts'
import { refusedFile } from './refuse-file.ts'
import { settleReview } from './review.ts'
import { pressedTicket } from './staff.ts'
import { type Event, isTalk } from './state.ts'
import { keepAnswer, say, standingOf, type Taking } from './taking.ts'
import { talkToStaff } from './talk.ts'
import { hearUnkept } from './unkept.ts'
import { beginsLikeWord, type Deed, deedOf, holdsPhrase } from './vocabulary.ts'
import { giveUp, nextOf, walkTo } from './walk.ts'

/** The citizen said, pressed or sent something. A press, a label or a word of the house comes before the step. */
export function replied(taking: Taking, event: Extract<Event, { type: 'replied' }>): void {
  const said = readReply(event)
  const { state } = taking
  if (isTooMany(taking)) {
    warnAmidFlood(taking, said)
    return
  }
  delete state.quiet
  warn(taking, said)
  const reply = event.unkept ? hearUnkept(taking, said) : said
  if (reply === undefined) return
  if (event.edited === true) {
    hearEdit(taking, reply)
    return
  }
  if (state.talk === undefined && state.at !== undefined && standingOf(taking) === undefined) {
    giveUp(taking)
    return
  }
  if (isTalk(state)) {
    talkToStaff(taking, reply)
    return
  }
  if (refusedFile(taking, reply)) return
  if (reply.choice !== undefined) {
    press(taking, reply.choice)
    return
  }
  const offered = offeredNow(taking)
  const meant = reply.said === '' ? undefined : hearBeforeWords(taking, offered, reply)
  if (meant !== undefined) {
    choose(taking, meant)
    return
  }
  if (openedByLink(taking, event)) return
  const deed = wantedByLink(taking, event.start) ?? deedOf(taking.words, reply.text, reply.said)
  if (deed !== undefined && !isStepsOwn(taking, deed, offered, reply) && doDeed(taking, reply, deed)) return
  const mayOpen = deed === undefined && beginsLikeWord(taking.words, reply.said)
  if (mayOpen && (greet(taking, reply) || openByWord(taking, reply))) return
  if (state.at?.waiting === 'action') {
    say(taking, phrase(taking, 'please_wait'))
    return
  }
  if (state.asking !== undefined && answersHouse(taking, state.asking, offered, reply)) return
  if (leftOffer(taking, offered, reply)) return
  // A photo while the menu stands open is as good as one sent first: it begins a draft and is not lost.
  const isFirst = state.at?.flow === MENU && (reply.file ?? reply.position) !== undefined
  if (state.at === undefined || isFirst) {
    replyAtRest(taking, reply)
    return
  }
  const answer = hearOffered(taking, reply.said)
  if (answer !== undefined) {
    choose(taking, answer)
    return
  }
  // The menu takes words as well as a choice: after "horas" comes what the citizen wants.
  if (state.at.flow === MENU && (openInWords(taking, reply) || askLoosely(taking, reply))) return
  hearStep(taking, reply)
}

/** The option meant; at a question that asks for a value it must be named whole. */
function hearOffered(taking: Taking, said: string): string | undefined {
  const step = standingOf(taking)?.step
  const offered = offeredNow(taking)
  return step?.kind === 'choose' && step.whole ? hearWhole(offered, said) : hearChoice(offered, said)
}

/** Chooses from what is offered about a question: then true. Anything else leaves that, and is heard by what is open then. */
function leftOffer(taking: Taking, offered: Offered, reply: Reply): boolean {
  if (!isOffering(taking)) return false
  const answer = hearChoice(offered, reply.said)
  if (answer === undefined) leaveOffer(taking)
  else choose(taking, answer)
  return answer !== undefined
}

/** A word and a code: `?start=survei_7K4QX2`, as sheets on counters have it. A link that would put other words into a mouth opens nothing. */
function openedByLink(taking: Taking, { start = '', at }: Extract<Event, { type: 'replied' }>): boolean {
  if (!/^[A-Za-z_]+_(?=[A-Za-z-]*\d)[A-Za-z0-9-]{6,}$/.test(start)) return false
  return openByWord(taking, typed(start.replaceAll('_', ' '), at))
}

/** A link to the bot may carry a word that opens something: `?start=pengaduan`. Any other is a plain start. */
function wantedByLink(taking: Taking, start: string | undefined): Deed | undefined {
  if (start === undefined) return undefined
  const deed = taking.words.deeds.get(plain(start.replaceAll('_', ' ')))
  return deed?.does === 'open' ? deed : undefined
}

/**
 * An older message was changed. A person talking to the citizen sees it; the bot does not hear it as an answer, since the
 * question it would answer may be another one by now.
 */
function hearEdit(taking: Taking, reply: Reply): void {
  if (isTalk(taking.state)) {
    talkToStaff(taking, { ...reply, text: `(diubah) ${reply.text}` })
    return
  }
  say(taking, phrase(taking, 'edit_unheard'))
  putOpen(taking)
}

/** Emergency numbers go first, once in a walk, and whatever was said is heard all the same. */
export function warn(taking: Taking, reply: Reply): void {
  const { state, words, book } = taking
  if (state.warned || reply.said === '' || !holdsPhrase(reply.said.split(' '), words.emergencies)) return
  say(taking, speak(taking, book.house.emergencies.say))
  state.warned = true
}

/** Of all that is not heard, a cry for help is answered: once in that minute. */
function warnAmidFlood(taking: Taking, reply: Reply): void {
  const { minute } = taking.state
  const said = taking.said.length
  if (minute === undefined || minute.warned) return
  warn(taking, reply)
  if (taking.said.length > said) taking.state.minute = { ...minute, warned: true }
}

/** Whole labels win over words of the house; where a person is offered, so does anything that fits the offer. */
function hearBeforeWords(taking: Taking, offered: Offered, reply: Reply): string | undefined {
  if (taking.state.asking === 'person') return hearChoice(offered, reply.said)
  return hearLabel(offered, reply.said)
}

/**
 * A word that names an option here, and opens a flow elsewhere, is the option: "rekrutmen" among the topics of a complaint is no
 * wish to see vacancies. The word that calls a person is one already by a part of it: "petugas" for "Perilaku petugas" must
 * never bring an accusation to the general desk.
 */
function isStepsOwn(taking: Taking, deed: Deed, offered: Offered, reply: Reply): boolean {
  if (deed.flow === undefined) return false
  const step = standingOf(taking)?.step
  const isFixed = step?.kind === 'choose' && step.from === undefined && taking.state.asking === undefined
  if (hearExact(offered, reply.said) !== undefined)
    return isFixed || deed.flow === taking.state.at?.flow || deed.flow === personFlow(taking)
  if (!isFixed) return false
  // At the menu the word says more than the option: "lowongan" searches at once.
  if (taking.state.at?.flow !== MENU && hearBeginning(offered, reply.said) !== undefined) return true
  return deed.flow === personFlow(taking) && hearChoice(offered, reply.said) !== undefined
}

/** A button. One of an older question has expired, and what is open is put again. */
function press(taking: Taking, choice: string): void {
  if (pressedTicket(taking, choice) || pressedUnhelpful(taking, choice)) return
  const dot = choice.indexOf('.')
  const name = choice.slice(dot + 1)
  const isOpen = choice.slice(0, dot) === String(taking.state.asked)
  if (isOpen && offeredNow(taking).some(([option]) => option === name)) {
    choose(taking, name)
    return
  }
  say(taking, phrase(taking, 'expired'))
  if (!putOpen(taking) && taking.state.at === undefined) openFlow(taking, MENU)
}

/** One of the options that are offered now. */
function choose(taking: Taking, name: string): void {
  const { asking } = taking.state
  delete taking.state.misses
  if (asking !== undefined) {
    settleHouse(taking, asking, name)
    return
  }
  const here = standingOf(taking)
  if (here?.step.kind === 'review') {
    settleReview(taking, name)
    return
  }
  if (here?.step.kind !== 'choose') return
  keepAnswer(here.at, here.at.step, name)
  walkTo(taking, nextOf(here.flow, here.at.step, here.step, name))
}
