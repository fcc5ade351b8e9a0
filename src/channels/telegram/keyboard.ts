import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Option } from '../channel.ts'
import { keepToken } from '../option-tokens.ts'
import type { LongOptions } from '../ports.ts'

/** Bytes Telegram takes on a button. */
export const TOKEN_MAX = 64

/** Characters of a label up to which two stand side by side on a narrow phone. */
const NARROW = 16

/** Options as buttons below a message; what is too long for a button is kept behind a token first. */
export async function keyboardOf(
  office: string,
  options: readonly Option[],
  long: LongOptions,
): Promise<InlineKeyboardMarkup> {
  const rows: InlineKeyboardMarkup['inline_keyboard'] = []
  let isOpen = false
  for (const { id, label } of options) {
    const button = { text: label, callback_data: await keepToken(id, TOKEN_MAX, office, long) }
    const isNarrow = label.length <= NARROW
    const last = rows.at(-1)
    if (isOpen && isNarrow && last !== undefined) last.push(button)
    else rows.push([button])
    isOpen = isNarrow && rows.at(-1)?.length === 1
  }
  return { inline_keyboard: rows }
}
