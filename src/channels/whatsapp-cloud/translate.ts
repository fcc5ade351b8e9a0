import { LATEST_SECOND } from '../../lib/near-moment.ts'
import type { InboundMessage } from '../channel.ts'
import { at, listAt, textAt } from '../json.ts'
import { type Ids, idsAmong, namesOf } from './identity.ts'
import { type Media, readContent } from './read-content.ts'
import { refOf } from './refs.ts'

/** A message but for whose it is, which the records tell, and the file, which must be fetched. */
export type Words = Omit<InboundMessage, 'from' | 'file' | 'address'>

export type Heard =
  /** `wamid`: what Meta calls it; without one there is nothing that could be marked as read. */
  | { is: 'said'; names: string[]; wamid?: string; words: Words; media?: Media; token?: string }
  /** A person has other names from now on: the new ones first. */
  | { is: 'changed'; names: string[] }
  | { is: 'nothing' }
  | { is: 'unreadable' }

/** The kinds of system message that tell of new ids; the first is what Meta called it before. */
const CHANGES = new Set(['customer_changed_number', 'user_changed_number', 'user_changed_user_id'])

/** One message of a webhook, in our words. Pure, and takes any JSON: `value` is what it stood in, `now` for what has no time. */
export function translate(message: unknown, value: unknown, office: string, now: Date): Heard {
  const wamid = textAt(message, 'id')
  const type = textAt(message, 'type')
  if (wamid === undefined || wamid === '' || type === undefined) return { is: 'unreadable' }
  // Groups of the Cloud API are not ours: what is said there was not said to us.
  if (at(message, 'group_id') !== undefined) return { is: 'nothing' }
  if (type === 'system') return changed(message)
  const names = namesOf(idsOf(message, value))
  if (names.length === 0) return { is: 'unreadable' }

  const edits = type === 'edit' ? textAt(message, 'edit', 'original_message_id') : undefined
  const content = readContent(edits === undefined ? message : at(message, 'edit', 'message'))
  if (content === undefined) return { is: 'nothing' }
  const { media, token, ...said } = content
  const answered = textAt(message, 'context', 'id')
  const ref = refOf(edits ?? wamid)
  return {
    is: 'said',
    names,
    // Nobody wrote: a chat was opened.
    ...(type === 'request_welcome' ? {} : { wamid }),
    words: {
      office,
      channel: 'whatsapp-cloud',
      externalId: `${edits === undefined ? 'm' : 'e'}:${refOf(wamid)}`,
      ...said,
      ref,
      ...(edits === undefined ? {} : { edits: ref }),
      ...(answered === undefined ? {} : { replyTo: refOf(answered) }),
      sentAt: timeOf(message, now),
    },
    // What was changed is the caption: the file was taken when it came.
    ...(media === undefined || edits !== undefined ? {} : { media }),
    ...(token === undefined ? {} : { token }),
  }
}

/** Who wrote, by what stands in the message and in the contact beside it; a batch holds the contacts of all its messages. */
function idsOf(message: unknown, value: unknown): Ids {
  const own = [at(message, 'from_user_id'), at(message, 'from')]
  const contacts = listAt(value, 'contacts')
  const isOnly = contacts.length === 1 && listAt(value, 'messages').length === 1
  const contact = contacts.find(one => {
    const theirs = [at(one, 'user_id'), at(one, 'wa_id')]
    return (
      theirs.some(id => id !== undefined && own.includes(id)) || (isOnly && own.every(id => id === undefined))
    )
  })
  return idsAmong([...own, at(contact, 'user_id'), at(contact, 'wa_id')])
}

/** Without contacts: the former ids stand in `from` and the `previous_` fields, the new ones beside the kind. */
function changed(message: unknown): Heard {
  if (!CHANGES.has(textAt(message, 'system', 'type') ?? '')) return { is: 'nothing' }
  const system = at(message, 'system')
  const now = namesOf(idsAmong([at(system, 'user_id'), at(system, 'wa_id'), at(system, 'new_wa_id')]))
  const before = [
    at(system, 'previous_user_id'),
    at(message, 'from_user_id'),
    at(message, 'from'),
    at(system, 'customer'),
  ]
  const names = [...new Set([...now, ...namesOf(idsAmong(before))])]
  return now.length === 0 || names.length === now.length ? { is: 'nothing' } : { is: 'changed', names }
}

/** Seconds since 1970, written as text. */
export function timeOf(of: unknown, now: Date): Date {
  const seconds = Number(at(of, 'timestamp'))
  return Number.isInteger(seconds) && seconds > 0 && seconds < LATEST_SECOND ? new Date(seconds * 1000) : now
}
