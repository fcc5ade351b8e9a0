import { addMember, removeMember, setAdmin, setSubject } from './group-life.ts'
import type { Account, Group, World } from './world.ts'

/** A person or a number, as a group counts its members. */
export type Someone = { account: Account }

export type WhatsAppGroup = ReturnType<typeof whatsappGroup>

/** A group and what its owner can do with it. */
export function whatsappGroup(world: World, group: Group) {
  const owner = group.creator
  return {
    group,
    jid: group.jid,
    get subject() {
      return group.subject
    },
    get members() {
      return [...group.members.values()].map(({ account, admin }) => ({ name: account.name, admin }))
    },
    /** `tells`: what a number that comes in hears of it. */
    adds: (one: Someone, { admin = false, tells }: { admin?: boolean; tells?: 'create' | 'add' } = {}) => {
      addMember(world, group, owner, one.account, tells)
      if (admin) setAdmin(world, group, owner, one.account, true)
    },
    removes: (one: Someone) => removeMember(world, group, owner, one.account),
    /** Somebody leaves by themselves. */
    loses: (one: Someone) => removeMember(world, group, one.account, one.account),
    promotes: (one: Someone) => setAdmin(world, group, owner, one.account, true),
    demotes: (one: Someone) => setAdmin(world, group, owner, one.account, false),
    renames: (subject: string) => setSubject(world, group, owner, subject),
  }
}
