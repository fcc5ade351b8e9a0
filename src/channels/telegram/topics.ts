import { faultOf, type Log } from '../../lib/log.ts'
import { cutLabel } from '../choices.ts'
import type { Groups, Threads } from '../ports.ts'
import { isPassing, meaningOf, type NotTaken } from './answers.ts'
import type { Client } from './client.ts'

/** Characters Telegram takes as a topic's name. */
const NAME_MAX = 128
const CARD = 'card:'

export type Matter = { id: string; title: string }
/** Where in a chat a message goes: into a topic, or below the message the matter began with. */
export type Spot = { topic?: number; card?: number }

type Parts = { groups: Groups; threads: Threads; log: Pick<Log, 'warn'> }

/** Keeps what is said about one matter together: in a topic of its own, or as answers to its first message. */
export function createTopics({ groups, threads, log }: Parts) {
  async function open(client: Client, chat: string, matter: Matter): Promise<Spot> {
    const { office } = client
    const name = cutLabel(matter.title.trim() || matter.id, NAME_MAX)
    try {
      const topic = await client.ask(api => api.createForumTopic(Number(chat), name))
      await threads.note(office, chat, matter.id, String(topic.message_thread_id))
      return { topic: topic.message_thread_id }
    } catch (error) {
      if (meaningOf(error) !== 'no_topics') throw error
      log.warn('a group lets us open no topics: make the bot an administrator who may', { office })
      return {}
    }
  }

  return {
    async spotOf(client: Client, chat: string, matter: Matter | undefined): Promise<Spot> {
      if (matter === undefined || !chat.startsWith('-')) return {}
      const group = await groups.deskOf(client.office, chat)
      const thread = await threads.of(client.office, chat, matter.id)
      const card = thread?.startsWith(CARD) === true ? Number(thread.slice(CARD.length)) : undefined
      if (group?.forum !== true) return card === undefined ? {} : { card }
      if (thread === undefined || card !== undefined) return open(client, chat, matter)
      return { topic: Number(thread) }
    },

    /** Where to try next after a topic was refused: opened again, or made anew; last of all in the group itself. */
    async mend(client: Client, chat: string, matter: Matter, spot: Spot, error: NotTaken): Promise<Spot> {
      const { topic } = spot
      if (error.reading.meaning === 'thread_gone') {
        await threads.forget(client.office, chat, matter.id)
        return open(client, chat, matter)
      }
      if (topic === undefined) return {}
      try {
        await client.ask(api => api.reopenForumTopic(Number(chat), topic))
        return spot
      } catch (refused) {
        const meaning = meaningOf(refused)
        if (meaning === 'done') return spot
        if (meaning === undefined || isPassing(meaning)) throw refused
        return {}
      }
    },

    /** Where there are no topics, the first message about a matter is the one the others answer. Never rejects: it is sent. */
    async began(client: Client, chat: string, matter: Matter | undefined, spot: Spot, ref: string) {
      const { topic, card } = spot
      if (matter === undefined || !chat.startsWith('-') || topic !== undefined || card !== undefined) return
      try {
        const group = await groups.deskOf(client.office, chat)
        if (group?.forum === false) await threads.note(client.office, chat, matter.id, `${CARD}${ref}`)
      } catch (error) {
        log.warn('the card of a matter could not be noted', { office: client.office, ...faultOf(error) })
      }
    },
  }
}

export type Topics = ReturnType<typeof createTopics>
