/** Updates as Telegram's Bot API delivers them, for the citizens of the bench. */
import { type Answers, coordinates, type Dialogue, OPENING, SKIP, TOPICS } from './dialogue.ts'

type Person = { id: number; is_bot: boolean; first_name: string; language_code: string }
type Chat = { id: number; type: 'private'; first_name: string }
export type Message = {
  message_id: number
  from: Person
  chat: Chat
  date: number
  text?: string
  location?: { latitude: number; longitude: number }
  photo?: { file_id: string; file_unique_id: string; width: number; height: number }[]
  contact?: { phone_number: string; first_name: string; user_id: number }
}
export type Update = {
  update_id: number
  message?: Message
  callback_query?: { id: string; from: Person; message: Message; chat_instance: string; data: string }
}
export type Button = { text: string; callback_data: string }

/** When chat 0 wrote; every other chat a second later than the one before. */
const DATE = 1_763_000_000

/**
 * The citizen's update number `step` in this chat: 0 opens the complaint, n answers question n.
 * `buttons` are those last shown in the chat, since what a button means is the bot's affair.
 */
export function updateOf(
  dialogue: Dialogue,
  chat: number,
  step: number,
  answers: Answers,
  buttons: Button[],
) {
  const update_id = chat * 1000 + step
  const question = dialogue.questions[step - 1]
  if (question === undefined) return textUpdate(chat, update_id, OPENING)
  const answer = answers[question.name] ?? ''
  switch (question.accept) {
    case 'choice':
      return press(chat, update_id, buttons[Object.keys(TOPICS).indexOf(answer)])
    case 'confirm':
      return press(chat, update_id, buttons[0])
    case 'text':
      return textUpdate(chat, update_id, answer)
    case 'location':
      return { update_id, message: { ...blank(chat, update_id), location: coordinates(chat) } }
    case 'photo':
      return answer === '' ? textUpdate(chat, update_id, SKIP) : photo(chat, update_id, answer)
    case 'contact':
      return {
        update_id,
        message: {
          ...blank(chat, update_id),
          contact: { phone_number: answer, first_name: 'Warga', user_id: chat },
        },
      }
  }
}

export function textUpdate(chat: number, update_id: number, text: string): Update {
  return { update_id, message: { ...blank(chat, update_id), text } }
}

function press(chat: number, update_id: number, button: Button | undefined): Update {
  if (button === undefined) throw new Error(`chat ${chat} was shown no button to press`)
  const { from } = blank(chat, update_id)
  const message = { ...blank(chat, update_id - 1), text: 'shown before' }
  const query = {
    id: `press-${update_id}`,
    from,
    message,
    chat_instance: `${chat}`,
    data: button.callback_data,
  }
  return { update_id, callback_query: query }
}

function photo(chat: number, update_id: number, file_id: string): Update {
  const sizes = [90, 800].map(side => ({
    file_id,
    file_unique_id: `${file_id}u${side}`,
    width: side,
    height: side,
  }))
  return { update_id, message: { ...blank(chat, update_id), photo: sizes } }
}

function blank(chat: number, update_id: number): Message {
  return {
    message_id: update_id,
    from: { id: chat, is_bot: false, first_name: 'Warga', language_code: 'id' },
    chat: { id: chat, type: 'private', first_name: 'Warga' },
    date: DATE + chat,
  }
}
