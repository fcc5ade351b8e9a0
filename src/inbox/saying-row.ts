import type { Room } from '../actions/action.ts'
import type { Leave } from '../outbox/handover.ts'
import { bytes, type Column, int, text, uuid } from '../records/columns.ts'
import type { Saying } from './taken.ts'

/** `leave`: whether it may be written as already being sent. */
export type SayingRow = { saying: Saying; sealed: Buffer; leave: Leave }

export const SAYING_COLUMNS: Column<SayingRow>[] = [
  text('key', ({ saying }) => saying.key),
  text('office', ({ saying }) => saying.conversation.office),
  text('channel', ({ saying }) => saying.conversation.channel),
  uuid('conversation_id', ({ saying }) => saying.conversation.id),
  int('seq', ({ saying }) => saying.seq),
  text('sender', ({ saying }) => saying.from),
  bytes('sealed', ({ sealed }) => sealed),
  uuid('about', ({ saying }) => saying.about),
  int('leave', ({ leave }) => leave),
  int('urgency', ({ saying }) => saying.urgency),
  bytes('origin', ({ saying }) => hashIn(saying.origin)),
  bytes('edits', ({ saying }) => hashIn(saying.edits)),
]

function hashIn(hex: string | null): Buffer | null {
  return hex === null ? null : Buffer.from(hex, 'hex')
}

/** A message with its options and file, sealed to its key: no other row can show it. */
export function sayingRow(room: Room, saying: Saying, leave: Leave): SayingRow {
  const { key, conversation, text, options, wants, file, title, brief } = saying
  const body = {
    text,
    ...(options.length === 0 ? {} : { options }),
    ...(wants === null ? {} : { wants }),
    ...(file === null ? {} : { file }),
    ...(title === '' ? {} : { title }),
    ...(brief === '' ? {} : { brief }),
  }
  return { saying, leave, sealed: room.sealing.seal(conversation.key, `outbox.${key}`, JSON.stringify(body)) }
}
