import { admitsFor } from '../admits.ts'
import type { InboundMessage, OnMessage, Party } from '../channel.ts'
import { cleanName } from '../clean.ts'
import { fileKind } from '../file-kind.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { FetchMedia } from './fetch-media.ts'
import type { Notices, SocketOf } from './notices.ts'
import type { People } from './people.ts'
import type { WhatsappOptions } from './ports.ts'
import { type Said, translate } from './translate.ts'
import type { Stanza } from './wire.ts'

type Parts = Pick<WhatsappOptions, 'quota' | 'staff' | 'counters'> & {
  doorkeeper: Doorkeeper
  notices: Notices
  people: People
  fetchMedia: FetchMedia
  socketOf: SocketOf
  onMessage: OnMessage
}

/** A message but for who wrote it, which only the office's desks can tell, and the file, which must be fetched. */
type Words = Omit<InboundMessage, 'from' | 'file'>

/** Resolves once everything a message means is durably ours; rejects when it must be taken again. */
export type Take = (office: string, stanza: Stanza) => Promise<void>

export function createTake(parts: Parts): Take {
  const { doorkeeper, notices, people, staff, counters, socketOf, onMessage } = parts

  async function citizenSaid(office: string, said: Said, account: string): Promise<void> {
    const { place, command, refs } = said
    const isStart = command?.name === 'start'
    const start = isStart ? command.argument.slice(0, 64) : ''
    if (start !== '' && (await staff.bind(office, account, start)) !== undefined) {
      await notices.mention(office, 'bound', place.chat, refs.id)
      return
    }
    // A sign that somebody is there; nothing depends on it.
    socketOf(office)?.('typing', { to: place.chat }).catch(() => undefined)
    const words = wordsOf(office, account, said, account)
    const opened = isStart ? { ...words, text: '/start', ...(start === '' ? {} : { start }) } : words
    await hand(office, said, opened, { is: 'citizen' })
  }

  async function groupSaid(office: string, said: Said, account: string): Promise<void> {
    const desk = await doorkeeper.admit(office, said)
    if (desk === undefined) return
    // What staff show each other is theirs; a file is taken when it answers something.
    const { media: _, ...rest } = said
    const from: Party = { is: 'desk', desk, staff: cleanName(said.person.called), account }
    const words = wordsOf(office, said.place.chat, said, account)
    await hand(office, said.refs.answers === undefined ? rest : said, words, from)
  }

  async function hand(office: string, said: Said, words: Words, from: Party): Promise<void> {
    const { media, place, person, refs } = said
    const [author] = person.ids
    const fileFrom = {
      chat: place.chat,
      id: refs.id,
      ...(place.isGroup && author !== undefined ? { participant: author } : {}),
    }
    const admits = admitsFor(parts.quota, from, words)
    const file = media === undefined ? undefined : await parts.fetchMedia(office, media, fileFrom, admits)
    if (file !== undefined && 'refused' in file) {
      counters.add('whatsapp_files_refused_total')
      if (file.refused === 'over_quota') {
        await onMessage({ ...words, from, unkept: true })
        return
      }
      await notices.tell(office, file.refused, place.chat, refs.id)
      if (words.text === '') return
      await onMessage({ ...words, kind: 'text', from })
      return
    }
    await onMessage({ ...words, from, ...(file === undefined ? {} : { file, kind: fileKind(file.mime) }) })
  }

  return async (office, stanza) => {
    const heard = translate(stanza)
    if (heard.is === 'nothing') {
      counters.add('whatsapp_messages_ignored_total')
      return
    }
    const account = await people.addressOf(office, heard.person.ids)
    await (heard.place.isGroup ? groupSaid(office, heard, account) : citizenSaid(office, heard, account))
  }
}

/**
 * `account` is in every ref: an id is its sender's choice, and an edit only ever changes what the same person said. What is answered
 * is mostly a message of ours, which goes by its id alone.
 */
function wordsOf(office: string, address: string, said: Said, account: string): Words {
  const { content, refs, sentAt, album, place } = said
  const { id, answers, changes } = refs
  const who = place.isGroup ? `:${account}` : ''
  const picks = answers === undefined ? undefined : numberIn(content.text)
  return {
    office,
    channel: 'whatsapp',
    address,
    externalId: `${changes === undefined ? 'm' : 'e'}:${address}:${id}${who}`,
    ...content,
    ref: `${changes ?? id}~${account}`,
    ...(answers === undefined ? {} : { replyTo: answers }),
    ...(picks === undefined ? {} : { picks }),
    ...(changes === undefined ? {} : { edits: `${changes}~${account}` }),
    ...(album === undefined ? {} : { album }),
    sentAt,
  }
}

/** A number alone, as one answers a list of choices. */
function numberIn(text: string): number | undefined {
  const digits = /^\s*(\d{1,2})[.)]?\s*$/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
