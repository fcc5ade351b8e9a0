import type { Capabilities, OutboundMessage } from '../channels/channel.ts'
import { type Part, renderMessage } from '../channels/choices.ts'
import type { Claimed } from './claim.ts'
import { FIRST } from './pace.ts'

/** Messages that leave as one, first to last, and that one. */
export type Joined = { messages: Claimed[]; part: Part & Pick<OutboundMessage, 'wants'> }

const BETWEEN = '\n\n'

/**
 * What one turn says in a row, as one message where each message is charged: as many of those at the head of a chat as fit into
 * one. Choices only ever stand at its end, and what shows a file leaves by itself. Undefined where there is nothing to join.
 * One whose fate is unknown is tried again with the same others, so that what is told of it is true of all of them.
 */
export function joinAt(queue: readonly Claimed[], can: Capabilities, at: number): Joined | undefined {
  const [first] = queue
  if (!can.combine || first === undefined) return undefined
  const isAgain = first.error === 'unknown'
  const end = queue.findIndex((message, n) => n > 0 && !follows(message, queue[n - 1] ?? first, first, at))
  const together = mayJoin(first, at) ? queue.slice(0, end === -1 ? queue.length : end) : []
  for (let count = together.length; count > 1; count -= 1) {
    const messages = together.slice(0, count)
    const text = messages.map(message => message.text).join(BETWEEN)
    const { options = [], wants = null } = messages.at(-1) ?? {}
    const [part, more] = renderMessage(text, options, can, first.language)
    if (part !== undefined && more === undefined)
      return { messages, part: wants === null ? part : { ...part, wants } }
    if (isAgain) return undefined
  }
  return undefined
}

/** Those that left, or were last tried, in this message of the head of the chat. */
export function leftWith(message: Claimed, queue: readonly Claimed[]): Claimed[] {
  return queue.filter(one => one === message || one.leftWith === message.id)
}

function follows(message: Claimed, before: Claimed, first: Claimed, at: number): boolean {
  const isOfTurn = turnOf(message) === turnOf(first)
  const isOfSame = first.error === 'unknown' ? message.leftWith === first.id : message.error !== 'unknown'
  return isOfTurn && isOfSame && !isQuestion(before) && mayJoin(message, at)
}

/** What is to be answered by a press stands at the end. */
function isQuestion({ options, wants }: Claimed): boolean {
  return options.length > 0 || wants !== null
}

function mayJoin(
  { text, file, template, edits, about, urgency, partsSent, failed, until }: Claimed,
  at: number,
): boolean {
  // What is said first is noted down one by one.
  const isPlain = file === null && template === null && edits === null && about === null && urgency < FIRST
  return isPlain && text !== '' && partsSent === 0 && failed === null && until >= at
}

/** A key is conversation/turn/n. */
/** The turn that said it: its key without the number within that. */
export function turnOf({ key }: Claimed): string {
  return key.slice(0, key.lastIndexOf('/'))
}
