import { audienceText, readAudience, TOPIC_WORDS, wordsLeft } from '../desk/read-audience.ts'
import type { Audience } from '../records/audience.ts'
import { MOST_SUBSCRIPTIONS, subscribe, subscriptionsOf, unsubscribe } from '../records/subscriptions.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { subscriptionId } from './my-subscriptions.ts'

/**
 * Notes what a citizen wants to be told of, by the topic they chose and the words they typed; `instead` is the one it takes the place
 * of. Whoever asks for this has taken an earlier STOP back.
 */
export const subscribeTo: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await note(room, request))
  return outcomes
}

async function note(room: Room, { conversation, office, with: given }: Request): Promise<Outcome> {
  const { topic = '', what = '', instead = '' } = given
  const { client } = room
  const chosen = Object.hasOwn(TOPIC_WORDS, topic) ? TOPIC_WORDS[topic as Audience['topic']][0] : ''
  const audience = readAudience(`${chosen} ${what}`)
  if (audience === undefined) return { result: { kind: 'unclear' } }
  const { kind, stage, place, education } = audience
  const old = subscriptionId(instead)
  if (old !== undefined) await unsubscribe(client, [conversation.id], old)
  const own = await subscriptionsOf(client, conversation.id)
  if (own.length >= MOST_SUBSCRIPTIONS) return { result: { kind: 'full' } }
  const asked = { topic: audience.topic, kind, stage, place, education: education[0] ?? '' }
  const isNew = await subscribe(client, { office, conversationId: conversation.id }, asked)
  await client.query('update conversations set stopped = false where id = $1 and stopped', [conversation.id])
  const name = audienceText(audience, conversation.language)
  const text = said(room, { conversation, office }, name, isNew)
  return {
    result: { kind: 'noted', text: [text, ...unused(what, audience, conversation.language)].join(' ') },
  }
}

/** Nobody is to wait for news by a word that chooses none. */
function unused(what: string, audience: Audience, language: string): string[] {
  const left = wordsLeft(what, audience).join(' ')
  if (left === '') return []
  return language === 'en'
    ? [`"${left}" cannot be used to choose: news is chosen by kind, education, stage or place.`]
    : [
        `"${left}" belum dapat dipakai untuk menyaring: yang dapat hanya jenis, pendidikan, tahap, dan tempat.`,
      ]
}

function said(
  room: Room,
  { conversation, office }: Pick<Request, 'conversation' | 'office'>,
  name: string,
  isNew: boolean,
) {
  const english = conversation.language === 'en'
  const text = english
    ? `${isNew ? 'All right. You will be told' : 'You are told already'} about: ${name}.`
    : `${isNew ? 'Baik. Bapak/Ibu akan dikabari' : 'Bapak/Ibu sudah dikabari'} tentang: ${name}.`
  const isSilent =
    conversation.channel === 'whatsapp' && room.houseOf(office).office.linked_number_first_a_day === 0
  if (!isSilent) return text
  return english
    ? `${text} From this WhatsApp number we never write first, though: please ask here from time to time, or subscribe on Telegram or the web.`
    : `${text} Namun dari nomor WhatsApp ini kami tidak pernah menulis lebih dulu: mohon tanyakan sewaktu-waktu, atau berlangganan lewat Telegram atau web.`
}
