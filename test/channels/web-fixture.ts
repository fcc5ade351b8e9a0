import { Hono } from 'hono'
import { buildApp } from '../../src/app.ts'
import type { Address, InboundMessage, OnMessage } from '../../src/channels/channel.ts'
import type { FileStore, Line, OfficeDoor, WebOptions } from '../../src/channels/web/ports.ts'
import { webChannel } from '../../src/channels/web/web-channel.ts'

export const OFFICES: OfficeDoor[] = [
  {
    id: 'medan',
    name: 'Kantor Contoh Medan',
    desks: [
      { id: 'umum', name: 'Umum', restricted: false },
      { id: 'terbatas', name: 'Pengawasan', restricted: true },
    ],
  },
  { id: 'lhokseumawe', name: 'Kantor Contoh Lhokseumawe', desks: [] },
]

/** What our database driver would throw when nobody answers. */
export class AwayError extends Error {
  override name = 'AwayError'
}

const place = (at: Pick<Address, 'office' | 'address'>) => `${at.office}/${at.address}`

/** A web channel over records in memory: what is said by `say` is committed, and `tell` wakes readers as the outbox does. */
export function webHouse(changes: Partial<WebOptions> & { mode?: 'trial' | 'live' } = {}) {
  const { mode = 'trial', ...options } = changes
  const said = new Map<string, Line[]>()
  const received: InboundMessage[] = []
  const logged: Record<string, unknown>[] = []
  const kept = new Map<string, { mime: string; bytes: Uint8Array }>()
  const failing: { read?: Error; message?: Error } = {}
  const seen = new Set<string>()
  const lines = (at: Pick<Address, 'office' | 'address'>) => {
    const known = said.get(place(at)) ?? []
    said.set(place(at), known)
    return known
  }
  const files: FileStore = {
    put: async (_office, bytes, name) => {
      if (name.endsWith('.exe')) return { refused: 'unknown_type' }
      const id = `berkas-${kept.size + 1}`
      kept.set(id, { mime: 'image/png', bytes })
      return { id, name, mime: 'image/png' }
    },
    open: async id => kept.get(id),
  }
  const web = webChannel({
    office: id => OFFICES.find(office => office.id === id),
    trial: mode === 'trial',
    key: Buffer.alloc(32, 7),
    transcript: {
      read: async (at, after) => {
        if (failing.read) throw failing.read
        return lines(at)
          .filter(({ seq }) => seq > after)
          .slice(0, 200)
      },
    },
    files,
    away: error => error instanceof AwayError,
    log: { error: (event, fields) => logged.push({ ...fields, event }) },
    ...options,
  })
  const onMessage: OnMessage = async message => {
    if (failing.message) throw failing.message
    const key = `${message.office} ${message.externalId}`
    if (seen.has(key)) return { repeat: true }
    seen.add(key)
    received.push(message)
    return { repeat: false }
  }
  const app = buildApp({
    mode,
    offices: () => OFFICES,
    doors: [web.routes, new Hono()],
    ready: async () => undefined,
    metrics: () => 'balai_turns_total 0\n',
    away: error => error instanceof AwayError,
    log: { error: (event, fields) => logged.push({ ...fields, event }) },
  })
  const say = (at: Pick<Address, 'office' | 'address'>, line: Omit<Line, 'seq'>) =>
    lines(at).push({ seq: lines(at).length + 1, ...line })
  const wake = (at: Pick<Address, 'office' | 'address'>) => web.recorded?.({ ...at, channel: 'web' })
  const tell = async (at: Pick<Address, 'office' | 'address'>, text: string) => {
    say(at, { from: 'bot', text })
    await wake(at)
  }
  return { app, web, onMessage, received, logged, failing, say, wake, tell }
}

export type WebHouse = ReturnType<typeof webHouse>

/** A house that takes messages, and a session at Medan with the address we would answer to. */
export async function openHouse(changes: Parameters<typeof webHouse>[0] = {}) {
  const house = webHouse(changes)
  await house.web.start(house.onMessage)
  const session = await newSession(house)
  const address = Buffer.from(session, 'base64url').subarray(0, 16).toString('base64url')
  return { ...house, session, at: { office: 'medan', address } }
}

export async function newSession({ app }: Pick<WebHouse, 'app'>, body: unknown = {}): Promise<string> {
  const answer = await app.request('/chat/medan/sessions', json(body))
  return ((await answer.json()) as { session: string }).session
}

export function json(body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...headers } }
}

/** The status and, for refusals, the code. */
export async function outcome(answer: Response): Promise<string> {
  const body = (await answer.json()) as { error?: { code: string; message: string } }
  return body.error ? `${answer.status} ${body.error.code}` : String(answer.status)
}
