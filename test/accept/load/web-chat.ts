import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Caller, openCaller } from './caller.ts'

type Line = { seq: number; from: 'bot' | 'staff' | 'citizen'; text: string }

/** One citizen's chat over HTTP, told every answer as it is: nothing is tried again unless it says so. */
export type WebChat = {
  caller: Caller
  session: string
  /** Sends once; the answer. */
  post(id: string, text: string): Promise<Answer>
  /** Sends until it is taken, in the pace it is told. */
  say(id: string, text: string): Promise<void>
  /** Lines after a number, waiting so many seconds for news; undefined when this was not answered. */
  read(after: number, wait?: number): Promise<Line[] | undefined>
  /** Everything there is. */
  all(): Promise<Line[]>
}

/** Longer than a message is tried. */
export const PATIENCE_MS = 150_000
/** Tries of what must succeed in the end. */
const TRIES = 200

export async function openChat(
  url: string,
  from: string,
  office = 'medan',
  caller = openCaller(url, from),
): Promise<WebChat> {
  const opened = await insist(() => caller.post(`/chat/${office}/sessions`, {}))
  const { session } = JSON.parse(opened.body) as { session: string }
  const at = `/chat/${office}/messages`
  const post = (id: string, text: string) => caller.post(at, { session, id, text })
  async function read(after: number, wait = 0): Promise<Line[] | undefined> {
    const { status, body } = await caller.get(`${at}?session=${session}&after=${after}&wait=${wait}`)
    return status === 200 ? (JSON.parse(body) as { messages: Line[] }).messages : undefined
  }
  return {
    caller,
    session,
    post,
    read,
    async say(id, text) {
      await insist(() => post(id, text))
    },
    async all() {
      const lines: Line[] = []
      for (let tries = 0; tries < TRIES; tries += 1) {
        const more = await read(lines.at(-1)?.seq ?? 0)
        if (more?.length === 0) return lines
        lines.push(...(more ?? []))
        if (more === undefined) await pause(200)
      }
      throw new Error('A chat cannot be read to its end.')
    },
  }
}

/**
 * How many of these texts the citizen's chat has not, at that moment if not before: what was set aside after a turn that failed is ours, and
 * stands there when it has been tried again.
 */
export async function missingIn(chat: WebChat, texts: ReadonlySet<string>, until: number): Promise<number> {
  for (;;) {
    const lines = await chat.all()
    const kept = new Set(lines.filter(({ from }) => from === 'citizen').map(({ text }) => text))
    const missing = [...texts].filter(text => !kept.has(text)).length
    if (missing === 0 || performance.now() > until) return missing
    await pause(1_000)
  }
}

async function insist(what: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await what()
    if (answer.status >= 200 && answer.status < 300) return answer
    await pause(Math.max(0.2, Math.min(answer.retryAfter, 2)) * 1000)
  }
  throw new Error('Somebody was turned away for ever.')
}
