import { createInbox as create, type Inbox, type InboxParts } from '../../../src/inbox/inbox.ts'

/** The wrong inbox: it says "received" at once, refuses nobody, and works on what it remembers afterwards. */
export function createInbox(parts: InboxParts): Inbox {
  const inbox = create(parts)
  const remembered: Parameters<Inbox['receive']>[0][] = []
  let isBusy = false

  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    for (let next = remembered.shift(); next !== undefined; next = remembered.shift())
      await inbox.receive(next).catch(() => undefined)
    isBusy = false
  }

  return {
    ...inbox,
    async receive(message) {
      remembered.push(message)
      void work()
      return { repeat: false }
    },
  }
}
