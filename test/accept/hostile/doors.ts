import { openBalai } from '../canary/balai.ts'
import { json } from '../canary/chat.ts'
import { progress } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import type { Server } from '../harness/server.ts'
import { isClean } from './judge.ts'

const SIDE_BY_SIDE = 8

/** Every string through every field of every door of the web, with nobody who checks it before: what was answered 5xx, and what a desk saw. */
export async function fuzzDoors(server: Server, strings: readonly string[]) {
  const records = await server.database('hostile_web')
  const balai = await openBalai({ DATABASE_URL: databaseUrl(records.address), TRUSTED_PROXIES: '127.0.0.1' })
  const found = { requests: 0, answered2xx: 0, http5xx: 0, unclean: 0, badLines: 0, crashes: 0 }
  let next = 0

  async function ask(url: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(url, init)
    found.requests += 1
    if (answer.ok) found.answered2xx += 1
    if (answer.status >= 500 && answer.status !== 503) {
      found.http5xx += 1
      progress(`${answer.status} at ${url.slice(0, 120)}: ${String(init.body).slice(0, 200)}`)
    }
    return answer
  }

  async function oneAfterAnother(): Promise<void> {
    for (let n = next++; n < strings.length; n = next++) {
      const text = strings[n] ?? ''
      // Everybody has an address of their own: limits are another check's affair.
      const headers = { 'X-Forwarded-For': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` }
      const chat = `${balai.url}/chat/medan`
      const opened = await ask(`${chat}/sessions`, json({}, headers))
      const { session } = (await opened.json()) as { session: string }
      const form = new FormData()
      for (const [field, value] of Object.entries({ session, id: 'f', text })) form.set(field, value)
      form.set('file', new Blob([text]), text.slice(0, 200))
      const part = encodeURIComponent(text.toWellFormed()).slice(0, 2_000)
      const desk = `${balai.url}/trial/medan/desks/general/messages`
      const all: [string, RequestInit][] = [
        [`${chat}/sessions`, json({ language: text }, headers)],
        [`${chat}/messages`, json({ session: text, id: 'a', text: 'menu' }, headers)],
        [`${chat}/messages`, json({ session, id: text, text: 'menu' }, headers)],
        [`${chat}/messages`, json({ session, id: 'b', text }, headers)],
        [`${chat}/messages`, json({ session, id: 'c', choice: text }, headers)],
        [`${chat}/messages`, json({ session, id: 'd', location: text }, headers)],
        [`${chat}/messages`, json({ [text]: text, session, id: 'e', text }, headers)],
        [`${chat}/messages`, json(text, headers)],
        [`${chat}/files`, { method: 'POST', body: form, headers }],
        [`${chat}/messages?session=${part}&after=${part}&wait=0`, { headers }],
        [`${balai.url}/chat/${part}/sessions`, json({}, headers)],
        [`${balai.url}/files/${part}?until=${part}&sign=${part}`, { headers }],
        [`${balai.url}/${part}`, { headers }],
        [desk, json({ id: `${n}`, as: text, text: `balas MDN-2611-AAAAAA ${text}` }, headers)],
      ]
      for (const [url, init] of all) await (await ask(url, init)).body?.cancel()
    }
  }

  try {
    await balai.start()
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, oneAfterAnother))
    for (let after = 0; ; ) {
      const answer = await fetch(`${balai.url}/trial/medan/desks/general/messages?after=${after}`)
      const { messages } = (await answer.json()) as {
        messages: { seq: number; from: string; text: string }[]
      }
      for (const { seq, from, text } of messages) {
        after = seq
        if (from !== 'bot' || isClean(text)) continue
        found.unclean += 1
        progress(`web: a group saw ${JSON.stringify(text.slice(0, 200))}`)
      }
      if (messages.length === 0) break
    }
    if ((await balai.stop()) !== 0) found.crashes += 1
    found.badLines = balai
      .stderr()
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('{')).length
    return found
  } finally {
    await balai.remove()
  }
}
