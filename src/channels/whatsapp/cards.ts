import { faultOf, type Log } from '../../lib/log.ts'
import type { Threads } from '../ports.ts'
import { isGroup } from './names.ts'

const CARD = 'card:'

export type Matter = { id: string; title: string }
type Parts = { threads: Threads; log: Pick<Log, 'warn'> }

/** Keeps what is said about one matter together: groups have no topics, so the first message about it is the one others answer. */
export function createCards({ threads, log }: Parts) {
  return {
    async of(office: string, chat: string, matter: Matter | undefined): Promise<string | undefined> {
      if (matter === undefined || !isGroup(chat)) return undefined
      const thread = await threads.of(office, chat, matter.id)
      return thread?.startsWith(CARD) === true ? thread.slice(CARD.length) : undefined
    },
    /** It was said; never rejects. */
    async began(office: string, chat: string, matter: Matter | undefined, ref: string): Promise<void> {
      if (matter === undefined || !isGroup(chat)) return
      try {
        await threads.note(office, chat, matter.id, `${CARD}${ref}`)
      } catch (error) {
        log.warn('the card of a matter could not be noted', { office, ...faultOf(error) })
      }
    },
  }
}

export type Cards = ReturnType<typeof createCards>
