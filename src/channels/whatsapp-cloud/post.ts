import { listAt, textAt } from '../json.ts'
import { NotTaken } from './answers.ts'
import type { Client } from './client.ts'
import type { Body } from './compose.ts'
import type { Recipient } from './recipient.ts'

/** `key` comes back with every status of the message, and settles what became of it when no answer came. */
type Post = { to: Recipient; body: Body; key?: string }

/** Gives one message to Meta: what it is called there. Rejects with NotTaken alone. */
export async function post(client: Client, { to, body, key }: Post, signal: AbortSignal): Promise<string> {
  const whole = {
    messaging_product: 'whatsapp',
    ...to,
    ...body,
    ...(key === undefined ? {} : { biz_opaque_callback_data: key }),
  }
  const answer = await client.call(`${client.number.phone}/messages`, whole, signal)
  const wamid = textAt(listAt(answer, 'messages')[0], 'id')
  // Taken, by its status, but not in Meta's words: a status will tell.
  if (wamid === undefined) throw new NotTaken({ meaning: 'unknown', code: 0 })
  return wamid
}
