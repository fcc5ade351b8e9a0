import { isIn } from './find-place.ts'
import { botsIn, post } from './post.ts'
import type { User } from './shapes.ts'
import { tell } from './updates.ts'
import { date, type Member, type Place, type World } from './world.ts'

function chatMember({ user, status, isAnonymous }: Member) {
  return {
    user,
    status,
    ...(status === 'administrator' || status === 'creator' ? { is_anonymous: isAnonymous === true } : {}),
    ...(status === 'administrator' ? { can_manage_topics: true, can_delete_messages: true } : {}),
    ...(status === 'kicked' ? { until_date: 0 } : {}),
  }
}

/** Sets what somebody is in the group, and tells the bots: each of itself, and of others if it is an administrator. */
export function setMember(world: World, place: Place, by: User, next: Member): void {
  const { user } = next
  const before: Member = place.members.get(user.id) ?? { user, status: 'left' }
  const was = new Set(botsIn(world, place))
  place.members.set(user.id, next)
  for (const bot of new Set([...was, ...botsIn(world, place)])) {
    const change = {
      chat: place.chat,
      from: by,
      date: date(world),
      old_chat_member: chatMember(before),
      new_chat_member: chatMember(next),
    }
    const kind = bot.user.id === user.id ? 'my_chat_member' : 'chat_member'
    const mayKnow = kind === 'my_chat_member' || place.members.get(bot.user.id)?.status === 'administrator'
    if (mayKnow) tell(bot, kind, change, `${place.chat.id}`)
  }
  if (!isIn(before) && isIn(next)) post(world, place, by, { new_chat_members: [user] })
  if (isIn(before) && !isIn(next)) post(world, place, by, { left_chat_member: user })
}
