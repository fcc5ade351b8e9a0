import { extractE2ESessionFromRetryReceipt } from '@whiskeysockets/baileys'
import type { Connection } from './connection.ts'
import { asSession } from './key-bundle.ts'
import { keyOf, settle } from './mail.ts'
import { bringAgain } from './media-again.ts'
import { child, inside, type Stanza, stanza } from './stanza.ts'
import { instant, type Linked, type World } from './world.ts'
import { writeTo } from './write.ts'

/** The device could not read a message: its author begins anew with it and writes it once more, under the same id. */
function sayAgain(world: World, device: Linked, node: Stanza): void {
  const said = world.said.get(node.attrs.id ?? '')
  if (said === undefined) return
  const count = Number(child(node, 'retry')?.attrs.count ?? 1)
  void world.inTurn(async () => {
    const { preKey, ...session } = extractE2ESessionFromRetryReceipt(node) ?? asSession(device.bundle)
    await said.by.phone.renew(device, preKey === undefined ? session : { ...session, preKey })
    await writeTo(world, device, said, count)
  })
}

/** A linked device says what became of messages to it: here, read, or not to be read. */
export function takeReceipt(world: World, connection: Connection, device: Linked, node: Stanza): void {
  const { id = '', to = '', participant, type = '' } = node.attrs
  if (type === 'server-error') {
    bringAgain(world, device, node)
    return
  }
  const ids = [id, ...inside(child(node, 'list')).map(one => one.attrs.id ?? '')]
  for (const one of ids) {
    const receipt = { id: one, type, by: device, to, participant, at: instant() }
    world.receipts.push(receipt)
    world.said.get(one)?.receipts.push(receipt)
    settle(device, keyOf('message', { id: one }))
  }
  connection.send(stanza('ack', { class: 'receipt', id, from: to, participant, type: node.attrs.type }))
  if (type === 'retry') sayAgain(world, device, node)
  world.onChange()
}

/** A linked device has taken in a stanza. `error` says that it could make nothing of it; it will not get it again either way. */
export function takeAck(device: Linked, node: Stanza): void {
  settle(device, keyOf(node.attrs.class ?? '', node.attrs))
}
