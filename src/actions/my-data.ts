import { spokenName } from '../offices/spoken-name.ts'
import type { Action, Outcome } from './action.ts'

/** What we hold about this conversation, in counts and kinds: the right of access of UU 27/2022. */
export const myData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, office } of requests) {
    const { rows } = await room.client.query<{ tickets: string; messages: string; files: string }>(
      `select (select count(*) from tickets where conversation_id = $1) as tickets,
         (select count(*) from inbox where conversation_id = $1 and sealed is not null)
           + (select count(*) from outbox where conversation_id = $1) as messages,
         (select count(*) from files where conversation_id = $1) as files`,
      [conversation.id],
    )
    const { tickets = '0', messages = '0', files = '0' } = rows[0] ?? {}
    const { office: whose } = room.houseOf(office)
    outcomes.push({
      result: {
        tickets: String(tickets),
        messages: String(messages),
        files: String(files),
        text:
          conversation.language === 'en'
            ? `${spokenName(whose.name).en} holds about this chat, encrypted: ${tickets} report(s), ${messages} message(s), ${files} file(s), and the address of this chat.`
            : `Yang disimpan ${whose.name} tentang percakapan ini, dalam bentuk tersandi: ${tickets} laporan, ${messages} pesan, ${files} berkas, dan alamat percakapan ini.`,
      },
    })
  }
  return outcomes
}
