import {
  encodeBigEndian,
  generateSignalPubKey,
  KEY_BUNDLE_TYPE,
  type SignalRepositoryWithLIDStore,
} from '@whiskeysockets/baileys'
import { at, bytesOf, child, inside, numberOf, type Stanza, stanza } from './stanza.ts'

/** A bundle as the Signal library takes it. */
export type E2ESession = Parameters<SignalRepositoryWithLIDStore['injectE2ESession']>[0]['session']

type PublicKey = { id: number; key: Buffer }

/** What a device leaves with the server so that others can write to it: Signal's pre-key bundle, public halves only. */
export type Bundle = {
  registration: number
  identity: Buffer
  signed: PublicKey & { signature: Buffer }
  /** One-time keys; each is given out once. */
  once: PublicKey[]
}

const readKey = (node: Stanza | undefined): PublicKey => ({
  id: numberOf(child(node, 'id')),
  key: bytesOf(child(node, 'value')),
})

export function readSigned(node: Stanza | undefined): Bundle['signed'] {
  return { ...readKey(node), signature: bytesOf(child(node, 'signature')) }
}

/** Takes in what a device uploads: new one-time keys beside those it has, all else in place of the old. */
export function takeUpload(bundle: Bundle, query: Stanza): void {
  bundle.registration = numberOf(child(query, 'registration'))
  bundle.identity = bytesOf(child(query, 'identity'))
  bundle.signed = readSigned(child(query, 'skey'))
  const fresh = inside(at(query, 'list')).map(readKey)
  const known = new Set(bundle.once.map(one => one.id))
  bundle.once.push(...fresh.filter(one => !known.has(one.id)))
}

const keyStanza = (tag: string, { id, key }: PublicKey, signature?: Buffer) =>
  stanza(tag, {}, [
    stanza('id', {}, encodeBigEndian(id, 3)),
    stanza('value', {}, key),
    ...(signature === undefined ? [] : [stanza('signature', {}, signature)]),
  ])

/** A bundle as it goes to whoever asks for it, with one of its one-time keys if there is one left. */
export function bundleStanza(jid: string, bundle: Bundle, t: number): Stanza {
  const once = bundle.once.shift()
  return stanza('user', { jid, t }, [
    stanza('registration', {}, encodeBigEndian(bundle.registration)),
    stanza('type', {}, KEY_BUNDLE_TYPE),
    stanza('identity', {}, bundle.identity),
    keyStanza('skey', bundle.signed, bundle.signed.signature),
    ...(once === undefined ? [] : [keyStanza('key', once)]),
  ])
}

/** A bundle as the Signal library wants it, likewise with one of its one-time keys. */
export function asSession(bundle: Bundle): E2ESession {
  const once = bundle.once.shift()
  return {
    registrationId: bundle.registration,
    identityKey: generateSignalPubKey(bundle.identity),
    signedPreKey: {
      keyId: bundle.signed.id,
      publicKey: generateSignalPubKey(bundle.signed.key),
      signature: bundle.signed.signature,
    },
    ...(once === undefined ? {} : { preKey: { keyId: once.id, publicKey: generateSignalPubKey(once.key) } }),
  }
}
