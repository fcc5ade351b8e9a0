import type { Connection } from './connection.ts'
import { harmFor } from './faults.ts'
import { finishLinking } from './link.ts'
import { takeFinish, takeHello } from './link-code.ts'
import { conflict, replace } from './login.ts'
import { beginMail, openWindow } from './mail.ts'
import { takeMessage } from './post.ts'
import { answers } from './queries.ts'
import { QueryRefusal } from './query.ts'
import { takeAck, takeReceipt } from './receipts.ts'
import { at, child, inside, SERVER, type Stanza, stanza } from './stanza.ts'
import { instant, type Linked, type World } from './world.ts'

const result = (node: Stanza, content: Stanza[] = []) =>
  stanza('iq', { id: node.attrs.id, type: 'result', from: node.attrs.to ?? SERVER }, content)

const refusal = (node: Stanza, code: number, text: string) =>
  stanza('iq', { id: node.attrs.id, type: 'error', from: node.attrs.to ?? SERVER }, [
    stanza('error', { code, text }),
  ])

async function answer(world: World, connection: Connection, device: Linked, node: Stanza): Promise<void> {
  const { xmlns = '', type = '', to = SERVER } = node.attrs
  const [asked = stanza('')] = inside(node)
  const harm = harmFor(world, 'iq', { to, xmlns })
  if (harm !== undefined && 'silence' in harm) return
  if (harm !== undefined && 'error' in harm) {
    connection.send(refusal(node, harm.error, harm.error === 429 ? 'rate-overlimit' : 'refused'))
    return
  }
  const name = `${xmlns} ${type} ${asked.tag}`.trim()
  const found = answers[name]
  if (found === undefined) {
    world.violations.push(`Nobody here can answer: ${name}`)
    connection.send(refusal(node, 501, 'feature-not-implemented'))
    return
  }
  try {
    connection.send(result(node, await found({ world, device, node, asked })))
  } catch (no) {
    if (!(no instanceof QueryRefusal)) throw no
    connection.send(refusal(node, no.code, no.message))
  }
}

/** What a client says that is not linked yet. */
function whileLinking(world: World, connection: Connection, node: Stanza): void {
  if (node.tag === 'ack') connection.acknowledged.add(node.attrs.id ?? '')
  const stage = at(node, 'link_code_companion_reg')?.attrs.stage
  if (stage === 'companion_hello') connection.send(result(node, [takeHello(world, connection, node)]))
  else if (stage === 'companion_finish') {
    connection.send(result(node))
    takeFinish(world, connection, node)
  } else if (child(node, 'pair-device-sign') !== undefined) finishLinking(world, connection, node)
  else if (node.attrs.type === 'get' || node.attrs.type === 'set') connection.send(result(node))
}

function takeQuery(world: World, connection: Connection, device: Linked, node: Stanza): void {
  const { xmlns, type } = node.attrs
  const tag = inside(node)[0]?.tag ?? ''
  if (xmlns === 'passive') {
    connection.send(result(node))
    if (tag === 'active') {
      connection.state = 'active'
      beginMail(device, connection)
    } else connection.state = 'passive'
  } else if (tag === 'remove-companion-device') {
    connection.send(result(node))
    device.account.devices.delete(device.number)
    replace(device, conflict('device_removed'))
  } else if (type === 'get' || type === 'set')
    answer(world, connection, device, node).catch(problem => world.failures.push(problem))
}

function takePresence(world: World, device: Linked, node: Stanza): void {
  const [first] = inside(node)
  const state = first?.attrs.media === 'audio' ? 'recording' : (first?.tag ?? node.attrs.type ?? 'name')
  world.presence.push({ by: device.pn, to: node.attrs.to ?? '', state, at: instant() })
  world.onChange()
}

/** Takes what a client says, by what kind of thing it is. */
export function route(world: World, connection: Connection, node: Stanza): void {
  const { device, login } = connection
  if (connection.state === 'linking') {
    whileLinking(world, connection, node)
    return
  }
  if (connection.state === 'replaced' || connection.state === 'closed') {
    login?.late.push({ tag: node.tag, id: node.attrs.id, at: instant() })
    return
  }
  if (device === undefined || device.silent === 'all') return
  if (node.tag === 'iq') takeQuery(world, connection, device, node)
  else if (node.tag === 'message') takeMessage(world, connection, device, node)
  else if (node.tag === 'receipt') takeReceipt(world, connection, device, node)
  else if (node.tag === 'ack') takeAck(device, node)
  else if (node.tag === 'presence' || node.tag === 'chatstate') takePresence(world, device, node)
  else if (node.tag === 'ib') {
    const batch = child(node, 'offline_batch')
    if (batch !== undefined) openWindow(device, Number(batch.attrs.count))
  } else world.violations.push(`Nobody here knows a stanza <${node.tag}>.`)
}
