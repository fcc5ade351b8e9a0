import { randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type KeyPair,
} from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { pair } from './link.ts'
import { at, bytesOf, SERVER, type Stanza, stanza } from './stanza.ts'
import { type Account, seconds, userOf, type World } from './world.ts'

/** A phone that has sent its half and waits for the client's. */
type Waiting = { account: Account; ephemeral: KeyPair; theirs: Buffer; done: (linked: boolean) => void }
const waiting = new WeakMap<Connection, Waiting>()

/** The client wants to be linked by code: keeps what it sent until somebody types the code on the phone. */
export function takeHello(world: World, connection: Connection, query: Stanza): Stanza {
  const registration = at(query, 'link_code_companion_reg')
  const ref = `ref-${world.nextId()}`
  connection.hello = {
    wrapped: bytesOf(at(registration, 'link_code_pairing_wrapped_companion_ephemeral_pub')),
    ref,
    number: userOf(registration?.attrs.jid ?? ''),
  }
  world.onChange()
  return stanza('link_code_companion_reg', { stage: 'companion_hello' }, [
    stanza('link_code_pairing_ref', {}, Buffer.from(ref)),
  ])
}

/** Salt, start value and text, as both sides wrap their ephemeral keys with the code. */
async function unwrap(code: string, wrapped: Buffer): Promise<Buffer> {
  const key = await derivePairingCodeKey(code, wrapped.subarray(0, 32))
  return aesDecryptCTR(wrapped.subarray(48, 80), key, wrapped.subarray(32, 48))
}

async function wrap(code: string, publicKey: Uint8Array): Promise<Buffer> {
  const salt = randomBytes(32)
  const start = randomBytes(16)
  return Buffer.concat([salt, start, aesEncryptCTR(publicKey, await derivePairingCodeKey(code, salt), start)])
}

/**
 * Somebody types a code on the phone. Resolves true once the client is linked, false where the phone would say that the code is
 * wrong: nobody asked for one for this number, or the client's answer cannot be opened.
 */
export async function typeCode(world: World, account: Account, code: string): Promise<boolean> {
  const mine = (one: Connection) => one.state === 'linking' && one.hello?.number === userOf(account.pn)
  const connection = [...world.connections].find(mine)
  if (connection?.hello === undefined) return false
  const { wrapped, ref } = connection.hello
  const ephemeral = Curve.generateKeyPair()
  const theirs = await unwrap(code, wrapped)
  const linked = new Promise<boolean>(done => waiting.set(connection, { account, ephemeral, theirs, done }))
  const attributes = {
    from: SERVER,
    type: 'link_code_companion_reg',
    id: `code-${world.nextId()}`,
    t: seconds(world),
  }
  const half = await wrap(code, ephemeral.public)
  connection.send(
    stanza('notification', attributes, [
      stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
        stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, half),
        stanza('primary_identity_pub', {}, account.phone.identity.public),
        stanza('link_code_pairing_ref', {}, Buffer.from(ref)),
      ]),
    ]),
  )
  return linked
}

/** The client's half: opened with the secret both now share, it holds what the adv secret is made of. */
export function takeFinish(world: World, connection: Connection, query: Stanza): void {
  const phone = waiting.get(connection)
  if (phone === undefined) return
  waiting.delete(connection)
  const wrapped = bytesOf(at(query, 'link_code_companion_reg', 'link_code_pairing_wrapped_key_bundle'))
  const shared = Curve.sharedKey(phone.ephemeral.private, phone.theirs)
  const key = hkdf(shared, 32, {
    salt: wrapped.subarray(0, 32),
    info: 'link_code_pairing_key_bundle_encryption_key',
  })
  let opened: Buffer
  try {
    opened = aesDecryptGCM(wrapped.subarray(44), key, wrapped.subarray(32, 44), Buffer.alloc(0))
  } catch {
    // The one sign of a wrong code: both sides hold other keys.
    phone.done(false)
    return
  }
  const identities = Curve.sharedKey(phone.account.phone.identity.private, opened.subarray(0, 32))
  const secret = hkdf(Buffer.concat([shared, identities, opened.subarray(64, 96)]), 32, {
    info: 'adv_secret',
  })
  pair(world, connection, phone.account, Buffer.from(secret))
  phone.done(true)
}
