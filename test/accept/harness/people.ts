import { setTimeout as pause } from 'node:timers/promises'
import type { Chat, Platform, Seen } from './platform.ts'

/** Milliseconds after which an answer counts as not given. Restarts, a dead database and quarantine fit in. */
const PATIENCE_MS = 180_000

export class NoAnswer extends Error {
  override name = 'NoAnswer' as const
}

/** One who writes, reads what comes, and writes on. A message that came twice is read once. */
export type Person = {
  chat: Chat
  /** Everything said so far, buttons by their label. */
  said: string[]
  /** Says something and waits for the first new message that matches. */
  say(what: string | { press: string }, expects: RegExp): Promise<Seen>
  /** Waits for the first message that matches, from those not read yet. */
  read(expects: RegExp): Promise<Seen>
}

/** Ids of messages never repeat, whoever writes. */
let ids = 0

export function createPerson(platform: Platform, chat: Chat, staff?: { desk: string; name: string }): Person {
  const from =
    staff === undefined
      ? { is: 'citizen' as const }
      : { is: 'desk' as const, desk: staff.desk, staff: staff.name }
  const used = new Set<string>()
  const said: string[] = []
  // A desk's chat is long: what was said before this person came is not for them.
  const since = chat.seen.length

  async function read(expects: RegExp): Promise<Seen> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const found = chat.seen.slice(since).find(({ key, text }) => !used.has(key) && expects.test(text))
      if (found !== undefined) {
        used.add(found.key)
        return found
      }
      if (performance.now() > until) throw new NoAnswer(`${chat.name} heard nothing like ${expects}`)
      await nextMessage(platform, chat)
    }
  }

  return {
    chat,
    said,
    read,
    async say(what, expects) {
      const choice = typeof what === 'string' ? undefined : optionOf(chat, what.press)
      const text = typeof what === 'string' ? what : what.press
      said.push(text)
      ids += 1
      // As Telegram does: the next message may be written before we have acknowledged this one.
      void platform.post(chat, {
        externalId: `${chat.address}:${ids}`,
        from,
        kind: 'text',
        text: choice === undefined ? text : '',
        ...(choice === undefined ? {} : { choice }),
      })
      return read(expects)
    },
  }
}

/** The button of this label, of the latest message that has it. */
function optionOf(chat: Chat, label: string): string {
  const found = chat.seen.flatMap(({ options }) => options).findLast(option => option.label === label)
  if (found === undefined) throw new NoAnswer(`${chat.name} was never offered "${label}"`)
  return found.id
}

async function nextMessage(platform: Platform, chat: Chat): Promise<void> {
  let stop: () => void = () => undefined
  const came = new Promise<void>(resolve => {
    stop = platform.listen(where => {
      if (where === chat) resolve()
    })
  })
  await Promise.race([came, pause(250)])
  stop()
}
