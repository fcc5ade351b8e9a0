import { faultOf } from '../../lib/log.ts'
import { admitsFor } from '../admits.ts'
import type { OnMessage } from '../channel.ts'
import { fileKind } from '../file-kind.ts'
import { optionOf } from '../option-tokens.ts'
import { createTries } from '../tries.ts'
import { meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { FetchMedia } from './fetch-media.ts'
import type { Tell } from './notices.ts'
import type { CloudOptions } from './ports.ts'
import type { SideCalls } from './side-calls.ts'
import type { Heard } from './translate.ts'

type Said = Extract<Heard, { is: 'said' }>

type Parts = Pick<CloudOptions, 'quota' | 'aliases' | 'longOptions' | 'away' | 'log' | 'counters'> & {
  tell: Tell
  sideCalls: SideCalls
  fetchMedia: FetchMedia
  onMessage: OnMessage
}

/** Resolves once everything a message means is durably ours; rejects when it must be delivered again. */
export type Take = (client: Client, heard: Heard) => Promise<void>

export function createTake(parts: Parts): Take {
  const { quota, aliases, longOptions, tell, sideCalls, fetchMedia, onMessage, away, log, counters } = parts
  const tries = createTries()

  async function said(client: Client, { names, wamid, words, media, token }: Said): Promise<void> {
    const { office } = client.number
    const address = await aliases.addressOf(office, names)
    if (wamid !== undefined) sideCalls.showTyping(client, address, wamid)
    const from = { is: 'citizen' } as const
    const admits = admitsFor(quota, from, { ...words, address })
    const file = media === undefined ? undefined : await fetchMedia(client, media, admits)
    if (file !== undefined && 'refused' in file) {
      counters.add('whatsapp_cloud_files_refused_total')
      if (file.refused === 'over_quota') {
        await onMessage({ ...words, address, from, unkept: true })
        return
      }
      await tell(client, file.refused, address)
      if (words.text !== '') await onMessage({ ...words, address, kind: 'text', from })
      return
    }
    const choice = token === undefined ? undefined : await optionOf(token, office, longOptions)
    await onMessage({
      ...words,
      address,
      from,
      ...(file === undefined ? {} : { file, kind: fileKind(file.mime) }),
      ...(choice === undefined ? {} : { choice }),
    })
  }

  async function settle(client: Client, heard: Heard): Promise<void> {
    if (heard.is === 'said') return said(client, heard)
    if (heard.is === 'changed') {
      await aliases.addressOf(client.number.office, heard.names)
      return
    }
    const isRead = heard.is === 'nothing'
    counters.add(isRead ? 'whatsapp_cloud_messages_ignored_total' : 'whatsapp_cloud_messages_malformed_total')
  }

  return async (client, heard) => {
    const { office } = client.number
    const key = `${office} ${heard.is === 'said' ? heard.words.externalId : heard.is}`
    try {
      await settle(client, heard)
      tries.forget(key)
    } catch (error) {
      if (away(error) || meaningOf(error) !== undefined) throw error
      const { attempts, leftOut } = tries.failed(key)
      if (!leftOut) throw error
      counters.add('whatsapp_cloud_messages_given_up_total')
      log.error('a message was left out', { office, attempts, ...faultOf(error) })
    }
  }
}
