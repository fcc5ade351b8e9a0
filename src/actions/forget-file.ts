import type { Action } from './action.ts'
import { fileIdsIn } from './attach-files.ts'

/**
 * Destroys files that citizens sent where none are taken: the row goes and with it the only key, so nothing can be read any more, and what
 * lies on the disk is swept. One that a report has stays.
 */
export const forgetFile: Action = async (room, requests) => {
  const sent = requests.flatMap(({ with: { file = '' }, conversation }) =>
    fileIdsIn({ file }).map(id => ({ id, conversation: conversation.id })),
  )
  await room.client.query({
    name: 'forget-files',
    text: `delete from files using unnest($1::uuid[], $2::uuid[]) as sent(id, conversation)
      where files.id = sent.id and files.conversation_id = sent.conversation and files.ticket_id is null`,
    values: [sent.map(({ id }) => id), sent.map(({ conversation }) => conversation)],
  })
  return requests.map(() => ({ result: {} }))
}
