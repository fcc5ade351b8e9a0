import {
  type AuthenticationCreds,
  addTransactionCapability,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  generateRegistrationId,
  initAuthCreds,
  type KeyPair,
  proto,
  unpadRandomMax16,
} from '@whiskeysockets/baileys'
import { asSession, type Bundle, type E2ESession } from './key-bundle.ts'
import { keyStore } from './key-store.ts'
import { quietLog } from './quiet.ts'
import { bytesOf, type Stanza, stanza } from './stanza.ts'
import type { Content, Linked } from './world.ts'

/** To sign a phone's key takes the library 20 ms and more, in plain JavaScript: past this many, phones share theirs. */
const SETS = 20
const sets: AuthenticationCreds[] = []
let phones = 0

function newCreds(): AuthenticationCreds {
  const place = phones % SETS
  phones += 1
  const set = sets[place] ?? initAuthCreds()
  sets[place] = set
  return { ...set, registrationId: generateRegistrationId() }
}

/**
 * The phone of an account: Signal at this end, with Baileys' own classes, and no connection, since it lives with the server. It
 * names every device it talks to by its LID.
 */
export type Phone = ReturnType<typeof makePhone>

export function makePhone() {
  const creds = newCreds()
  const keys = addTransactionCapability(keyStore(), quietLog, { maxCommitRetries: 1, delayBetweenTriesMs: 0 })
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, quietLog)
  let lastKey = 0
  /** Devices that have this phone's sender key of a group. */
  const given = new Map<string, Set<string>>()

  const meet = async (device: Linked): Promise<void> => {
    if (!(await signal.validateSession(device.lid)).exists)
      await signal.injectE2ESession({ jid: device.lid, session: asSession(device.bundle) })
  }

  const seal = async (
    device: Linked,
    content: Content,
    count?: number,
    bytes?: Uint8Array,
  ): Promise<Stanza> => {
    await meet(device)
    const data = bytes ?? encodeWAMessage(content)
    const { type, ciphertext } = await signal.encryptMessage({ jid: device.lid, data })
    return stanza('enc', { v: 2, type, count }, ciphertext)
  }

  return {
    identity: creds.signedIdentityKey as KeyPair,
    registration: creds.registrationId,
    seal,
    /** A message for a device in a group: the phone's sender key before it, if the device does not have that yet. */
    sealForGroup: async (
      device: Linked,
      group: string,
      author: string,
      content: Content,
    ): Promise<Stanza[]> => {
      const { ciphertext, senderKeyDistributionMessage } = await signal.encryptGroupMessage({
        group,
        meId: author,
        data: encodeWAMessage(content),
      })
      const has = given.get(group) ?? new Set()
      given.set(group, has)
      const first = has.has(device.lid)
        ? []
        : [
            await seal(device, {
              senderKeyDistributionMessage: {
                groupId: group,
                axolotlSenderKeyDistributionMessage: senderKeyDistributionMessage,
              },
            }),
          ]
      has.add(device.lid)
      return [...first, stanza('enc', { v: 2, type: 'skmsg' }, ciphertext)]
    },
    /** Reads what a device has sent, and takes in a sender key that comes with it. Throws where it cannot be read. */
    open: async (device: Linked, enc: Stanza, group?: string): Promise<Content> => {
      const { type } = enc.attrs
      const bytes =
        type === 'skmsg'
          ? await signal.decryptGroupMessage({ group: group ?? '', authorJid: device.lid, msg: bytesOf(enc) })
          : await signal.decryptMessage({
              jid: device.lid,
              type: type === 'pkmsg' ? 'pkmsg' : 'msg',
              ciphertext: bytesOf(enc),
            })
      const content = proto.Message.decode(unpadRandomMax16(bytes))
      const key = content.senderKeyDistributionMessage
      if (key != null) await signal.processSenderKeyDistributionMessage({ item: key, authorJid: device.lid })
      return content
    },
    /** What others need to write to this phone, with a fresh one-time key. */
    bundle: async (): Promise<Bundle> => {
      lastKey += 1
      const once = Curve.generateKeyPair()
      await keys.set({ 'pre-key': { [lastKey]: once } })
      const { keyPair, keyId, signature } = creds.signedPreKey
      return {
        registration: creds.registrationId,
        identity: Buffer.from(creds.signedIdentityKey.public),
        signed: { id: keyId, key: Buffer.from(keyPair.public), signature: Buffer.from(signature) },
        once: [{ id: lastKey, key: Buffer.from(once.public) }],
      }
    },
    /** Forgets what it had with a device: the next message from there cannot be read, and is asked for again. */
    forget: (device: Linked) => signal.deleteSession([device.lid]),
    /** Forgets a device's sender key of a group, likewise. */
    forgetSender: async (group: string, device: Linked) => {
      const name = `${group}::${signal.jidToSignalProtocolAddress(device.lid).replace('.', '::')}`
      await keys.set({ 'sender-key': { [name]: null } })
    },
    /** Begins anew with a device, with these keys of its. */
    renew: (device: Linked, session: E2ESession) => signal.injectE2ESession({ jid: device.lid, session }),
    /** The next message in this group brings the sender key again. */
    forgetGroup: (group: string) => given.delete(group),
    close: () => signal.close?.(),
  }
}
