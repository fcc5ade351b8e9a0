/** How the peers take an answer: one switch by what the question accepts, the same for all of them. */
import { type Question, SHORTEST_DESCRIPTION, SHORTEST_TEXT, SKIP, TOPICS } from './dialogue.ts'
import type { Button, Update } from './telegram.ts'

export const YES = 'ya'

/** The answer in this update, or undefined when it does not fit the question. */
export function hearUpdate(question: Question, update: Update): string | undefined {
  const message = update.message
  switch (question.accept) {
    case 'choice': {
      const pressed = update.callback_query?.data
      return pressed !== undefined && Object.hasOwn(TOPICS, pressed) ? pressed : undefined
    }
    case 'confirm':
      return update.callback_query?.data === YES ? YES : undefined
    case 'text': {
      const text = message?.text?.trim() ?? ''
      const shortest = question.name === 'description' ? SHORTEST_DESCRIPTION : SHORTEST_TEXT
      return text.length >= shortest ? text : undefined
    }
    case 'location':
      return message?.location && `${message.location.latitude},${message.location.longitude}`
    case 'photo':
      return message?.text === SKIP ? '' : message?.photo?.at(-1)?.file_id
    case 'contact': {
      const phone = message?.contact?.phone_number.replace(/[^+\d]/g, '') ?? ''
      return /^\+?\d{9,15}$/.test(phone) ? phone : undefined
    }
  }
}

/** The buttons a peer shows under a question; none under an open one. */
export function buttonsOf(question: Question): Button[] | undefined {
  if (question.accept === 'choice') return TOPIC_BUTTONS
  if (question.accept === 'confirm') return CONFIRM_BUTTONS
  return undefined
}

const TOPIC_BUTTONS = Object.entries(TOPICS).map(([callback_data, text]) => ({ text, callback_data }))
const CONFIRM_BUTTONS = [
  { text: 'Kirim', callback_data: YES },
  { text: 'Batal', callback_data: 'batal' },
]
