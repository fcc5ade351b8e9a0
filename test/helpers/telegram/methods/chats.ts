import { findPlace, isAdmin, isIn } from '../find-place.ts'
import { setMember } from '../members.ts'
import { refusal } from '../refusal.ts'
import { addTopic, changeTopic, dropTopic, TOPIC_COLOR } from '../topics.ts'
import type { Member, Place } from '../world.ts'
import type { Ask, Method } from './ask.ts'

/** The forum a call about topics names, in which the bot may manage them. */
function findForum({ world, bot, fields }: Ask, deed: string): Place {
  const place = findPlace(world, bot, fields.chat_id)
  if (!place.chat.is_forum) throw refusal(400, 'Bad Request: the chat is not a forum')
  if (!isAdmin(place, bot.user.id)) throw refusal(400, `Bad Request: not enough rights to ${deed} a topic`)
  return place
}

function shown({ user, status, isAnonymous }: Member) {
  const isBoss = status === 'administrator' || status === 'creator'
  return { user, status, ...(isBoss ? { is_anonymous: isAnonymous === true } : {}) }
}

const createForumTopic: Method = ask => {
  const { id, name } = addTopic(ask.world, findForum(ask, 'create'), ask.bot.user, String(ask.fields.name))
  return { message_thread_id: id, name, icon_color: TOPIC_COLOR }
}

function change(deed: string, changeOf: (ask: Ask) => { name?: string; closed?: boolean }): Method {
  return ask => {
    const place = findForum(ask, deed)
    changeTopic(ask.world, place, ask.bot.user, ask.fields.message_thread_id, changeOf(ask))
    return true
  }
}

const getChatMember: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  const member = place.members.get(Number(fields.user_id))
  if (member === undefined) throw refusal(400, 'Bad Request: PARTICIPANT_ID_INVALID')
  return shown(member)
}

const getChatAdministrators: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  if (place.chat.type === 'private')
    throw refusal(400, 'Bad Request: there are no administrators in the private chat')
  return [...place.members.values()]
    .filter(({ user, status }) => /^(administrator|creator)$/.test(status) && !user.is_bot)
    .map(shown)
}

const leaveChat: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  if (place.chat.type === 'private')
    throw refusal(400, "Bad Request: chat member status can't be changed in private chats")
  setMember(world, place, bot.user, { user: bot.user, status: 'left' })
  return true
}

export const aboutChats: Record<string, Method> = {
  createForumTopic,
  editForumTopic: change('edit', ({ fields }) =>
    typeof fields.name === 'string' ? { name: fields.name } : {},
  ),
  closeForumTopic: change('close', () => ({ closed: true })),
  reopenForumTopic: change('reopen', () => ({ closed: false })),
  deleteForumTopic: ask => {
    dropTopic(ask.world, findForum(ask, 'delete'), ask.fields.message_thread_id)
    return true
  },
  getChat: ({ world, bot, fields }) => ({
    ...findPlace(world, bot, fields.chat_id).chat,
    accent_color_id: 0,
    max_reaction_count: 11,
  }),
  getChatMember,
  getChatAdministrators,
  getChatMemberCount: ({ world, bot, fields }) =>
    [...findPlace(world, bot, fields.chat_id).members.values()].filter(isIn).length,
  leaveChat,
}
