import { forgetWishes } from '../records/forget-wishes.ts'
import type { Action } from './action.ts'

/**
 * STOP: we do not speak first here any more, so nobody is reminded of a draft, and all that was asked for to be told of ends. Answers to a citizen's own reports still come.
 * It is written at once, so that a *mulai* right behind it finds it; only where these are the first words ever there is no
 * row yet, and it is written with the turn.
 */
export const stopMessages: Action = async (room, requests) => {
  const { rows } = await room.client.query<{ id: string }>(
    'update conversations set stopped = true where id = any($1::uuid[]) returning id',
    [requests.map(({ conversation }) => conversation.id)],
  )
  const noted = new Set(rows.map(({ id }) => id))
  await forgetWishes(
    room.client,
    rows.map(({ id }) => id),
  )
  return requests.map(({ conversation }) => ({
    result: {},
    ...(noted.has(conversation.id) ? {} : { stop: true as const }),
  }))
}
