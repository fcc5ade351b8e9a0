import type { Room } from '../actions/action.ts'
import type { Option } from '../channels/channel.ts'
import { openBody } from '../outbox/claimed-row.ts'
import type { Arrival, Said } from './arrival.ts'
import type { OpenConversation } from './open-conversation.ts'

type Whose = { arrival: Arrival; conversation: OpenConversation }

/**
 * A number in answer to a message that showed its choices as numbers is that choice, as if it had been pressed, however old that
 * message is; in answer to one without so many choices it stays a number.
 */
export async function takePicks<W extends Whose>(room: Room, all: W[]): Promise<W[]> {
  if (all.every(({ arrival }) => arrival.said.picks === undefined)) return all
  return Promise.all(
    all.map(async whose => ({
      ...whose,
      arrival: { ...whose.arrival, said: await picked(room, whose) },
    })),
  )
}

async function picked(room: Room, { arrival, conversation }: Whose): Promise<Said> {
  const { picks, replyTo, ...said } = arrival.said
  if (typeof picks !== 'number') return arrival.said
  const option = (await optionsAt(room, conversation, replyTo))[picks - 1]
  return {
    ...said,
    ...(said.type === 'staff_said' ? { replyTo } : {}),
    ...(option === undefined ? {} : { choice: option.id }),
  }
}

/** The choices of the message of ours that is called so there. */
async function optionsAt(room: Room, { id, key }: OpenConversation, ref: unknown): Promise<Option[]> {
  const { rows } = await room.client.query<{ key: string; sealed: Buffer }>(
    `select key, sealed from outbox where ref = $1 and conversation_id = $2 and status = 'sent' order by id desc limit 1`,
    [ref, id],
  )
  const [row] = rows
  return row === undefined ? [] : (openBody(room.sealing, key, row).options ?? [])
}
