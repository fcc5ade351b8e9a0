import { setMember } from './members.ts'
import { post } from './post.ts'
import type { Chat, Message, User } from './shapes.ts'
import { type Author, speaker } from './speaker.ts'
import { addTopic, changeTopic, dropTopic } from './topics.ts'
import { date, newPlace, type Place, type World } from './world.ts'

/** Who Telegram shows in place of administrators and channels that do not speak under their own names. */
const ANONYMOUS: User = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }
const CHANNEL_BOT: User = { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' }
const TELEGRAM: User = { id: 777000, is_bot: false, first_name: 'Telegram' }

/** A person or a bot, as a group counts its members. */
export type Someone = { user: User }

/** A group, until it migrates; from then on the one that `migrates` gave back. */
export interface Group extends ReturnType<typeof verbs> {
  /** Becomes a supergroup: a new id and chat, both sides told, every call on the old id refused. */
  migrates: () => Group
}

/** A group and what its owner can do with it. Its topics are numbers, as in `message_thread_id`. */
function verbs(world: World, place: Place, owner: User) {
  const as = (author: Author, user: User, topic?: number) => speaker(world, place, () => user, topic, author)
  return {
    place,
    id: place.chat.id,
    adds: (one: Someone, status: 'member' | 'administrator' = 'member') =>
      setMember(world, place, owner, { user: one.user, status }),
    promotes: (one: Someone, options: { anonymous?: boolean } = {}) =>
      setMember(world, place, owner, {
        user: one.user,
        status: 'administrator',
        isAnonymous: options.anonymous === true,
      }),
    removes: (one: Someone, how: 'kicked' | 'left' = 'kicked') =>
      setMember(world, place, owner, { user: one.user, status: how }),
    renames: (title: string) => {
      place.chat = { ...place.chat, title }
      return post(world, place, owner, { new_chat_title: title })
    },
    createsTopic: (name: string) => addTopic(world, place, owner, name).id,
    closesTopic: (id: number) => changeTopic(world, place, owner, id, { closed: true }),
    reopensTopic: (id: number) => changeTopic(world, place, owner, id, { closed: false }),
    deletesTopic: (id: number) => dropTopic(world, place, id),
    /** Speaks as an administrator who hides behind the group's name. */
    anonymously: (one: Someone, topic?: number) =>
      as({ from: ANONYMOUS, sender_chat: place.chat }, one.user, topic),
    /** Speaks as a channel one owns. */
    asChannel: (one: Someone, title: string, topic?: number) =>
      as({ from: CHANNEL_BOT, sender_chat: channel(title) }, one.user, topic),
    /** A post of the channel linked to this group, which Telegram forwards here by itself. */
    linkedChannelPosts: (title: string, text: string): Message => {
      const from = channel(title)
      const forward_origin = { type: 'channel' as const, date: date(world), chat: from, message_id: 1 }
      return post(world, place, TELEGRAM, {
        text,
        sender_chat: from,
        is_automatic_forward: true,
        forward_origin,
      })
    },
  }
}

/** A group's verbs, and the one that leads to another group. */
export function group(world: World, place: Place, owner: User): Group {
  return { ...verbs(world, place, owner), migrates: () => migrate(world, place, owner) }
}

function channel(title: string): Chat {
  const number = [...title].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
  return { id: -1009000000000 - number, type: 'channel', title }
}

function migrate(world: World, old: Place, owner: User): Group {
  if (old.chat.type !== 'group') throw new Error('Only a basic group can become a supergroup.')
  const id = -1001000000000 - world.nextId()
  const place = newPlace(world, { ...old.chat, id, type: 'supergroup' })
  place.members = new Map(old.members)
  world.places.push(place)
  post(world, old, owner, { migrate_to_chat_id: id })
  old.movedTo = id
  post(world, place, owner, { migrate_from_chat_id: old.chat.id })
  return group(world, place, owner)
}
