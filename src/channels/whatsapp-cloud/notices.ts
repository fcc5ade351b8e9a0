import type { FileRefusal } from '../ports.ts'
import { refusedInBoth } from '../refused-file.ts'
import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import { wordsOf } from './compose.ts'
import type { Aliases, CloudOptions, Times } from './ports.ts'
import { post } from './post.ts'
import { recipientOf } from './recipient.ts'

/** What is said at the door itself, before there is a message that the conversation could answer. Every message is charged: one for all. */
export type Notice = FileRefusal['refused']

/** A person is told the same thing once in so many milliseconds: ten films sent at once are refused once. */
const AGAIN_MS = 10_000
const REMEMBERED = 10_000

/** Rejects only when telling may succeed later: whoever was not told then must be told again. */
export type Tell = (client: Client, notice: Notice, address: string) => Promise<void>

export function createNotices(
  parts: Pick<CloudOptions, 'counters'> & { aliases: Aliases; times: Times },
): Tell {
  const { counters, aliases, times } = parts
  const told = new Map<string, number>()
  return async (client, notice, address) => {
    const { office } = client.number
    const key = `${office} ${address} ${notice}`
    const last = told.get(key)
    if (last !== undefined && performance.now() - last < AGAIN_MS) return
    const to = await recipientOf(aliases, office, address)
    try {
      await post(client, { to, body: wordsOf(refusedInBoth(notice)) }, AbortSignal.timeout(times.call))
    } catch (error) {
      counters.add('whatsapp_cloud_side_calls_failed_total')
      const meaning = meaningOf(error)
      // Perhaps told is told: twice would be charged twice.
      if (meaning === undefined || (isPassing(meaning) && meaning !== 'unknown')) throw error
    }
    if (told.size >= REMEMBERED) told.clear()
    told.set(key, performance.now())
  }
}
