import { isAsking } from './aside.ts'
import { type Reply, typed } from './hear.ts'
import { MENU, wantFlow } from './open-flow.ts'
import { own, plain } from './plain.ts'
import { FOLLOW_UP, type Taking } from './taking.ts'

/** An opening word with more behind it: "status LSM-2611-7K4QXH" opens the flow, with the rest as an answer. */
export function openByWord(taking: Taking, reply: Reply): boolean {
  if (reply.kind !== 'text' || reply.text === '') return false
  const typedWords = reply.text.split(/\s+/)
  for (let count = Math.min(5, typedWords.length - 1); count > 0; count--) {
    const deed = taking.words.deeds.get(plain(typedWords.slice(0, count).join(' ')))
    const flow = deed?.does === 'open' ? own(taking.book.flows, deed.flow ?? '') : undefined
    if (flow?.takes === undefined) continue
    const rest = typedWords.slice(count)
    if (taking.state.at !== undefined && taking.state.at.flow !== MENU && !isCode(rest)) return false
    // "lapor 2" in the middle of a report is no new one: a draft with a review is not begun anew by a word.
    const isSame = taking.state.at?.flow === flow.name
    if (isSame && flow.order.some(name => own(flow.steps, name)?.kind === 'review')) return false
    const step = own(flow.steps, flow.takes)
    const text = rest.join(' ')
    // "status laporan saya gimana": what is short by nature, a code, is never a question.
    const isShort = step?.kind === 'ask' && (step.max ?? Infinity) <= 60
    const isQuestion = isShort && isAsking(taking, typed(text, reply.at))
    // "balas lampunya masih mati" is no code: it is heard as what it says.
    if (isShort && flow.name === FOLLOW_UP && !isCode(rest) && !isGroups(rest)) return false
    // "survei kepuasan itu apa" asks; "survei 7K4Q2X" came from a counter.
    if (flow.offers !== undefined && !isCode(rest)) return false
    wantFlow(taking, flow.name, isQuestion ? {} : { [flow.takes]: text })
    return true
  }
  return false
}

/** A receipt as people write it down: four groups of four. */
function isGroups(rest: string[]): boolean {
  return rest.length === 4 && rest.every(group => /^[A-Za-z0-9]{4}$/.test(group)) && /\d/.test(rest.join(''))
}

/** In the middle of a flow only something like a code may follow: else an answer that begins so would be lost. */
function isCode(rest: string[]): boolean {
  const only = rest[0] ?? ''
  return rest.length === 1 && only.length >= 6 && /\d/.test(only)
}
