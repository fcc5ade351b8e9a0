import type { Person } from '../../helpers/telegram/person.ts'
import type { Message } from '../../helpers/telegram/shapes.ts'
import type { Seen } from './platform.ts'

function buttonsOf({ reply_markup }: Message) {
  return (reply_markup?.inline_keyboard ?? []).flat()
}

export function optionsOf(message: Message): Seen['options'] {
  return buttonsOf(message).map(({ text, callback_data = '' }) => ({
    id: callback_data.replace(/^o:/, ''),
    label: text,
  }))
}

/** Says it, or presses the newest button that stands for the option. */
export function speak(person: Person, { text, choice }: { text: string; choice?: string }): void {
  if (choice === undefined) {
    person.says(text)
    return
  }
  const isIt = ({ callback_data }: { callback_data?: string }) => callback_data === `o:${choice}`
  const on = person.messages().findLast(message => buttonsOf(message).some(isIt))
  const label = on && buttonsOf(on).find(isIt)?.text
  if (on === undefined || label === undefined) throw new Error(`There is no button for ${choice}.`)
  person.presses(label, on)
}
