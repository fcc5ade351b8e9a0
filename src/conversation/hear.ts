import type { AskStep } from './flow.ts'
import { hearDate } from './hear-date.ts'
import { hearNumber } from './hear-number.ts'
import { hearPhone } from './hear-phone.ts'
import { plain, REPLY_MAX } from './plain.ts'
import type { Event, FileRef } from './state.ts'

/** A reply, read once: `text` as typed and trimmed, `said` as it is compared. */
export type Reply = {
  kind: Extract<Event, { type: 'replied' }>['kind']
  text: string
  said: string
  choice?: string
  /** A file as it is kept for an answer, `file:<id>:<name>`; a position as `lat,lon`. */
  file?: string
  position?: string
  /** A voice message, kept like a file: only who asks for evidence, or talks to staff, may use it. */
  voice?: string
  at: string
}

/** What came of listening: an answer to keep, or why it does not fit. */
export type Heard = { answer: string } | { fault: 'short' | 'long' | 'low' | 'high' | 'unfit' }

export function readReply(event: Extract<Event, { type: 'replied' }>): Reply {
  const text = event.text.slice(0, REPLY_MAX).trim()
  const { file, location } = event
  return {
    kind: event.kind,
    text,
    said: plain(text),
    at: event.at,
    ...(event.choice === undefined ? {} : { choice: event.choice }),
    ...(file === undefined ? {} : { [event.kind === 'voice' ? 'voice' : 'file']: fileAnswer(file) }),
    ...(location === undefined ? {} : { position: `${location.latitude},${location.longitude}` }),
  }
}

/** A text alone, as if it had been typed: for answers given beforehand. */
export function typed(text: string, at: string): Reply {
  return { kind: 'text', text, said: plain(text), at }
}

function fileAnswer(file: FileRef): string {
  return `file:${file.id}:${file.name.replace(/\s+/g, ' ').slice(0, 100)}`
}

/** Listens to a reply at an `ask` step. */
export function hearAsk(step: AskStep, reply: Reply): Heard {
  switch (step.accept) {
    case 'text':
      return hearText(reply.text, step.min ?? 1, step.max ?? REPLY_MAX)
    case 'number':
      return hearBounded(hearNumber(reply.text), step)
    case 'date':
      return heard(hearDate(reply.text, reply.at))
    case 'when': {
      const date = hearDate(reply.text, reply.at)
      return date === undefined ? hearText(reply.text, step.min ?? 3, step.max ?? 200) : { answer: date }
    }
    case 'phone':
      return heard(hearPhone(reply.text))
    case 'photo':
    case 'document':
      // A letter comes as a photo as often as a photo comes as a document: both serve.
      return heard(reply.file ?? reply.voice ?? (reply.text.startsWith('file:') ? reply.text : undefined))
    case 'location':
      // Not every phone sends positions, so an address in words will do; a question is none.
      if (reply.position !== undefined) return { answer: reply.position }
      return reply.text.includes('?')
        ? { fault: 'unfit' }
        : hearText(reply.text, step.min ?? 3, step.max ?? REPLY_MAX)
  }
}

function heard(answer: string | undefined): Heard {
  return answer === undefined ? { fault: 'unfit' } : { answer }
}

function hearText(text: string, min: number, max: number): Heard {
  if (text.length < min) return { fault: 'short' }
  return text.length > max ? { fault: 'long' } : { answer: text }
}

function hearBounded(answer: string | undefined, step: AskStep): Heard {
  if (answer === undefined) return { fault: 'unfit' }
  if (Number(answer) < (step.min ?? -Infinity)) return { fault: 'low' }
  return Number(answer) > (step.max ?? Infinity) ? { fault: 'high' } : { answer }
}
