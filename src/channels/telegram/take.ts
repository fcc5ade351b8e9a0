import { faultOf } from '../../lib/log.ts'
import { admitsFor } from '../admits.ts'
import type { OnMessage, Party } from '../channel.ts'
import { cleanName } from '../clean.ts'
import { fileKind } from '../file-kind.ts'
import { optionOf } from '../option-tokens.ts'
import { createTries } from '../tries.ts'
import { meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { FetchFile } from './fetch-file.ts'
import type { Notices } from './notices.ts'
import type { TelegramOptions } from './ports.ts'
import type { SideCalls } from './side-calls.ts'
import { type Heard, translate, type Words } from './translate.ts'
import { isUpdate } from './update-shape.ts'

type Said = Extract<Heard, { is: 'said' }>

type Parts = Pick<TelegramOptions, 'quota' | 'staff' | 'longOptions' | 'away' | 'log' | 'counters'> & {
  doorkeeper: Doorkeeper
  notices: Notices
  sideCalls: SideCalls
  fetchFile: FetchFile
  now: () => Date
  onMessage: OnMessage
}

/** Resolves once everything an update means is durably ours; rejects when it must be delivered again. */
export type Take = (client: Client, update: unknown) => Promise<void>

export function createTake(parts: Parts): Take {
  const { doorkeeper, notices, sideCalls, staff, away, log, counters, onMessage } = parts
  const tries = createTries()

  async function citizenSaid(client: Client, said: Said): Promise<void> {
    const { person, place, command, words } = said
    const isStart = command?.name === 'start'
    const start = isStart ? command.argument.slice(0, 64) : ''
    if (start !== '' && (await staff.bind(client.office, person.account, start)) !== undefined) {
      await notices.mention(client, 'bound', place)
      return
    }
    sideCalls.showTyping(client, place.chat)
    const opened = isStart ? { ...words, text: '/start', ...(start === '' ? {} : { start }) } : words
    await hand(client, said, opened, { is: 'citizen' })
  }

  async function groupSaid(client: Client, said: Said): Promise<void> {
    const desk = await doorkeeper.admit(client, said)
    if (desk === undefined) return
    const { account, called } = said.person
    // What staff show each other is theirs; a file is taken when it answers something.
    const isAnswer = said.words.thread !== undefined || said.words.replyTo !== undefined
    const { media: _, ...rest } = said
    const from: Party = { is: 'desk', desk, staff: cleanName(called), account }
    await hand(client, isAnswer ? said : rest, said.words, from)
  }

  async function hand(client: Client, said: Said, words: Words, from: Party): Promise<void> {
    const { media, press } = said
    const admits = admitsFor(parts.quota, from, words)
    const file = media === undefined ? undefined : await parts.fetchFile(client, media, admits)
    if (file !== undefined && 'refused' in file) {
      counters.add('telegram_files_refused_total')
      if (file.refused === 'over_quota') {
        await onMessage({ ...words, from, unkept: true })
        return
      }
      await notices.tell(client, file.refused, { ...said.place, language: said.person.language })
      if (words.text === '') return
      await onMessage({ ...words, kind: 'text', from })
      return
    }
    const choice =
      press === undefined ? undefined : await optionOf(press.token, client.office, parts.longOptions)
    await onMessage({
      ...words,
      from,
      ...(file === undefined ? {} : { file, kind: fileKind(file.mime) }),
      ...(choice === undefined ? {} : { choice }),
    })
  }

  async function settle(client: Client, heard: Heard): Promise<void> {
    if (heard.is === 'said') {
      if (heard.press !== undefined) sideCalls.answerPress(client, heard.press.query)
      return heard.place.isPrivate ? citizenSaid(client, heard) : groupSaid(client, heard)
    }
    if (heard.is === 'moved') return doorkeeper.moved(client, heard.from, heard.to)
    if (heard.is === 'newcomers') return doorkeeper.newcomers(client, heard.place, heard.id)
    if (heard.is === 'joined') return doorkeeper.joined(client, heard.place)
    if (heard.is === 'removed') return doorkeeper.removed(client, heard.place)
    if (heard.query !== undefined) sideCalls.answerPress(client, heard.query)
    counters.add('telegram_updates_ignored_total')
  }

  return async (client, update) => {
    if (!isUpdate(update)) {
      counters.add('telegram_updates_malformed_total')
      return
    }
    const key = `${client.office} ${update.update_id}`
    try {
      await settle(client, translate(update, client.office, client.username, parts.now()))
      tries.forget(key)
    } catch (error) {
      if (away(error) || meaningOf(error) !== undefined) throw error
      const { attempts, leftOut } = tries.failed(key)
      if (!leftOut) throw error
      counters.add('telegram_updates_given_up_total')
      log.error('an update was left out', { office: client.office, attempts, ...faultOf(error) })
    }
  }
}
