import type { GroupMetadata } from '@whiskeysockets/baileys'
import type { Note } from '../wire.ts'
import type { Library, Socket } from './library.ts'

/**
 * Who is in which group, asked once and kept until something changes: asked with every send, WhatsApp refuses (429). Also tells who
 * came and went.
 */
export function createGroups(library: Library, tell: (note: Note) => void) {
  const known = new Map<string, Promise<GroupMetadata | undefined>>()
  let socket: Socket | undefined

  async function ask(group: string): Promise<GroupMetadata | undefined> {
    try {
      return await socket?.groupMetadata(group)
    } catch {
      // Not kept: the send asks for itself then, and says what is wrong.
      known.delete(group)
      return undefined
    }
  }

  function isUs(names: (string | undefined)[]): boolean {
    const me = socket?.authState.creds.me
    return [me?.id, me?.lid].some(
      mine =>
        mine !== undefined && names.some(name => name !== undefined && library.areJidsSameUser(mine, name)),
    )
  }

  return {
    metadata(group: string): Promise<GroupMetadata | undefined> {
      const found = known.get(group) ?? ask(group)
      known.set(group, found)
      return found
    },
    follow(next: Socket): void {
      socket = next
      // Whatever happened while we were away is not told.
      known.clear()
      next.ev.on('groups.upsert', groups => {
        for (const { id } of groups) tell({ is: 'joined', group: id })
      })
      next.ev.on('groups.update', groups => {
        for (const { id } of groups) if (id !== undefined) known.delete(id)
      })
      next.ev.on('group-participants.update', ({ id, participants, action }) => {
        known.delete(id)
        const us = isUs(participants.flatMap(one => [one.id, one.phoneNumber, one.lid]))
        if (action === 'add')
          tell(us ? { is: 'joined', group: id } : { is: 'newcomers', group: id, id: `${id}:${Date.now()}` })
        if (action === 'remove' && us) tell({ is: 'removed', group: id })
      })
    },
  }
}
