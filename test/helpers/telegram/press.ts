import { botsIn } from './post.ts'
import type { Message, User } from './shapes.ts'
import { tell } from './updates.ts'
import type { Place, World } from './world.ts'

export type Pressed = { label: string | RegExp; on: Message | undefined } | { data: string; on: Message }

function buttonsOf(message: Message) {
  return (message.reply_markup?.inline_keyboard ?? []).flat()
}

/** The data of the button, which really stands on the message as it is in the chat now. */
function find(place: Place, label: string | RegExp, on: Message | undefined): { data: string; on: Message } {
  const messages = on === undefined ? [...place.messages.values()].reverse() : [on]
  for (const { message_id } of messages) {
    const message = place.messages.get(message_id)
    const button =
      message &&
      buttonsOf(message).find(({ text }) => (typeof label === 'string' ? text === label : label.test(text)))
    if (message !== undefined && button?.callback_data !== undefined)
      return { data: button.callback_data, on: message }
  }
  const there = [...place.messages.values()].flatMap(buttonsOf).map(({ text }) => text)
  throw new Error(`There is no button "${label}" to press; there are: ${there.join(', ') || 'none'}.`)
}

/** Sends the bot whose message it is a callback query; returns its id. */
export function press(world: World, place: Place, user: User, pressed: Pressed): string {
  const { data, on } = 'data' in pressed ? pressed : find(place, pressed.label, pressed.on)
  const bot = botsIn(world, place).find(one => one.user.id === on.from?.id)
  if (bot === undefined) throw new Error('The button is on a message of no bot that is here.')
  const id = `${world.nextId()}`
  bot.queries.set(id, { at: world.now(), by: user.id })
  const query = { id, from: user, message: on, chat_instance: `${-place.chat.id}`, data }
  tell(bot, 'callback_query', query, `${place.chat.id}`)
  world.onChange()
  return id
}
