import { historyOf } from '../records/ticket-history.ts'
import { openEvent } from '../records/ticket-words.ts'
import type { Work } from './desk-said.ts'

/** Lines of the history that hold what staff told the citizen. */
const ANSWERS: ReadonlySet<string> = new Set(['replied', 'corrected', 'talked', 'resolved'])

/** What staff last answered on a ticket; '' when nobody has. */
export async function lastAnswer({
  room,
  ticket,
  key,
}: Pick<Work, 'room' | 'ticket' | 'key'>): Promise<string> {
  const history = await historyOf(room.client, ticket.id, 'desk')
  const answers = history.flatMap(({ type, sealed }) => {
    const { by, text = '' } = openEvent(room.sealing, key, ticket.id, sealed)
    return ANSWERS.has(type) && by !== undefined && text !== '' ? [text] : []
  })
  return answers.at(-1) ?? ''
}
