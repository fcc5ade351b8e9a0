import { type Claimed, UNTRIED } from '../outbox/claim.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Saying, Taken } from './taken.ts'

/** A message as it was written: its number, and whether it is ours to send. */
export type Said = { id: number; key: string; status: 'waiting' | 'sending' }

/** What leaves with us once this is committed, in order, and the chats in which something waits for its turn. */
export function handOver(sealing: Sealing, taken: Taken, said: Said[], until: number): void {
  const written = new Map(said.map(one => [one.key, one]))
  for (const saying of taken.sayings) {
    const { id, status } = written.get(saying.key) ?? { id: 0, status: 'waiting' }
    if (status === 'sending') taken.ours.push(claimedOf(sealing, saying, id, until))
    else taken.left.push({ conversationId: saying.conversation.id, urgency: saying.urgency })
  }
}

function claimedOf(sealing: Sealing, saying: Saying, id: number, until: number): Claimed {
  const { key, conversation, seq, from, text, options, wants, file, about, title, brief, urgency, edits } =
    saying
  return {
    ...UNTRIED,
    id,
    key,
    office: conversation.office,
    channel: conversation.channel,
    address: sealing.open(conversation.key, `conversations.address.${conversation.id}`, conversation.address),
    conversationId: conversation.id,
    seq,
    from,
    language: 'language' in conversation.state ? conversation.state.language : 'id',
    text,
    options,
    wants,
    file,
    about,
    title,
    brief,
    urgency,
    edits: edits === null ? null : Buffer.from(edits, 'hex'),
    createdAt: new Date(),
    until,
  }
}
