import { spokenName } from '../offices/spoken-name.ts'
import { chatsOf } from '../records/links.ts'
import type { Action, Outcome } from './action.ts'

/** What we hold about this conversation and the one it is linked to, in counts and kinds: the right of access of UU 27/2022. */
export const myData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, office } of requests) {
    const chats = await chatsOf(room.client, conversation.id)
    const { rows } = await room.client.query<
      Record<'tickets' | 'messages' | 'files' | 'questions' | 'surveys', string>
    >(
      `select (select count(*) from tickets where conversation_id = any($1::uuid[])) as tickets,
         (select count(*) from inbox where conversation_id = any($1::uuid[]) and sealed is not null)
           + (select count(*) from outbox where conversation_id = any($1::uuid[])) as messages,
         (select count(*) from files where conversation_id = any($1::uuid[])) as files,
         (select count(*) from questions where conversation_id = any($1::uuid[])) as questions,
         (select count(*) from survey_invitations where conversation_id = any($1::uuid[]))
           + (select count(*) from survey_drafts where conversation_id = any($1::uuid[])) as surveys`,
      [chats],
    )
    const { tickets = '0', messages = '0', files = '0', questions = '0', surveys = '0' } = rows[0] ?? {}
    const { office: whose } = room.houseOf(office)
    outcomes.push({
      result: {
        tickets: String(tickets),
        messages: String(messages),
        files: String(files),
        text:
          conversation.language === 'en'
            ? `${spokenName(whose.name).en} holds about ${chats.length === 1 ? 'this chat' : 'this chat and the one linked to it'}, encrypted: ${tickets} report(s), ${messages} message(s), ${files} file(s), ${questions} question(s) without an answer, ${surveys} invitation(s) to or unfinished answer(s) of a survey, and the address of this chat. Finished answers belong to nobody.`
            : `Yang disimpan ${whose.name} tentang percakapan ini${chats.length === 1 ? '' : ' dan percakapan yang tersambung'}, dalam bentuk tersandi: ${tickets} laporan, ${messages} pesan, ${files} berkas, ${questions} pertanyaan yang belum terjawab, ${surveys} undangan atau isian survei yang belum selesai, dan alamat percakapan ini. Isian yang selesai tidak lagi milik siapa pun.`,
      },
    })
  }
  return outcomes
}
