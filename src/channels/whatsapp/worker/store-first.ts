import type { BinaryNode, SignalAuthState, SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys'
import type { Ask } from '../calls.ts'
import type { Stanza, StanzaName, WorkerAsks } from '../wire.ts'
import { keepBeforeSend, LANE } from './keep-before-send.ts'
import type { WithHeard } from './keys.ts'
import type { Library } from './library.ts'

/** Parts of a message nobody here reads: previews, quoted words, what phones need for themselves. */
const LEFT_OUT = new Set([
  'jpegThumbnail',
  'quotedMessage',
  'waveform',
  'scansSidecar',
  'senderKeyDistributionMessage',
  'messageSecret',
  'deviceListMetadata',
  'reportingTokenVersion',
  'thumbnailDirectPath',
  'thumbnailSha256',
  'thumbnailEncSha256',
])

/**
 * Wraps the library's decryption so that a message is durably written, in the same transaction as the keys that decrypted it, before
 * the library goes on to tell WhatsApp that we have it. The stanza a ciphertext came in is found by the very bytes.
 *
 * Who dies between the two is brought the same bytes again, and their key is used up by then. The library would ask the phone to
 * begin anew with us; what we have is said to be delivered instead.
 */
export function createStoreFirst(library: Library, ask: Ask<WorkerAsks>, lost: () => never) {
  const stanzas = new WeakMap<Uint8Array, BinaryNode>()

  /** Called with every message before the library sees it. */
  function note(node: BinaryNode): void {
    if (!Array.isArray(node.content)) return
    for (const { tag, content } of node.content) {
      if (tag === 'enc' && content instanceof Uint8Array) stanzas.set(content, node)
    }
  }

  type Auth = Parameters<Library['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']>[0]
  type Make = Library['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']

  const make: Make = (auth, logger, find) => {
    const keys = transactional(auth)
    const plain = library.DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, find)
    const repository = keepBeforeSend(plain, keys)

    async function withWords(work: () => Promise<Uint8Array>, cipher: Uint8Array): Promise<Uint8Array> {
      const node = stanzas.get(cipher)
      const other = node && (await otherNames(node))
      return keys.transaction(async () => {
        const plain = await work().catch(error => orNothing(node, error))
        const heard = node && stanzaOf(node, plain, other)
        if (heard !== undefined) {
          const words: WithHeard = {
            heard: { [`${heard.chat}/${heard.id}/${heard.participant ?? ''}`]: heard },
          }
          await keys.set(words)
        }
        return plain
      }, LANE)
    }

    /** A message of ours by now stands for nothing more; of any other the reason why it cannot be read. */
    async function orNothing(node: BinaryNode | undefined, error: unknown): Promise<Uint8Array> {
      if (node !== undefined && (await ask('knows', nameOf(library, node)).catch(lost)))
        return library.encodeWAMessage({})
      throw error
    }

    /** The other name of whoever sent it, where the message does not say it itself but we were told before. */
    async function otherNames({ attrs }: BinaryNode): Promise<string | undefined> {
      const author = library.jidNormalizedUser(attrs.participant ?? attrs.from)
      const isLid = library.isLidUser(author) === true
      const { lidMapping } = repository
      const found = isLid ? await lidMapping.getPNForLID(author) : await lidMapping.getLIDForPN(author)
      return found === null || found === undefined ? undefined : library.jidNormalizedUser(found)
    }

    function stanzaOf(node: BinaryNode, plain: Uint8Array, other: string | undefined): Stanza | undefined {
      return isOurs(node, auth) ? undefined : readStanza(library, node, plain, other)
    }

    return {
      ...repository,
      decryptMessage: given => withWords(() => repository.decryptMessage(given), given.ciphertext),
      decryptGroupMessage: given => withWords(() => repository.decryptGroupMessage(given), given.msg),
    }
  }

  function transactional({ keys }: Auth): SignalKeyStoreWithTransaction {
    if ('transaction' in keys) return keys
    return lost()
  }

  function isOurs({ attrs }: BinaryNode, auth: SignalAuthState): boolean {
    const creds = auth.creds as { me?: { id: string; lid?: string } }
    const author = attrs.participant ?? attrs.from
    return [creds.me?.id, creds.me?.lid].some(
      name => name !== undefined && library.areJidsSameUser(name, author),
    )
  }

  return { note, make }
}

/** What is kept of a message; undefined of what no person says: keys for a group, and nothing else. */
function readStanza(
  library: Library,
  node: BinaryNode,
  plain: Uint8Array,
  other: string | undefined,
): Stanza | undefined {
  const { attrs } = node
  const decoded = library.proto.Message.decode(library.unpadRandomMax16(plain))
  const message: unknown = JSON.parse(
    JSON.stringify(decoded.toJSON(), (name, value) => (LEFT_OUT.has(name) ? undefined : value)),
  )
  if (Object.keys(message as object).every(name => name === 'messageContextInfo')) return undefined
  const { senderAlt } = library.extractAddressingContext({ tag: 'message', attrs })
  const alt = senderAlt === undefined ? other : library.jidNormalizedUser(senderAlt)
  const isInGroup = attrs.participant !== undefined
  return {
    ...nameOf(library, node),
    ...(alt === undefined ? {} : isInGroup ? { participantAlt: alt } : { chatAlt: alt }),
    at: Number(attrs.t),
    called: attrs.notify ?? '',
    message,
  }
}

function nameOf(library: Library, { attrs }: BinaryNode): StanzaName {
  const { participant, edit } = attrs
  return {
    chat: library.jidNormalizedUser(attrs.from),
    ...(participant === undefined ? {} : { participant: library.jidNormalizedUser(participant) }),
    id: attrs.id ?? '',
    ...(edit === undefined ? {} : { edit }),
  }
}
