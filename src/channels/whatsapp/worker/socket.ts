import type { AuthenticationCreds, UserFacingSocketConfig } from '@whiskeysockets/baileys'
import type { Ask } from '../calls.ts'
import type { Note, OpenOrder, WorkerAsks } from '../wire.ts'
import { createGroups } from './groups.ts'
import { guardLine } from './guard-line.ts'
import { keyStore } from './keys.ts'
import type { Library, Socket } from './library.ts'
import { showLink } from './link.ts'
import { silentLogger } from './quiet.ts'
import { codeOf } from './send.ts'
import { createStoreFirst } from './store-first.ts'

type Parts = {
  library: Library
  ask: Ask<WorkerAsks>
  tell: (note: Note) => void
  /** WhatsApp's server gave us something of its own. */
  heard: () => void
  /** Ends this process when another may speak for the account by now. */
  stillAlive: () => void
  lost: () => never
}

/** How long a restriction is taken to last that has no end. */
const RESTRICTED_MS = 24 * 3_600_000

/** What the account's server tells on its own; answers to our questions do not count as a sign of life. */
const UNASKED = [
  'CB:message',
  'CB:receipt',
  'CB:notification',
  'CB:presence',
  'CB:chatstate',
  'CB:call',
  'CB:ib',
]

/** Opens the account's socket. What comes of it is told in notes; what is said in the account's chats is saved by `ask`. */
export function createOpener({ library, ask, tell, heard, stillAlive, lost }: Parts) {
  const { BufferJSON, proto } = library
  const groups = createGroups(library, tell)
  const keys = library.makeCacheableSignalKeyStore(keyStore(library, ask, lost), silentLogger)
  let creds: AuthenticationCreds | undefined

  const HistoryType = proto.HistorySync.HistorySyncType
  /** Enough for names and their other names; old messages are nobody's business here. */
  const taken: ReadonlySet<unknown> = new Set([
    HistoryType.INITIAL_BOOTSTRAP,
    HistoryType.PUSH_NAME,
    HistoryType.NON_BLOCKING_DATA,
  ])

  function configOf(
    order: OpenOrder,
    auth: AuthenticationCreds,
    storeFirst: ReturnType<typeof createStoreFirst>,
  ) {
    const config: UserFacingSocketConfig = {
      auth: { creds: auth, keys },
      logger: silentLogger,
      markOnlineOnConnect: false,
      syncFullHistory: false,
      shouldSyncHistoryMessage: ({ syncType }) => taken.has(syncType),
      emitOwnEvents: false,
      // One message nobody can read would hold up all others for so long: 250 ms unless said.
      retryRequestDelayMs: 0,
      generateHighQualityLinkPreview: false,
      // Channels, status and bots: nobody there is a citizen.
      shouldIgnoreJid: jid => /@(broadcast|newsletter|bot)$/.test(jid),
      makeSignalRepository: storeFirst.make,
      cachedGroupMetadata: group => groups.metadata(group),
      async getMessage({ id }) {
        const content = await ask('sent', { id: id ?? '' }).catch(() => null)
        return content === null ? undefined : proto.Message.decode(Buffer.from(content, 'base64'))
      },
      ...(order.socketUrl === null ? {} : { waWebSocketUrl: order.socketUrl }),
      ...(isVersion(order.version) ? { version: order.version } : {}),
    }
    return config
  }

  return function open(order: OpenOrder): Socket {
    // A link that came to nothing leaves half a name behind, which WhatsApp would refuse as a login.
    if (creds?.account === undefined) creds = credsOf(order.creds)
    const auth = creds
    const storeFirst = createStoreFirst(library, ask, lost)
    const socket = library.makeWASocket(configOf(order, auth, storeFirst))
    guardLine(socket.ws, stillAlive)
    for (const name of UNASKED) socket.ws.prependListener(name, heard)
    socket.ws.prependListener('CB:message', storeFirst.note)
    socket.ev.on('creds.update', update => {
      Object.assign(auth, update)
      const value = JSON.stringify(auth, BufferJSON.replacer)
      ask('save', { rows: [{ type: 'creds', id: 'creds', value }], heard: [] }).catch(lost)
    })
    if (auth.account === undefined && order.link !== null) showLink(socket, order.link, tell)
    groups.follow(socket)
    follow(socket, auth)
    return socket
  }

  function credsOf(text: string | null): AuthenticationCreds {
    const kept: AuthenticationCreds | undefined =
      text === null ? undefined : JSON.parse(text, BufferJSON.reviver)
    // Those of a link that came to nothing are worth nothing: the library would try to log in with them.
    return kept?.account === undefined ? library.initAuthCreds() : kept
  }

  function follow(socket: Socket, auth: AuthenticationCreds): void {
    socket.ev.on('connection.update', ({ connection, lastDisconnect, reachoutTimeLock }) => {
      if (connection === 'open') tell({ is: 'open' })
      if (connection === 'close')
        tell({
          is: 'closed',
          code: codeOf(lastDisconnect?.error) ?? 0,
          linked: auth.account !== undefined,
          reached: !isNoWay(lastDisconnect?.error),
        })
      if (reachoutTimeLock !== undefined) {
        const ends = reachoutTimeLock.timeEnforcementEnds?.getTime() ?? Date.now() + RESTRICTED_MS
        const until = reachoutTimeLock.isActive ? ends : null
        tell({ is: 'restricted', until })
      }
    })
    socket.ev.on('messages.update', updates => {
      for (const state of ['delivered', 'read'] as const) {
        const wanted = state === 'delivered' ? [3] : [4, 5]
        const ids = updates.flatMap(({ key, update }) =>
          key.fromMe && key.id && wanted.includes(Number(update.status)) ? [key.id] : [],
        )
        if (ids.length > 0) tell({ is: 'status', ids, state })
      }
    })
    socket.ev.on('lid-mapping.update', ({ lid, pn }) => tell({ is: 'alias', ids: [lid, pn] }))
  }
}

/** The library hands on what Node says of a name without an address, a refused or a broken connection. */
function isNoWay(error: unknown): boolean {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined
  return typeof data === 'object' && data !== null && 'syscall' in data
}

function isVersion(version: number[] | null): version is [number, number, number] {
  return version !== null && version.length === 3
}
