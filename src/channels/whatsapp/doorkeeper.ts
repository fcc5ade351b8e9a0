import { faultOf } from '../../lib/log.ts'
import type { Notices, SocketOf } from './notices.ts'
import type { Times, WhatsappOptions } from './ports.ts'
import type { Said } from './translate.ts'

type Parts = Pick<WhatsappOptions, 'groups' | 'log'> & { notices: Notices; socketOf: SocketOf; times: Times }

/**
 * Looks after groups: desks' own, those that become one by a code, and strangers' it was brought into, which are told why and left.
 * Groups the phone was in before it was linked are somebody's own affair: nothing is said there.
 */
export function createDoorkeeper({ groups, notices, socketOf, times, log }: Parts) {
  /** Groups we were just brought into, and what will be done about each. */
  const expected = new Map<string, NodeJS.Timeout>()
  const keyOf = (office: string, group: string) => `${office} ${group}`

  function forget(office: string, group: string): void {
    clearTimeout(expected.get(keyOf(office, group)))
    expected.delete(keyOf(office, group))
  }

  function expect(office: string, group: string, ms: number, then: () => Promise<void>): void {
    forget(office, group)
    const timer = setTimeout(() => {
      then().catch(error => log.warn('a strange group was not settled', faultOf(error)))
    }, ms)
    expected.set(keyOf(office, group), timer.unref())
  }

  async function explain(office: string, group: string): Promise<void> {
    if ((await groups.deskOf(office, group)) !== undefined) return forget(office, group)
    await notices.tell(office, 'stranger', group, 'joined')
    expect(office, group, times.leave, () => leave(office, group))
  }

  async function leave(office: string, group: string): Promise<void> {
    forget(office, group)
    if ((await groups.deskOf(office, group)) !== undefined) return
    await socketOf(office)?.('leave', { group })
    log.info('left a group that is no desk of ours', { office })
  }

  async function pair(office: string, { place, refs }: Said, code: string): Promise<void> {
    const isOurs = await groups.pair(office, place.chat, false, code)
    if (isOurs) forget(office, place.chat)
    await notices.mention(office, isOurs ? 'paired' : 'bad_code', place.chat, refs.id)
  }

  return {
    /** We were brought into a group. A code pairs it within a moment; otherwise it is told how, and left later. */
    async joined(office: string, group: string): Promise<void> {
      if ((await groups.deskOf(office, group)) !== undefined) await groups.back(office, group)
      else expect(office, group, times.explain, () => explain(office, group))
    },

    async removed(office: string, group: string): Promise<void> {
      forget(office, group)
      if ((await groups.deskOf(office, group)) !== undefined) await groups.removed(office, group)
    },

    async newcomers(office: string, group: string, id: string): Promise<void> {
      if ((await groups.deskOf(office, group)) !== undefined) await groups.newcomers(office, group, id)
    },

    /** The desk whose group it was said in; undefined when it was said to the doorkeeper, or in no desk's group. */
    async admit(office: string, said: Said): Promise<string | undefined> {
      const { chat } = said.place
      const { name, argument = '' } = said.command ?? {}
      if ((name === 'pasang' || name === 'start') && argument !== '') {
        await pair(office, said, argument)
        return undefined
      }
      return (await groups.deskOf(office, chat))?.desk
    },

    stop(): void {
      for (const timer of expected.values()) clearTimeout(timer)
      expected.clear()
    },
  }
}

export type Doorkeeper = ReturnType<typeof createDoorkeeper>
