import type { Action } from './action.ts'

/** Takes STOP back: we may speak first here again. `resumed` is *ya* only where STOP held until now. */
export const resumeMessages: Action = async (room, requests) => {
  const { rows } = await room.client.query<{ id: string }>(
    'update conversations set stopped = false where id = any($1::uuid[]) and stopped returning id',
    [requests.map(({ conversation }) => conversation.id)],
  )
  const resumed = new Set(rows.map(({ id }) => id))
  return requests.map(({ conversation }) => ({
    result: { resumed: resumed.has(conversation.id) ? 'ya' : 'tidak' },
  }))
}
