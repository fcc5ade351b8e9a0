import type { Request, Room, Tell } from './action.ts'
import { languageOf } from './language-of.ts'

/** Lets another chat of the same citizen know something that belongs to no report. */
export async function tellChat(
  room: Room,
  { key, office, at }: Pick<Request, 'key' | 'office' | 'at'>,
  conversationId: string,
  words: { id: string; en: string },
): Promise<Tell> {
  const language = await languageOf(room.client, conversationId)
  return {
    key: `${key}/told/${conversationId}`,
    office,
    to: { conversationId },
    said: { type: 'notified', text: words[language === 'en' ? 'en' : 'id'] },
    at,
  }
}
