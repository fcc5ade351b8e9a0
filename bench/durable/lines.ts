/** Every variant of `durable` by name; loaded one at a time. */
import type { Line } from './line.ts'

export const DURABLE_LINES = {
  ours: async (url: string) => (await import('../durable-ours.ts')).openLine(url),
  'ours-inbox': async (url: string) => (await import('../durable-ours.ts')).openInbox(url),
  grammy: async (url: string) => {
    const { openPeer } = await import('./peers.ts')
    return openPeer(url, (await import('../variants/grammy.ts')).buildGrammy)
  },
  conversations: async (url: string) => {
    const { openPeer } = await import('./peers.ts')
    return openPeer(url, (await import('../variants/conversations.ts')).buildConversations)
  },
  insert: async (url: string) => (await import('./peers.ts')).openLimit(url),
} satisfies Record<string, (url: string) => Promise<Line>>

export type DurableName = keyof typeof DURABLE_LINES

export function isDurable(name: string): name is DurableName {
  return Object.hasOwn(DURABLE_LINES, name)
}
