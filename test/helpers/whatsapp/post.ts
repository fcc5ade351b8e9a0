import { arrive } from './arrive.ts'
import type { Connection } from './connection.ts'
import { harmFor } from './faults.ts'
import { mail } from './mail.ts'
import { child, inside, type Stanza, stanza } from './stanza.ts'
import {
  accountOf,
  deviceOf,
  type Group,
  instant,
  type Linked,
  type Posted,
  seconds,
  type World,
} from './world.ts'

/** Why the platform would not take this message, by itself: the group is not the sender's, or nobody is called like that. */
function refusalOf(world: World, device: Linked, to: string, group: Group | undefined): number | undefined {
  if (to.endsWith('@g.us')) {
    if (group === undefined) return 404
    return group.members.has(device.account) ? undefined : 403
  }
  return accountOf(world, to) === undefined ? 404 : undefined
}

/** What each device gets of this message, by the device's name. */
function sheets(node: Stanza): Map<string, Stanza[]> {
  const found = new Map<string, Stanza[]>()
  for (const one of inside(child(node, 'participants')))
    found.set(
      one.attrs.jid ?? '',
      inside(one).filter(part => part.tag === 'enc'),
    )
  return found
}

function hand(world: World, device: Linked, node: Stanza, name: string, encs: Stanza[], group?: Group): void {
  const account = accountOf(world, name)
  if (account === undefined || account.blocked.has(device.account)) return
  const number = deviceOf(name)
  if (number === 0) {
    arrive(world, account, { device, node, encs, group })
    return
  }
  const reader = account.devices.get(number)
  if (reader === undefined || reader === device) return
  const { id, type } = node.attrs
  const from =
    group === undefined
      ? { from: device.pn, sender_lid: device.lid }
      : { from: group.jid, participant: device.lid }
  mail(reader, stanza('message', { ...from, id, type, t: seconds(world), notify: device.account.name }, encs))
}

function deliver(world: World, device: Linked, node: Stanza, group: Group | undefined): void {
  const given = sheets(node)
  const common = inside(node).filter(one => one.tag === 'enc')
  const { to = '', participant } = node.attrs
  const alone = participant ?? (group === undefined && common.length > 0 ? to : undefined)
  if (alone !== undefined) {
    hand(world, device, node, alone, common, group)
    return
  }
  if (group === undefined) {
    for (const [name, encs] of given) hand(world, device, node, name, encs)
    return
  }
  for (const account of group.members.keys()) {
    const names = [account.lid, ...[...account.devices.values()].map(one => one.lid)]
    for (const name of names) {
      if (name === device.lid) continue
      const own = [...given].find(
        ([jid]) => accountOf(world, jid) === account && deviceOf(jid) === deviceOf(name),
      )
      hand(world, device, node, name, [...(own?.[1] ?? []), ...common], group)
    }
  }
}

/** A linked device sends a message: it is acknowledged, refused or met with silence, and handed to whom it is for. */
export function takeMessage(world: World, connection: Connection, device: Linked, node: Stanza): void {
  const { id = '', to = '' } = node.attrs
  const group = world.groups.get(to)
  const posted: Posted = { id, to, by: device, at: instant(), ack: '', node }
  world.posted.push(posted)
  const harm = harmFor(world, 'message', { to })
  const error = harm !== undefined && 'error' in harm ? harm.error : refusalOf(world, device, to, group)
  const acknowledge = () =>
    connection.send(stanza('ack', { class: 'message', id, from: to, t: seconds(world), error }))
  if (error !== undefined) posted.ack = `${error}`
  else if (harm !== undefined && 'silence' in harm) posted.ack = `silence ${harm.silence}`
  else posted.ack = 'accepted'
  if (harm !== undefined && 'slow' in harm) setTimeout(acknowledge, harm.slow)
  else if (!posted.ack.startsWith('silence')) acknowledge()
  if (posted.ack === 'accepted' || posted.ack === 'silence after') deliver(world, device, node, group)
  world.onChange()
}
