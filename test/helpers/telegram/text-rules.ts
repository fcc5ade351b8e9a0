import { breach } from './refusal.ts'
import type { Entity } from './shapes.ts'

/** What Telegram takes out of a text: carriage returns, and characters that turn or overwrite what stands beside them. */
const DROPPED = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Telegram replaces by spaces.
const BLANKED = /[\u0000-\u0009\u000b-\u001f]/

/** The text as it will stand in the chat, and where each of its old positions has gone. */
function clean(text: string): { text: string; moved: number[] } {
  const moved: number[] = []
  let out = ''
  for (const unit of text.split('')) {
    moved.push(out.length)
    if (!DROPPED.test(unit)) out += BLANKED.test(unit) ? ' ' : unit
  }
  moved.push(out.length)
  const lead = out.length - out.trimStart().length
  const kept = out.trim()
  return { text: kept, moved: moved.map(at => Math.min(Math.max(at - lead, 0), kept.length)) }
}

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
}

/** Fonts may cross; these cannot hold others, and a quotation stands in no other. */
function clash(one: Entity, other: Entity): boolean {
  const apart = one.offset + one.length <= other.offset || other.offset + other.length <= one.offset
  if (apart) return false
  const alone = /^(code|pre)$/
  const quote = /blockquote$/
  if (alone.test(one.type) || alone.test(other.type)) return true
  if (quote.test(one.type) && quote.test(other.type)) return true
  const inside = (a: Entity, b: Entity) => a.offset <= b.offset && a.offset + a.length >= b.offset + b.length
  return !inside(one, other) && !inside(other, one)
}

function checkEntity(text: string, entity: Entity): void {
  const { type, offset, length } = entity
  const end = offset + length
  const where = `entity ${type} at ${offset}, ${length} long,`
  if (offset < 0 || length < 1 || end > text.length)
    throw breach(`${where} is outside the text of ${text.length}`)
  if (splitsPair(text, offset) || splitsPair(text, end)) throw breach(`${where} splits a character in two`)
  if (type === 'text_link' && !/^(https?|tg):\/\/\S+$/.test(entity.url ?? ''))
    throw breach(`${where} has no valid url`)
  if (type === 'text_mention' && entity.user === undefined) throw breach(`${where} has no user`)
}

/**
 * The text and entities as they will stand in the chat. Lengths are in UTF-16 units: 4096 for texts, 1024 for captions.
 */
export function checkText(
  text: string,
  entities: Entity[],
  what: 'text' | 'caption',
): { text: string; entities: Entity[] } {
  const limit = what === 'text' ? 4096 : 1024
  if (!text.isWellFormed()) throw breach('strings must be encoded in UTF-8')
  if (entities.length > 100) throw breach(`${entities.length} entities, and Telegram keeps 100`)
  for (const entity of entities) checkEntity(text, entity)
  for (const [index, one] of entities.entries())
    for (const other of entities.slice(index + 1))
      if (clash(one, other)) throw breach(`entities ${one.type} and ${other.type} overlap at ${other.offset}`)
  const { text: kept, moved } = clean(text)
  if (kept === '' && what === 'text') throw breach('message text is empty')
  if (kept.length > limit)
    throw breach(what === 'text' ? 'message is too long' : 'message caption is too long')
  const at = (place: number) => moved[place] ?? kept.length
  return {
    text: kept,
    entities: entities
      .map(one => ({ ...one, offset: at(one.offset), length: at(one.offset + one.length) - at(one.offset) }))
      .filter(one => one.length > 0),
  }
}
