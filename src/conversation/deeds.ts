import { isQuestion } from './answers.ts'
import type { Reply } from './hear.ts'
import { byYesOrNo, settleHouse } from './house-question.ts'
import { cancel, MENU, openFlow, wantFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { own, plain } from './plain.ts'
import { offeredNow, putOpen } from './put.ts'
import { saidUnhelpful } from './question.ts'
import { goBack, settleReview } from './review.ts'
import { saidSolved } from './staff.ts'
import { keepAnswer, say, standingOf, type Taking } from './taking.ts'
import { type Deed, deedOf, greetingOf } from './vocabulary.ts'
import { nextOf, walkTo } from './walk.ts'

/** Does what a word of the house means here. False when it means nothing here, and the reply is heard as usual. */
export function doDeed(taking: Taking, reply: Reply, deed: Deed): boolean {
  switch (deed.does) {
    case 'menu':
      wantFlow(taking, MENU)
      return true
    case 'open':
      wantFlow(taking, deed.flow ?? MENU)
      return true
    case 'cancel':
      cancel(taking)
      return true
    case 'back':
      if (isOpen(taking)) goBack(taking)
      return isOpen(taking)
    case 'skip':
      return isOpen(taking) && skip(taking, true)
    case 'help':
      return answerWith(taking, phrase(taking, 'help'))
    case 'thanks':
      return answerWith(taking, phrase(taking, 'thanks'))
    case 'pause':
      return isOpen(taking) && pause(taking)
    case 'greeting':
    case 'ping':
      // At rest a greeting opens the menu, which greets; it is never a message about a ticket.
      if (isOpen(taking)) return answerWith(taking, '')
      openFlow(taking, MENU)
      return true
    case 'yes':
    case 'no':
      return sayYesOrNo(taking, deed.does === 'yes')
    case 'solved':
    case 'unsolved':
      // One word alone may be the answer to an open question: "belum", "selesai"; and at rest it needs a ticket.
      if (deed.words === 1 && (isOpen(taking) || taking.state.focus === undefined)) return false
      return saidSolved(taking, deed.does === 'solved')
    case 'unhelpful':
      return saidUnhelpful(taking)
  }
  return greet(taking, reply)
}

/** A greeting alone, in the middle of something: answered in kind, and the question put again. */
export function greet(taking: Taking, reply: Reply): boolean {
  const greeting = greetingOf(taking.words, reply.text)
  return greeting?.rest === '' && isOpen(taking) && answerWith(taking, `${greeting.answer}.`)
}

function isOpen(taking: Taking): boolean {
  return taking.state.at !== undefined
}

function answerWith(taking: Taking, text: string): boolean {
  say(taking, text)
  putOpen(taking)
  return true
}

function pause(taking: Taking): boolean {
  say(taking, phrase(taking, 'silent'))
  taking.state.quiet = true
  return true
}

/** Skips an optional question. `told`: say so where it cannot be skipped, else it is heard as an answer. */
function skip(taking: Taking, told: boolean): boolean {
  const here = standingOf(taking)
  if (here?.step.kind === 'ask' && here.step.optional && here.at.waiting === 'reply') {
    delete taking.state.misses
    keepAnswer(here.at, here.at.step, '')
    walkTo(taking, nextOf(here.flow, here.at.step, here.step, ''))
    return true
  }
  if (here?.step.kind === 'choose' && here.step.skips !== undefined && here.at.waiting === 'reply') {
    const { at, flow, step } = here
    delete taking.state.misses
    keepAnswer(at, at.step, here.step.skips)
    walkTo(taking, nextOf(flow, at.step, step, here.step.skips))
    return true
  }
  return told && answerWith(taking, phrase(taking, 'cannot_skip'))
}

/** Yes and no count at questions of the house, at a review, at choices between the two, and for skipping. */
function sayYesOrNo(taking: Taking, yes: boolean): boolean {
  const { asking } = taking.state
  if (asking !== undefined) {
    const choice = byYesOrNo(asking, yes)
    if (choice !== undefined) settleHouse(taking, asking, choice)
    return choice !== undefined
  }
  const here = standingOf(taking)
  if (here?.at.waiting !== 'reply') return false
  const { at, flow, step } = here
  if (step.kind === 'review') {
    settleReview(taking, yes ? 'send' : 'change')
    return true
  }
  if (step.kind === 'choose') {
    const option = yesOrNoOption(taking, yes)
    if (option === undefined) return false
    keepAnswer(at, at.step, option)
    walkTo(taking, nextOf(flow, at.step, step, option))
    return true
  }
  const answer = own(at.answers, at.step)
  // "lanjut" at a question that is put again: its earlier answer stays.
  if (yes && isQuestion(step) && answer !== undefined) {
    keepAnswer(at, at.step, answer)
    walkTo(taking, nextOf(flow, at.step, step, answer))
    return true
  }
  return !yes && skip(taking, false)
}

/** The option that means yes (or no) among exactly two, by its name or the first word of its label. */
function yesOrNoOption(taking: Taking, yes: boolean): string | undefined {
  const offered = offeredNow(taking)
  if (offered.length !== 2) return undefined
  const does = yes ? 'yes' : 'no'
  const meant = offered.filter(([name, label]) =>
    [plain(name), plain(label), plain(label).split(' ')[0] ?? ''].some(
      said => deedOf(taking.words, said, said)?.does === does,
    ),
  )
  return meant.length === 1 ? meant[0]?.[0] : undefined
}
