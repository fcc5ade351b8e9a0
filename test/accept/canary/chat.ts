import { setTimeout as pause } from 'node:timers/promises'

/** A line of a chat as HTTP gives it. */
export type Line = {
  seq: number
  from: 'bot' | 'staff' | 'citizen'
  text: string
  file?: string
  as?: string
  options?: { id: string; label: string }[]
}

/** One address over HTTP: a citizen's session, or a desk's group. */
export type Chat = {
  /** Sends, again and again with the same id, until it is received. */
  say(text: string, id?: string): Promise<void>
  send(file: Blob, name: string, caption?: string): Promise<void>
  locate(latitude: number, longitude: number): Promise<void>
  read(after?: number): Promise<Line[]>
  /** Waits for a line that contains these words; throws when none comes within two minutes. */
  hear(words: string): Promise<Line>
}

export type Speaker = { headers?: Record<string, string>; idPrefix?: string; language?: string }

/** Sends until it is answered with success: busy, away and gone doors are tried again. */
export async function insist(url: string, init: () => RequestInit): Promise<Response> {
  let last = 'no answer'
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(url, init()).catch(() => undefined)
    if (answer?.ok) return answer
    last = answer === undefined ? 'no answer' : `${answer.status}`
    if (answer !== undefined && answer.status !== 429 && answer.status !== 503) {
      throw new Error(`${url.replace(/\?.*/, '')}: ${answer.status} ${await answer.text()}`)
    }
    await answer?.body?.cancel()
    await pause(200)
  }
  throw new Error(`${url.replace(/\?.*/, '')} was last answered: ${last}`)
}

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  }
}

export async function citizen(base: string, speaker: Speaker = {}): Promise<Chat & { session: string }> {
  const { headers = {}, language } = speaker
  const opened = await insist(`${base}/chat/medan/sessions`, () => json({ language }, headers))
  const { session } = (await opened.json()) as { session: string }
  const ids = numbered(speaker.idPrefix ?? 'm')
  const at = `${base}/chat/medan`
  const post = async (body: object, id = ids()) => {
    await insist(`${at}/messages`, () => json({ session, id, ...body }, headers))
  }
  const read = (after = 0) => readAt(`${at}/messages?session=${session}&after=${after}`, headers)
  return {
    session,
    say: (text, id) => post({ text }, id),
    locate: (latitude, longitude) => post({ location: { latitude, longitude } }),
    async send(file, name, caption = '') {
      const id = ids()
      const form = () => {
        const data = new FormData()
        for (const [field, value] of Object.entries({ session, id, text: caption })) data.set(field, value)
        data.set('file', file, name)
        return data
      }
      await insist(`${at}/files`, () => ({ method: 'POST', body: form(), headers }))
    },
    read,
    hear: words => hearAt(read, words),
  }
}

/** A desk's group as the trial page shows it, with this member of staff writing. */
export function desk(base: string, id: string, as: string, office = 'medan'): Omit<Chat, 'send' | 'locate'> {
  const at = `${base}/trial/${office}/desks/${id}/messages`
  const ids = numbered(`s${Math.random()}`)
  const read = (after = 0) => readAt(`${at}?after=${after}`, {})
  return {
    say: async (text, messageId = ids()) => {
      await insist(at, () => json({ id: messageId, as, text }))
    },
    read,
    hear: words => hearAt(read, words),
  }
}

async function readAt(url: string, headers: Record<string, string>): Promise<Line[]> {
  const answer = await insist(url, () => ({ headers }))
  return ((await answer.json()) as { messages: Line[] }).messages
}

async function hearAt(read: (after?: number) => Promise<Line[]>, words: string): Promise<Line> {
  for (let tries = 0; tries < 600; tries += 1) {
    const line = (await read()).findLast(({ from, text }) => from !== 'citizen' && text.includes(words))
    if (line !== undefined) return line
    await pause(200)
  }
  const last = (await read()).findLast(({ from }) => from !== 'citizen')?.text
  throw new Error(`Nobody said "${words}". Last said: ${last}`)
}

function numbered(prefix: string): () => string {
  let n = 0
  return () => `${prefix}-${++n}`
}
