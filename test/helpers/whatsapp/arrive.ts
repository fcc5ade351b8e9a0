import { encodeBigEndian } from '@whiskeysockets/baileys'
import { show } from './chat.ts'
import { mail } from './mail.ts'
import { type Stanza, stanza } from './stanza.ts'
import {
  type Account,
  type Content,
  chatOf,
  type Group,
  instant,
  type Linked,
  seconds,
  type World,
} from './world.ts'

/** A message on its way to a phone: from which device, and the sheets of it that are for this phone. */
export type Arrival = { device: Linked; node: Stanza; encs: Stanza[]; group: Group | undefined }

/** How often a phone asks for a message it cannot read. */
const MOST_RETRIES = 5

const asked = new WeakMap<Account, Map<string, number>>()

/** The phone cannot read this: asks the device to send it again. */
function askAgain(world: World, account: Account, { device, node, group }: Arrival): void {
  const { id = '', to = '', t } = node.attrs
  const counts = asked.get(account) ?? new Map<string, number>()
  asked.set(account, counts)
  const count = (counts.get(id) ?? 0) + 1
  counts.set(id, count)
  if (count > MOST_RETRIES) {
    world.failures.push(new Error(`${account.name} never could read message ${id}.`))
    return
  }
  const from = group === undefined ? { from: to } : { from: group.jid, participant: account.lid }
  const attributes = { ...from, id, type: 'retry', t: seconds(world) }
  mail(
    device,
    stanza('receipt', attributes, [
      stanza('retry', { count, id, t, v: 1 }),
      stanza('registration', {}, encodeBigEndian(account.phone.registration)),
    ]),
  )
}

/** Tells the device that its message is there, or was read. */
export function tellReceipt(
  world: World,
  account: Account,
  device: Linked,
  to: string,
  id: string,
  type?: 'read',
): void {
  const group = to.endsWith('@g.us')
  const from = group ? { from: to, participant: account.lid } : { from: to }
  mail(device, stanza('receipt', { ...from, id, type, t: seconds(world) }))
}

async function readAll(account: Account, { device, encs, group }: Arrival): Promise<Content> {
  let content: Content = {}
  for (const enc of encs) content = await account.phone.open(device, enc, group?.jid)
  return content
}

async function take(world: World, account: Account, arrival: Arrival): Promise<void> {
  const { device, node, group } = arrival
  const { id = '', to = '' } = node.attrs
  let content: Content
  try {
    content = await readAll(account, arrival)
  } catch {
    // Why it cannot be read does not matter to a phone: it asks for it again.
    askAgain(world, account, arrival)
    return
  }
  const copy = content.deviceSentMessage
  if (account === device.account && group === undefined) {
    account.copies.push({ id, content: copy?.message ?? content })
    return
  }
  show(chatOf(account, group ?? device.account), device.account, id, content, instant())
  tellReceipt(world, account, device, to, id)
  world.onChange()
}

/** Something comes to a phone: it is read in its turn, once the phone is on. */
export function arrive(world: World, account: Account, arrival: Arrival): void {
  if (account.waiting !== undefined) account.waiting.push(() => arrive(world, account, arrival))
  else void world.inTurn(() => take(world, account, arrival))
}
