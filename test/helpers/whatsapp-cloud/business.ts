import { randomBytes } from 'node:crypto'
import { tell } from './news.ts'
import type { Fields, Message } from './shapes.ts'
import { signatureOf, writeBody } from './sign.ts'
import { type Outcome, tellStatus } from './statuses.ts'
import type { Template } from './templates.ts'
import { handshake, post } from './webhook.ts'
import { type BusinessState, findMessage, type Webhook, type World } from './world.ts'

export type Business = ReturnType<typeof business>

/** A business phone number as its owner sees it in Meta's console: credentials, webhook, templates, and what waits for it. */
export function business(world: World, state: BusinessState, end: AbortSignal) {
  let named = 0
  return {
    state,
    name: state.name,
    phoneId: state.phoneId,
    accountId: state.accountId,
    phone: state.phone,
    token: state.token,
    secret: state.secret,
    verifyToken: state.verifyToken,
    /** Points the webhook there; unless told otherwise the handshake comes first, and throws if it is not answered right. */
    listens: async (url: string, wish: Partial<Webhook> & { unverified?: true } = {}) => {
      const { unverified, ...more } = wish
      if (!unverified) await handshake(state, url, randomBytes(5).readUIntBE(0, 5).toString())
      state.webhook = {
        batch: 1,
        connections: 1,
        disorder: false,
        again: 0,
        delay: [0, 0],
        ...more,
        url,
      }
      for (const one of state.news) one.dueAt = 0
      state.wake()
    },
    /** Delivers at once what waits to be tried again. */
    hurries: () => {
      for (const one of state.news) one.dueAt = 0
      state.wake()
    },
    /** Changes how the webhook is treated: batches, order, repeats, delay. */
    treats: (how: Partial<Omit<Webhook, 'url'>>) => {
      if (state.webhook === undefined) throw new Error('There is no webhook yet.')
      Object.assign(state.webhook, how)
    },
    template: (template: Omit<Template, 'status'> & { status?: Template['status'] }): Template => {
      const kept: Template = { status: 'APPROVED', ...template }
      state.templates.push(kept)
      return kept
    },
    /** News not confirmed yet, by name: a wamid, or `wamid/status`. */
    get pending() {
      return state.news.map(one => one.name)
    },
    /** Each post to the webhook and what came back: a status, or why nothing did. */
    deliveries: state.deliveries,
    /** Tells a status of a message by hand: again, late, or one that never was. */
    tells: (message: Message | string, outcome: Outcome) => {
      const found = findMessage(world, state, typeof message === 'string' ? message : message.id)
      const bare: Message | undefined =
        typeof message === 'string'
          ? { id: message, from: 'business', at: 0, type: 'text', text: '', choices: [], sentTo: '' }
          : message
      tellStatus(world, state, found?.person, found?.message ?? bare, outcome)
    },
    /** Gives the webhook a change made by hand, well formed or not; what is in `value` replaces what would stand there. */
    receives: (value: Fields, field = 'messages') => {
      named += 1
      tell(world, state, `by hand ${named}`, value, field)
    },
    /** Posts a body at once with whatever signature, signed rightly if none is given; gives the status, or why there was none. */
    posts: (body: string | Uint8Array<ArrayBuffer> | object, signature?: string) => {
      const isRaw = typeof body === 'string' || body instanceof Uint8Array
      const bytes = isRaw ? body : writeBody(body)
      return post(world, state, bytes, signature ?? signatureOf(bytes, state.secret), end)
    },
    /** The token is taken back: every call answers 190. */
    revokes: () => {
      state.isRevoked = true
    },
    restores: () => {
      state.isRevoked = false
    },
  }
}
