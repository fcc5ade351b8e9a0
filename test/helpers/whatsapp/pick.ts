import { randomBytes } from 'node:crypto'
import { aesEncryptGCM, hmacSign, normalizeMessageContent, proto, sha256 } from '@whiskeysockets/baileys'
import type { Shown } from './chat.ts'
import type { Content } from './world.ts'

/** The number that a menu in plain text gives this label: lines such as `2. Status laporan` or `2) …`. */
export function numberIn(text: string, label: string | RegExp): string | undefined {
  for (const [, number = '', words = ''] of text.matchAll(/^\W*(\d+)\W+(.+?)\W*$/gmu))
    if (typeof label === 'string' ? words === label : label.test(words)) return number
  return undefined
}

function pollOf(content: Content) {
  const message = normalizeMessageContent(content)
  return message?.pollCreationMessageV3 ?? message?.pollCreationMessage ?? undefined
}

/** Whether a message is a poll that has this option. */
export function hasOption({ content }: Shown, label: string | RegExp): boolean {
  const names = pollOf(content)?.options?.map(one => one.optionName ?? '') ?? []
  return names.some(name => (typeof label === 'string' ? name === label : label.test(name)))
}

/**
 * A vote, enciphered with the poll's secret as phones do it. `creator` and `voter` are the names the phone uses for the two: it is
 * up to the phone whether LIDs or numbers. Source: Baileys' `decryptPollVote`, which undoes this.
 */
export function voteFor(
  { id, content }: Shown,
  labels: string[],
  names: { creator: string; voter: string; key: proto.IMessageKey; at: number },
): Content {
  const secret = content.messageContextInfo?.messageSecret ?? Buffer.alloc(32)
  const words = [id, names.creator, names.voter, 'Poll Vote'].map(one => Buffer.from(one))
  const inner = hmacSign(secret, new Uint8Array(32))
  const key = hmacSign(Buffer.concat([...words, Buffer.from([1])]), inner)
  const encIv = randomBytes(12)
  const selectedOptions = labels.map(one => sha256(Buffer.from(one)))
  const vote = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
  const encPayload = aesEncryptGCM(vote, key, encIv, Buffer.from(`${id}\u0000${names.voter}`))
  return {
    pollUpdateMessage: {
      pollCreationMessageKey: names.key,
      vote: { encPayload, encIv },
      senderTimestampMs: names.at,
    },
  }
}
