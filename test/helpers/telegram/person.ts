import type { Bot } from './bot.ts'
import type { Group } from './group.ts'
import type { User } from './shapes.ts'
import { speaker } from './speaker.ts'
import { transcript } from './transcript.ts'
import { tell } from './updates.ts'
import { type BotState, date, type Place, privatePlace, rename, type World } from './world.ts'

export type Person = ReturnType<typeof person>

function setDoor(world: World, place: Place, user: User, door: Place['door']): void {
  const status = (open: boolean) => ({ user: place.bot?.user, status: open ? 'member' : 'kicked' })
  const change = {
    chat: place.chat,
    from: user,
    date: date(world),
    old_chat_member: status(place.door === 'open'),
    new_chat_member: status(door === 'open'),
  }
  place.door = door
  if (place.bot !== undefined) tell(place.bot, 'my_chat_member', change, `${place.chat.id}`)
  world.onChange()
}

/** Somebody with a Telegram account. Alone, the verbs go to the first bot; `in` gives another bot's chat, a group or a topic. */
export function person(world: World, first: BotState, start: User) {
  let user = start
  const who = () => user
  const placeOf = (bot: Bot | BotState = first) => privatePlace(world, 'state' in bot ? bot.state : bot, user)
  const home = speaker(world, placeOf(), who)

  return {
    ...home,
    get id() {
      return user.id
    },
    get user() {
      return user
    },
    in: (where: Bot | Group, topic?: number) =>
      speaker(world, 'state' in where ? placeOf(where) : where.place, who, topic),
    /** Opens the bot by its button or by a link `t.me/bot?start=payload`. */
    starts: (payload?: string, bot?: Bot) =>
      speaker(world, placeOf(bot), who).says(payload === undefined ? '/start' : `/start ${payload}`),
    blocks: (bot?: Bot) => setDoor(world, placeOf(bot), user, 'blocked'),
    unblocks: (bot?: Bot) => setDoor(world, placeOf(bot), user, 'open'),
    /** The account is deleted: bots are not told, their next send is refused. */
    deactivates: () => {
      for (const place of world.places)
        if (place.bot !== undefined && place.chat.id === user.id) place.door = 'deactivated'
    },
    renames: (names: { first_name?: string; last_name?: string; username?: string }) => {
      user = { ...user, ...names }
      for (const place of world.places) {
        const member = place.members.get(user.id)
        if (member !== undefined) member.user = user
        if (place.bot !== undefined && place.chat.id === user.id) rename(place, user)
      }
      world.onChange()
    },
    /** What stands in the chat with the bot, as text: one line a message, buttons in brackets. */
    sees: (bot?: Bot) => transcript(placeOf(bot)),
    /** The messages in the chat with the bot, oldest first. */
    messages: (bot?: Bot) => [...placeOf(bot).messages.values()],
  }
}
