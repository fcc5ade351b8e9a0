import { characters, cleanName, cleanText } from '../../lib/clean-text.ts'
import type { InboundMessage } from '../channel.ts'
import { type Fields, field } from './read-body.ts'
import type { Refused } from './refusals.ts'

const ID_MAX = 64
const TEXT_MAX = 4096
const CHOICE_MAX = 200
const STAFF_MAX = 40

/** What was said, without who and where. */
export type Said = Pick<InboundMessage, 'kind' | 'text' | 'choice' | 'location'>

/** The client's own id of a message; a whole number will do. */
export function readId(value: unknown): { id: string } | Refused {
  const id = Number.isSafeInteger(value) ? String(value) : value
  const fits = typeof id === 'string' && id.length >= 1 && id.length <= ID_MAX
  return fits && id.isWellFormed() && !/\p{Cc}/u.test(id) ? { id } : { refused: 'id_invalid' }
}

/** Exactly one of text, choice and location. An empty text beside another counts as left out. */
export function readSaid(fields: Fields): Said | Refused {
  const text = field(fields, 'text')
  const choice = field(fields, 'choice')
  const location = field(fields, 'location')
  const others = [choice, location].filter(given => given !== undefined).length
  if (others === 0) return readText(text)
  if (others === 2 || (text !== undefined && text !== '')) return { refused: 'message_invalid' }
  return choice === undefined ? readLocation(location) : readChoice(choice)
}

/** A caption may be empty, a message of words may not. */
export function readText(text: unknown, mayBeEmpty = false): Said | Refused {
  if (typeof text !== 'string') return { refused: 'message_invalid' }
  if (characters(text) > TEXT_MAX) return { refused: 'text_too_long' }
  const cleaned = cleanText(text)
  if (!mayBeEmpty && cleaned.trim() === '') return { refused: 'text_empty' }
  return { kind: 'text', text: cleaned }
}

/** Who of the staff wrote, 1 to 40 characters on one line. */
export function readStaff(value: unknown): { staff: string } | Refused {
  if (typeof value !== 'string') return { refused: 'as_invalid' }
  const staff = cleanName(value)
  return staff !== '' && characters(staff) <= STAFF_MAX ? { staff } : { refused: 'as_invalid' }
}

function readChoice(choice: unknown): Said | Refused {
  if (typeof choice !== 'string' || choice === '' || choice.length > CHOICE_MAX)
    return { refused: 'choice_invalid' }
  return cleanText(choice) === choice ? { kind: 'text', text: '', choice } : { refused: 'choice_invalid' }
}

function readLocation(location: unknown): Said | Refused {
  if (location === null || typeof location !== 'object') return { refused: 'location_invalid' }
  const latitude = field(location as Fields, 'latitude')
  const longitude = field(location as Fields, 'longitude')
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return { refused: 'location_invalid' }
  return { kind: 'location', text: '', location: { latitude, longitude } }
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most
}
