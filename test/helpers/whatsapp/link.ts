import { randomBytes } from 'node:crypto'
import {
  Curve,
  hmacSign,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { at, bytesOf, SERVER, type Stanza, stanza } from './stanza.ts'
import { type Account, type Linked, seconds, userOf, type World } from './world.ts'

/** Codes a client is given to show, one after another. The platform gives six. */
const REFS = 6

/** A client that has no account asks to be linked: gets what it may show as QR codes. */
export function beginLinking(world: World, connection: Connection): void {
  connection.state = 'linking'
  connection.refs = Array.from({ length: REFS }, () => `2@${randomBytes(24).toString('base64')}`)
  const refs = connection.refs.map(ref => stanza('ref', {}, Buffer.from(ref)))
  const id = `link-${world.nextId()}`
  connection.send(
    stanza('iq', { from: SERVER, type: 'set', xmlns: 'md', id }, [stanza('pair-device', {}, refs)]),
  )
  world.onChange()
}

/** What a QR code of a client says: five fields behind the `#`. */
export function readQr(qr: string) {
  const [ref = '', noise = '', identity = '', secret = ''] = (qr.split('#')[1] ?? qr).split(',')
  return { ref, noise, identity, secret }
}

/** What the phone signs so that the new device may speak for its account. */
function identityFor(
  world: World,
  account: Account,
  device: number,
  identity: Buffer,
  secret: Buffer,
): Buffer {
  const details = proto.ADVDeviceIdentity.encode({
    rawId: world.nextId(),
    timestamp: seconds(world),
    keyIndex: device,
  }).finish()
  const key = account.phone.identity
  const accountSignature = Curve.sign(
    key.private,
    Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, identity]),
  )
  const signed = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: key.public,
    accountSignature,
  }).finish()
  const sealed = { details: signed, hmac: hmacSign(signed, secret) }
  return Buffer.from(proto.ADVSignedDeviceIdentityHMAC.encode(sealed).finish())
}

/** Makes the client on this connection a device of the account, and tells it. It still has to sign. */
export function pair(world: World, connection: Connection, account: Account, secret: Buffer): Linked {
  const { payload, key } = connection.caller
  const facts = payload.devicePairingData
  const number = account.nextDevice
  account.nextDevice += 1
  const identity = Buffer.from(facts?.eIdent ?? [])
  const device: Linked = {
    number,
    account,
    pn: `${userOf(account.pn)}:${number}${SERVER}`,
    lid: `${userOf(account.lid)}:${number}@lid`,
    noiseKey: key,
    bundle: {
      registration: Buffer.from(facts?.eRegid ?? [0, 0, 0, 0]).readUInt32BE(),
      identity,
      signed: {
        id: Buffer.from(facts?.eSkeyId ?? [0, 0, 0]).readUIntBE(0, 3),
        key: Buffer.from(facts?.eSkeyVal ?? []),
        signature: Buffer.from(facts?.eSkeySig ?? []),
      },
      once: [],
    },
    mail: [],
    logins: [],
    live: undefined,
    window: undefined,
    silent: undefined,
  }
  connection.device = device
  const id = `pair-${world.nextId()}`
  connection.send(
    stanza('iq', { from: SERVER, type: 'set', id }, [
      stanza('pair-success', {}, [
        stanza('device-identity', {}, identityFor(world, account, number, identity, secret)),
        stanza('device', { jid: device.pn, lid: device.lid }),
        stanza('platform', { name: 'android' }),
      ]),
    ]),
  )
  return device
}

/** The client has signed its identity: it is linked, and told to come back as what it is now (515). */
export function finishLinking(world: World, connection: Connection, answer: Stanza): void {
  const { device } = connection
  if (device === undefined) return
  const { details, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(
    bytesOf(at(answer, 'pair-device-sign', 'device-identity')),
  )
  const { identity } = device.bundle
  const words = [WA_ADV_DEVICE_SIG_PREFIX, details ?? [], identity, device.account.phone.identity.public]
  if (
    !Curve.verify(
      identity,
      Buffer.concat(words.map(one => Buffer.from(one))),
      deviceSignature ?? Buffer.alloc(64),
    )
  )
    world.violations.push('A device that was being linked signed its identity wrongly.')
  device.account.devices.set(device.number, device)
  connection.device = undefined
  connection.send(stanza('stream:error', { code: 515 }))
  connection.close()
  world.onChange()
}

/**
 * The phone scans a QR code. False where it would say that it could not link: nobody shows this code any more, it is not this
 * client's, or its secret was retired.
 */
export function scan(world: World, account: Account, qr: string): boolean {
  const { ref, noise, identity, secret } = readQr(qr)
  const connection = [...world.connections].find(one => one.state === 'linking' && one.refs.includes(ref))
  if (connection === undefined || connection.retired.has(secret)) return false
  const shown = Buffer.from(connection.caller.payload.devicePairingData?.eIdent ?? [])
  if (noise !== connection.caller.key.toString('base64') || identity !== shown.toString('base64'))
    return false
  pair(world, connection, account, Buffer.from(secret, 'base64'))
  return true
}

/**
 * The server retires the secret in this QR code: no scan of it links any more. The client is told, and must show another. Gives a
 * function that says whether the client has acknowledged that.
 */
export function refresh(world: World, qr: string): () => boolean {
  const { ref, secret } = readQr(qr)
  const connection = [...world.connections].find(one => one.refs.includes(ref))
  if (connection === undefined) throw new Error('Nobody shows this QR code.')
  connection.retired.add(secret)
  const id = `refresh-${world.nextId()}`
  const attributes = { from: SERVER, type: 'companion_reg_refresh', id, t: seconds(world) }
  connection.send(stanza('notification', attributes, [stanza('companion_reg_refresh')]))
  return () => connection.acknowledged.has(id)
}
