import { type Claimed, UNTRIED } from '../../src/outbox/claim.ts'

/** A plain answer that waits to be sent, the nth of its chat; whatever matters to a test is said by it. */
export function claimed(n: number, more: Partial<Claimed> = {}): Claimed {
  return {
    ...UNTRIED,
    id: n,
    key: `chat/1/${n}`,
    office: 'medan',
    channel: 'telegram',
    address: 'ani',
    conversationId: 'chat',
    seq: n,
    from: 'bot',
    language: 'id',
    text: '',
    options: [],
    wants: null,
    file: null,
    about: null,
    title: '',
    brief: '',
    urgency: 0,
    edits: null,
    createdAt: new Date(0),
    until: 0,
    ...more,
  }
}
