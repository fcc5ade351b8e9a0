import type { Upload } from '../check-call.ts'
import { checkMarkup } from '../markup-rules.ts'
import { breach } from '../refusal.ts'
import { type Entity, type Fields, type InlineKeyboard, isObject, type Key } from '../shapes.ts'
import { checkText } from '../text-rules.ts'
import type { BotState, World } from '../world.ts'

/** One call, its fields already of the published types. `gone` comes when the caller has hung up. */
export type Ask = {
  world: World
  bot: BotState
  fields: Fields
  uploads: Map<string, Upload>
  gone: AbortSignal
}

/** What a method does; gives the `result`, or throws a Refusal. */
export type Method = (ask: Ask) => unknown

function isEntity(value: unknown): value is Entity {
  return isObject(value) && typeof value.type === 'string' && typeof value.offset === 'number'
}

function entitiesIn(value: unknown): Entity[] {
  return Array.isArray(value) ? value.filter(isEntity) : []
}

/** We send entities only: a text with a parse mode would be read as markup, and citizens write asterisks too. */
function refuseParseMode(fields: Fields): void {
  if (fields.parse_mode !== undefined) throw breach('parse_mode is not used here; send entities')
}

export function textOf(fields: Fields): { text: string; entities?: Entity[] } {
  refuseParseMode(fields)
  const { text, entities } = checkText(String(fields.text ?? ''), entitiesIn(fields.entities), 'text')
  return { text, ...(entities.length === 0 ? {} : { entities }) }
}

export function captionOf(fields: Fields): { caption?: string; caption_entities?: Entity[] } {
  refuseParseMode(fields)
  if (fields.caption === undefined) return {}
  const found = checkText(String(fields.caption), entitiesIn(fields.caption_entities), 'caption')
  if (found.text === '') return {}
  return {
    caption: found.text,
    ...(found.entities.length === 0 ? {} : { caption_entities: found.entities }),
  }
}

function isKeyboard(value: unknown): value is InlineKeyboard {
  return isObject(value) && Array.isArray(value.inline_keyboard)
}

/** The inline keyboard of a call, as it will stand under the message; an empty one is none. */
export function markupOf(fields: Fields, isPrivate: boolean): { reply_markup?: InlineKeyboard } {
  const markup = fields.reply_markup
  checkMarkup(markup, isPrivate)
  return isKeyboard(markup) && markup.inline_keyboard.flat().length > 0 ? { reply_markup: markup } : {}
}

/** The keys a call lays out; undefined if it leaves those that are there. */
export function keysOf({ reply_markup: markup }: Fields): Key[][] | undefined {
  if (!isObject(markup)) return undefined
  if (markup.remove_keyboard === true) return []
  if (!Array.isArray(markup.keyboard)) return undefined
  return markup.keyboard.map((row: (string | Key)[]) =>
    row.map(key => (typeof key === 'string' ? { text: key } : key)),
  )
}
