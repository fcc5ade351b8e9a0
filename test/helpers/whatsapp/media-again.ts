import { randomBytes } from 'node:crypto'
import { aesDecryptGCM, aesEncryptGCM, hkdf, proto } from '@whiskeysockets/baileys'
import { mail } from './mail.ts'
import { fileOf } from './media.ts'
import { at, bytesOf, child, type Stanza, stanza } from './stanza.ts'
import { type Linked, seconds, type World } from './world.ts'

/** A file is gone from the media host: the next who asks for it hears 404. */
export function expire(world: World, path: string): void {
  const bytes = world.files.get(path)
  if (bytes === undefined) throw new Error(`The media host has no ${path}.`)
  world.files.delete(path)
  world.expired.set(path, bytes)
}

/**
 * A device asks the phone that sent a file to bring it again: the phone puts it under another path and says which, in a letter
 * only holders of the file's key can open. Source: Baileys' `encryptMediaRetryRequest` and `decryptMediaRetryData`.
 */
export function bringAgain(world: World, device: Linked, node: Stanza): void {
  const { id = '' } = node.attrs
  const said = world.said.get(id)
  const file = said && fileOf(said.content)?.file
  if (file?.mediaKey == null || file.directPath == null) return
  const key = hkdf(file.mediaKey, 32, { info: 'WhatsApp Media Retry Notification' })
  const about = Buffer.from(id)
  const request = at(node, 'encrypt')
  aesDecryptGCM(bytesOf(child(request, 'enc_p')), key, bytesOf(child(request, 'enc_iv')), about)
  const bytes = world.files.get(file.directPath) ?? world.expired.get(file.directPath)
  const { SUCCESS, NOT_FOUND } = proto.MediaRetryNotification.ResultType
  const directPath = `/v/again/${world.nextId()}.enc`
  if (bytes !== undefined) world.files.set(directPath, bytes)
  const answer = { stanzaId: id, directPath, result: bytes === undefined ? NOT_FOUND : SUCCESS }
  const start = randomBytes(12)
  const sealed = aesEncryptGCM(proto.MediaRetryNotification.encode(answer).finish(), key, start, about)
  const attributes = { from: device.account.pn, type: 'mediaretry', id, t: seconds(world) }
  mail(
    device,
    stanza('notification', attributes, [
      stanza('rmr', child(node, 'rmr')?.attrs ?? {}),
      stanza('encrypt', {}, [stanza('enc_p', {}, sealed), stanza('enc_iv', {}, start)]),
    ]),
  )
}
