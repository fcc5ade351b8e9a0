import { mail } from './mail.ts'
import { type Stanza, stanza } from './stanza.ts'
import { type Account, type Group, type Member, seconds, userOf, type World } from './world.ts'

const memberStanza = ({ account, admin }: Member) =>
  stanza('participant', {
    jid: account.lid,
    phone_number: account.hidesNumber ? undefined : account.pn,
    type: admin,
  })

/** A group as the platform describes it to those in it. */
export function groupStanza(group: Group): Stanza {
  const { jid, subject, creator, createdAt, members } = group
  const attributes = {
    id: userOf(jid),
    subject,
    s_t: createdAt,
    s_o: creator.lid,
    creation: createdAt,
    creator: creator.lid,
    creator_pn: creator.pn,
    addressing_mode: 'lid',
    size: members.size,
  }
  return stanza('group', attributes, [...members.values()].map(memberStanza))
}

/** Tells linked devices what somebody did to a group. */
function notify(world: World, group: Group, by: Account, readers: Iterable<Account>, content: Stanza): void {
  const attributes = {
    from: group.jid,
    type: 'w:gp2',
    id: `group-${world.nextId()}`,
    t: seconds(world),
    participant: by.lid,
    participant_pn: by.hidesNumber ? undefined : by.pn,
    notify: by.name,
    addressing_mode: 'lid',
  }
  for (const reader of readers)
    for (const device of reader.devices.values()) mail(device, stanza('notification', attributes, [content]))
  world.onChange()
}

/** A new group; whoever makes it is its superadmin. Everybody else in it is told. */
export function createGroup(world: World, subject: string, creator: Account, others: Account[] = []): Group {
  const createdAt = seconds(world)
  const jid = `1200000${String(world.nextId()).padStart(11, '0')}@g.us`
  const group: Group = { jid, subject, creator, createdAt, members: new Map(), chats: new Map() }
  group.members.set(creator, { account: creator, admin: 'superadmin' })
  for (const account of others) group.members.set(account, { account, admin: undefined })
  world.groups.set(jid, group)
  notify(world, group, creator, others, stanza('create', { type: 'new' }, [groupStanza(group)]))
  return group
}

/**
 * Brings somebody in. Those who are in are told of an `add`; who comes in is given the group (`create`), or told of the `add`
 * too where `tells` says so: which of the two a platform sends has changed over time.
 */
export function addMember(
  world: World,
  group: Group,
  by: Account,
  account: Account,
  tells: 'create' | 'add' = 'create',
): void {
  if (group.members.has(account)) return
  const before = [...group.members.keys()]
  const member: Member = { account, admin: undefined }
  group.members.set(account, member)
  const added = stanza('add', {}, [memberStanza(member)])
  notify(world, group, by, tells === 'add' ? [...before, account] : before, added)
  if (tells === 'create') notify(world, group, by, [account], stanza('create', {}, [groupStanza(group)]))
}

/** Takes somebody out, or lets them leave where `by` is the same. Everybody's sender keys are made anew. */
export function removeMember(world: World, group: Group, by: Account, account: Account): void {
  const member = group.members.get(account)
  if (member === undefined) return
  notify(world, group, by, [...group.members.keys()], stanza('remove', {}, [memberStanza(member)]))
  group.members.delete(account)
  for (const one of group.members.keys()) one.phone.forgetGroup(group.jid)
}

export function setAdmin(world: World, group: Group, by: Account, account: Account, isAdmin: boolean): void {
  const member = group.members.get(account)
  if (member === undefined) return
  member.admin = isAdmin ? 'admin' : undefined
  const tag = isAdmin ? 'promote' : 'demote'
  notify(world, group, by, group.members.keys(), stanza(tag, {}, [memberStanza(member)]))
}

export function setSubject(world: World, group: Group, by: Account, subject: string): void {
  group.subject = subject
  const attributes = { subject, s_t: seconds(world), s_o: by.lid }
  notify(world, group, by, group.members.keys(), stanza('subject', attributes))
}
