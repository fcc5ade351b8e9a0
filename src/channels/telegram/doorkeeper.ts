import { faultOf, type Log } from '../../lib/log.ts'
import type { Groups } from '../ports.ts'
import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { Notices } from './notices.ts'
import type { Times } from './ports.ts'
import type { Heard, Place } from './translate.ts'

type Said = Extract<Heard, { is: 'said' }>
type Parts = { groups: Groups; notices: Notices; times: Times; log: Pick<Log, 'info' | 'warn'> }

/** Looks after groups: desks' own, those that become one by a code, and strangers', which are told why and left. */
export function createDoorkeeper({ groups, notices, times, log }: Parts) {
  /** Groups we were just brought into, and what will be done about each. */
  const expected = new Map<string, NodeJS.Timeout>()

  const keyOf = (client: Client, chat: string) => `${client.office} ${chat}`

  function forget(client: Client, chat: string): void {
    clearTimeout(expected.get(keyOf(client, chat)))
    expected.delete(keyOf(client, chat))
  }

  function expect(client: Client, chat: string, ms: number, then: () => Promise<void>): void {
    forget(client, chat)
    const timer = setTimeout(() => {
      then().catch(error => log.warn('a strange group was not settled', faultOf(error)))
    }, ms)
    expected.set(keyOf(client, chat), timer.unref())
  }

  async function isKnown({ office }: Client, chat: string): Promise<boolean> {
    if ((await groups.deskOf(office, chat)) !== undefined) return true
    return groups.isMovedHere(office, chat)
  }

  async function explain(client: Client, place: Place): Promise<void> {
    if (await isKnown(client, place.chat)) return forget(client, place.chat)
    await notices.tell(client, 'stranger', place)
    expect(client, place.chat, times.leave, () => leave(client, place.chat))
  }

  async function leave(client: Client, chat: string): Promise<void> {
    forget(client, chat)
    if (await isKnown(client, chat)) return
    try {
      await client.ask(api => api.leaveChat(Number(chat)))
    } catch (error) {
      const meaning = meaningOf(error)
      // Thrown out already, or no such group: where we are not, nothing is to be left, however often it is asked.
      if (meaning === undefined || isPassing(meaning)) throw error
    }
    log.info('left a group that is no desk of ours', { office: client.office })
  }

  async function pair(client: Client, { place, command }: Said): Promise<void> {
    const { chat, isForum } = place
    const isOurs = await groups.pair(client.office, chat, isForum, command?.argument ?? '')
    if (isOurs) forget(client, chat)
    await notices.mention(client, isOurs ? 'paired' : 'bad_code', place)
  }

  return {
    /** We were brought into a group. A link with a code pairs it within a moment; otherwise it is told how, and left later. */
    async joined(client: Client, place: Place): Promise<void> {
      if ((await groups.deskOf(client.office, place.chat)) !== undefined) {
        await groups.back(client.office, place.chat)
      } else if (!(await groups.isMovedHere(client.office, place.chat))) {
        expect(client, place.chat, times.explain, () => explain(client, place))
      }
    },

    async removed(client: Client, { chat }: Place): Promise<void> {
      forget(client, chat)
      if ((await groups.deskOf(client.office, chat)) !== undefined) await groups.removed(client.office, chat)
    },

    async newcomers({ office }: Client, { chat }: Place, id: string): Promise<void> {
      if ((await groups.deskOf(office, chat)) !== undefined) await groups.newcomers(office, chat, id)
    },

    async moved(client: Client, from: string, to: string): Promise<void> {
      if ((await groups.deskOf(client.office, from)) === undefined) return
      await groups.moved(client.office, from, to)
      await notices.mention(client, 'not_confirmed', { chat: to })
    },

    /** The desk whose group it was said in; undefined when it was said elsewhere, or to the doorkeeper, and is settled. */
    async admit(client: Client, said: Said): Promise<string | undefined> {
      const { place, command, person } = said
      const { chat } = place
      const isCode = command?.name === 'pasang' || command?.name === 'start'
      if (isCode && command.argument !== '') {
        await pair(client, said)
        return undefined
      }
      const desk = await groups.deskOf(client.office, chat)
      if (desk !== undefined) {
        if (desk.forum !== place.isForum && said.press === undefined) {
          await groups.forum(client.office, chat, place.isForum)
        }
        return desk.desk
      }
      if (await groups.isMovedHere(client.office, chat)) {
        if (command?.name !== 'konfirmasi') return undefined
        const done = await groups.confirmMove(client.office, chat, person.account)
        await notices.mention(client, done ? 'moved_here' : 'not_confirmed', place)
        return undefined
      }
      if (!expected.has(keyOf(client, chat))) {
        await notices.tell(client, 'stranger', place)
        await leave(client, chat)
      }
      return undefined
    },

    stop(): void {
      for (const timer of expected.values()) clearTimeout(timer)
      expected.clear()
    },
  }
}

export type Doorkeeper = ReturnType<typeof createDoorkeeper>
