import {
  type BaileysEventMap,
  initAuthCreds,
  makeWASocket,
  type UserFacingSocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { FakeWhatsApp } from './fake-whatsapp.ts'
import { keyStore } from './key-store.ts'
import { quietLog } from './quiet.ts'

/** Credentials and keys in memory, as a client keeps them from one connection to the next. */
export function memory() {
  return { creds: initAuthCreds(), keys: keyStore() }
}

type Upsert = BaileysEventMap['messages.upsert']
type Incoming = Upsert['messages'][number]

/**
 * Unmodified Baileys on a fake, for the tests of the fake itself: one account, connected anew by `connects`, with what it was
 * told kept in lists.
 */
export function client(whatsapp: FakeWhatsApp, more: Partial<UserFacingSocketConfig> = {}, auth = memory()) {
  const got: { type: Upsert['type']; message: Incoming }[] = []
  const updates: BaileysEventMap['messages.update'] = []
  const events: Partial<BaileysEventMap>[] = []
  const qrs: string[] = []
  const ends: number[] = []
  const state = { sock: undefined as WASocket | undefined, isOpen: false }

  const connects = () => {
    const sock = makeWASocket({
      auth,
      waWebSocketUrl: whatsapp.url,
      logger: quietLog,
      syncFullHistory: false,
      shouldSyncHistoryMessage: () => false,
      emitOwnEvents: false,
      retryRequestDelayMs: 1,
      ...more,
    })
    state.sock = sock
    sock.ev.process(seen => {
      events.push(seen)
      const { connection, qr, lastDisconnect } = seen['connection.update'] ?? {}
      if (qr !== undefined) qrs.push(qr)
      if (connection === 'open') state.isOpen = true
      if (connection === 'close') {
        state.isOpen = false
        const error = lastDisconnect?.error as { output?: { statusCode?: number } } | undefined
        ends.push(error?.output?.statusCode ?? 0)
      }
      for (const message of seen['messages.upsert']?.messages ?? [])
        got.push({ type: seen['messages.upsert']?.type ?? 'notify', message })
      updates.push(...(seen['messages.update'] ?? []))
    })
    return sock
  }

  return {
    auth,
    got,
    updates,
    events,
    qrs,
    ends,
    connects,
    get sock(): WASocket {
      if (state.sock === undefined) throw new Error('This client has not connected yet.')
      return state.sock
    },
    get isOpen() {
      return state.isOpen
    },
    /** The words of what came in, oldest first. */
    heard: () =>
      got.map(
        ({ message }) => message.message?.conversation ?? message.message?.extendedTextMessage?.text ?? '',
      ),
    /** Links to the number by QR code, and comes back as its device. */
    links: async (number = whatsapp.number) => {
      connects()
      const qr = await whatsapp.until(() => qrs.at(-1))
      if (!number.scans(qr)) throw new Error('The phone could not link.')
      await whatsapp.until(() => ends.includes(515))
      connects()
      await whatsapp.until(() => state.isOpen && number.isOnline)
    },
    closes: () => state.sock?.end(undefined),
  }
}
