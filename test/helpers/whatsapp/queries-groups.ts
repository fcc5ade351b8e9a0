import { addMember, createGroup, groupStanza, removeMember, setAdmin, setSubject } from './group-life.ts'
import { type Answer, type Query, QueryRefusal } from './query.ts'
import { bytesOf, inside, type Stanza, stanza } from './stanza.ts'
import { type Account, accountOf, type Group } from './world.ts'

/** The group a question is about, if it is the asker's. */
function ownGroup({ world, device, node }: Query): Group {
  const group = world.groups.get(node.attrs.to ?? '')
  if (group === undefined) throw new QueryRefusal(404, 'item-not-found')
  if (!group.members.has(device.account)) throw new QueryRefusal(403, 'forbidden')
  return group
}

/** The same, if the asker is an administrator there. */
function ruledGroup(query: Query): Group {
  const group = ownGroup(query)
  if (group.members.get(query.device.account)?.admin === undefined) throw new QueryRefusal(403, 'forbidden')
  return group
}

const named = ({ world, asked }: Query): { jid: string; account: Account | undefined }[] =>
  inside(asked).map(({ attrs: { jid = '' } }) => ({ jid, account: accountOf(world, jid) }))

/** Does something to each person named; who is not to be found is answered with 404. */
function toEach(query: Query, change: (group: Group, account: Account) => void): Stanza[] {
  const group = ruledGroup(query)
  const results = named(query).map(({ jid, account }) => {
    if (account !== undefined) change(group, account)
    return stanza('participant', { jid, error: account === undefined ? 404 : undefined })
  })
  return [stanza(query.asked.tag, {}, results)]
}

/** Questions and orders about groups. */
export const groupQueries: Record<string, Answer> = {
  'w:g2 get query': query => [groupStanza(ownGroup(query))],
  'w:g2 get participating': ({ world, device }) => {
    const own = [...world.groups.values()].filter(group => group.members.has(device.account))
    return [stanza('groups', {}, own.map(groupStanza))]
  },
  'w:g2 set create': query => {
    const others = named(query).flatMap(({ account }) => (account === undefined ? [] : [account]))
    return [
      groupStanza(createGroup(query.world, query.asked.attrs.subject ?? '', query.device.account, others)),
    ]
  },
  'w:g2 set leave': ({ world, device, asked }) => {
    const [
      {
        attrs: { id = '' },
      } = stanza('group'),
    ] = inside(asked)
    const group = world.groups.get(id)
    if (group === undefined) throw new QueryRefusal(404, 'item-not-found')
    removeMember(world, group, device.account, device.account)
    return [stanza('leave', {}, [stanza('group', { id })])]
  },
  'w:g2 set subject': query => {
    setSubject(query.world, ruledGroup(query), query.device.account, `${bytesOf(query.asked)}`)
    return []
  },
  'w:g2 set add': query =>
    toEach(query, (group, one) => addMember(query.world, group, query.device.account, one)),
  'w:g2 set remove': query =>
    toEach(query, (group, one) => removeMember(query.world, group, query.device.account, one)),
  'w:g2 set promote': query =>
    toEach(query, (group, one) => setAdmin(query.world, group, query.device.account, one, true)),
  'w:g2 set demote': query =>
    toEach(query, (group, one) => setAdmin(query.world, group, query.device.account, one, false)),
  'w:g2 get invite': query => [stanza('invite', { code: `Kode${ownGroup(query).jid.slice(-10, -5)}` })],
}
