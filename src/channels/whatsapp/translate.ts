import { LATEST_SECOND } from '../../lib/near-moment.ts'
import type { InboundMessage } from '../channel.ts'
import { type Json, objectAt, textAt } from '../json.ts'
import { uncovered } from './content.ts'
import { isGroup, isPerson, personOf } from './names.ts'
import { isForwarded, type Media, quotedIn, readContent } from './read-content.ts'
import type { Stanza } from './wire.ts'

export type Place = { chat: string; isGroup: boolean }
/** Who did it: the names they have, that of this message first, and what they call themselves. */
export type Person = { ids: string[]; called: string }

/** A word to the doorkeeper: `/pasang KODE`. */
export type Command = { name: string; argument: string }

/** What was said. `refs` are WhatsApp's ids: of this message, of the one it answers, of the one it changes. */
export type Said = {
  is: 'said'
  place: Place
  person: Person
  content: Pick<InboundMessage, 'kind' | 'text' | 'location'>
  refs: { id: string; answers?: string; changes?: string }
  sentAt: Date
  album?: string
  media?: Media
  command?: Command
}
export type Heard = Said | { is: 'nothing' }

const NOTHING: Heard = { is: 'nothing' }
/** MESSAGE_EDIT among the things phones tell each other. */
const EDIT = 14
export const COMMANDS = /^\/(pasang|start|konfirmasi)(?:\s+([\s\S]*))?$/i
/** Ids are the sender's own choice; those of every known client are shorter. */
const ID = /^[\w.-]{1,64}$/

/** A message in our words. Pure, and never throws, whatever the message holds: everything unknown is nothing. */
export function translate(given: Stanza): Heard {
  const { stanza, place, person } = framed(given) ?? {}
  if (stanza === undefined || place === undefined || person === undefined) return NOTHING
  const outer = objectAt(stanza.message)
  const inner = uncovered(outer)
  if (outer === undefined || inner === undefined) return NOTHING
  const protocol = objectAt(inner, 'protocolMessage')
  // Deletions among them: what was said was said, and is in the records by then.
  if (protocol !== undefined) return editOf(stanza, place, person, protocol)
  const content = readContent(inner, person.ids)
  if (content === undefined || (place.isGroup && isForwarded(inner))) return NOTHING
  const { media, ...words } = content
  const answers = quotedIn(inner)
  const album = textAt(objectAt(outer, 'messageContextInfo', 'messageAssociation', 'parentMessageKey'), 'id')
  const command = words.kind === 'text' && !isForwarded(inner) ? commandIn(words.text) : undefined
  return {
    is: 'said',
    place,
    person,
    content: words,
    refs: { id: stanza.id, ...(answers === undefined ? {} : { answers }) },
    sentAt: new Date(stanza.at * 1000),
    ...(album === undefined ? {} : { album: album.slice(0, 64) }),
    ...(media === undefined ? {} : { media }),
    ...(command === undefined ? {} : { command }),
  }
}

/** Where and by whom; undefined for what is no chat of people. */
function framed(stanza: Stanza): { stanza: Stanza; place: Place; person: Person } | undefined {
  const { chat, chatAlt, participant, participantAlt, id, at, called } = stanza
  if (typeof chat !== 'string' || typeof id !== 'string' || !ID.test(id)) return undefined
  // What was sent at no time anybody lives in is nobody's message.
  if (typeof at !== 'number' || !(at > 0 && at < LATEST_SECOND)) return undefined
  const group = isGroup(chat)
  if (!group && !isPerson(chat)) return undefined
  const ids = [group ? participant : chat, group ? participantAlt : chatAlt].flatMap(
    name => personOf(name) ?? [],
  )
  if (ids.length === 0) return undefined
  const person = { ids: [...new Set(ids)], called: typeof called === 'string' ? called : '' }
  return { stanza, place: { chat, isGroup: group }, person }
}

/** Somebody changed what they had said: the caption or the text; a file stays what it was. */
function editOf({ id, at }: Stanza, place: Place, person: Person, protocol: Json): Heard {
  const type = protocol.type
  const changes = textAt(objectAt(protocol, 'key'), 'id')
  const inner = uncovered(objectAt(protocol, 'editedMessage'))
  if ((type !== EDIT && type !== 'MESSAGE_EDIT') || changes === undefined || !ID.test(changes)) return NOTHING
  const content = inner && readContent(inner, person.ids)
  if (content === undefined || content.kind === 'location') return NOTHING
  const { media: _, ...words } = content
  return { is: 'said', place, person, content: words, refs: { id, changes }, sentAt: new Date(at * 1000) }
}

function commandIn(text: string): Command | undefined {
  const found = COMMANDS.exec(text.trim())
  return found === null
    ? undefined
    : { name: (found[1] ?? '').toLowerCase(), argument: (found[2] ?? '').trim() }
}
