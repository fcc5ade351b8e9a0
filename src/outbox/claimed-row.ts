import type { ChannelName, Option, SendFailure, Template } from '../channels/channel.ts'
import type { DataKey, Sealing } from '../records/sealing.ts'
import type { Claimed } from './claim.ts'

/** A message as the records give it, with what its conversation's address is sealed under. */
export type Row = {
  id: number
  key: string
  office: string
  channel: ChannelName
  conversation_id: string
  seq: number
  sender: 'bot' | 'staff'
  sealed: Buffer
  about: string | null
  urgency: number
  edits: Buffer | null
  parts_sent: number
  attempts: number
  error: string | null
  failed: SendFailure | null
  left_with: number | null
  created_at: Date
  address: Buffer
  wrapped_key: Buffer
  language: string
}

/** What a message says, as it is sealed. */
type Body = {
  text: string
  options?: Option[]
  wants?: 'location'
  file?: string
  title?: string
  brief?: string
  template?: Template
}

/** Unseals what a message says, by the key of its conversation; throws when it cannot be read. */
export function openBody(sealing: Sealing, key: DataKey, row: Pick<Row, 'key' | 'sealed'>): Body {
  return JSON.parse(sealing.open(key, `outbox.${row.key}`, row.sealed)) as Body
}

/** Unseals one; throws when it cannot be read. */
export function openClaimed(row: Row, sealing: Sealing, until: number): Claimed {
  const key = sealing.unwrap(row.wrapped_key, `conversations.${row.conversation_id}`)
  const body = openBody(sealing, key, row)
  return {
    id: row.id,
    key: row.key,
    office: row.office,
    channel: row.channel,
    address: sealing.open(key, `conversations.address.${row.conversation_id}`, row.address),
    conversationId: row.conversation_id,
    seq: row.seq,
    from: row.sender,
    language: row.language,
    text: body.text,
    options: body.options ?? [],
    wants: body.wants ?? null,
    template: body.template ?? null,
    file: body.file ?? null,
    about: row.about,
    title: body.title ?? '',
    brief: body.brief ?? '',
    urgency: row.urgency,
    edits: row.edits,
    partsSent: row.parts_sent,
    attempts: row.attempts,
    error: row.error,
    failed: row.failed,
    leftWith: row.left_with,
    createdAt: row.created_at,
    until,
  }
}
