import { breach } from './refusal.ts'
import { type Fields, isObject } from './shapes.ts'

const MOST_BUTTONS = 100
const MOST_IN_A_ROW = 8

function rowsOf(value: unknown): Fields[][] {
  return Array.isArray(value) ? value.map(row => (Array.isArray(row) ? row.filter(isObject) : [])) : []
}

function checkInline(button: Fields): void {
  const label = String(button.text ?? '')
  if (label.trim() === '') throw breach('inline keyboard button text is empty')
  const deeds = Object.keys(button).filter(name => !/^(text|style|icon_custom_emoji_id)$/.test(name))
  if (deeds.length !== 1) throw breach(`inline keyboard button "${label}" must have exactly one deed`)
  const data = button.callback_data
  if (typeof data === 'string') {
    const bytes = Buffer.byteLength(data)
    if (bytes < 1 || bytes > 64) throw breach(`BUTTON_DATA_INVALID: ${bytes} bytes on "${label}"`)
  }
  if (typeof button.url === 'string' && !/^(https?|tg):\/\/\S+$/.test(button.url))
    throw breach(`BUTTON_URL_INVALID on "${label}"`)
}

function checkReply(button: Fields, isPrivate: boolean): void {
  if (String(button.text ?? '').trim() === '') throw breach('keyboard button text is empty')
  if (!isPrivate && button.request_contact === true)
    throw breach('phone number can be requested in private chats only')
  if (!isPrivate && button.request_location === true)
    throw breach('location can be requested in private chats only')
}

/** Everything Telegram minds about a keyboard beyond the types of its fields. */
export function checkMarkup(markup: unknown, isPrivate: boolean): void {
  if (!isObject(markup)) return
  const inline = rowsOf(markup.inline_keyboard)
  const reply = rowsOf(markup.keyboard)
  const rows = [...inline, ...reply]
  if (rows.flat().length > MOST_BUTTONS) throw breach('reply markup is too long')
  if (rows.some(row => row.length > MOST_IN_A_ROW))
    throw breach(`a keyboard row has more than ${MOST_IN_A_ROW} buttons`)
  for (const button of inline.flat()) checkInline(button)
  for (const button of reply.flat()) checkReply(button, isPrivate)
  if (Array.isArray(markup.keyboard) && markup.keyboard.flat().length === 0)
    throw breach('reply keyboard has no button')
}
