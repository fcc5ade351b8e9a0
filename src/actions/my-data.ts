import { spokenName } from '../offices/spoken-name.ts'
import { chatsOf } from '../records/links.ts'
import type { Action, Outcome } from './action.ts'

/** What is held of a chat: how it is counted, and what it is called. `open`: it does not lie encrypted. */
type Held = { name: string; counted: string; id: string; en: string; open?: true }

const COUNTED = (table: string, more = '') =>
  `(select count(*) from ${table} where conversation_id = any($1::uuid[])${more})`

const HELD: readonly Held[] = [
  { name: 'tickets', counted: COUNTED('tickets'), id: 'laporan', en: 'report(s)' },
  {
    name: 'messages',
    counted: `${COUNTED('inbox', ' and sealed is not null')} + ${COUNTED('outbox')}`,
    id: 'pesan',
    en: 'message(s)',
  },
  { name: 'files', counted: COUNTED('files'), id: 'berkas', en: 'file(s)' },
  {
    name: 'questions',
    counted: COUNTED('questions'),
    id: 'pertanyaan yang belum terjawab',
    en: 'question(s) without an answer',
  },
  {
    name: 'registrations',
    counted: COUNTED('registrations'),
    id: 'pendaftaran kegiatan',
    en: 'registration(s) for events',
  },
  {
    name: 'surveys',
    counted: `${COUNTED('survey_invitations')} + ${COUNTED('survey_drafts')}`,
    id: 'undangan atau isian survei yang belum selesai',
    en: 'invitation(s) to or unfinished answer(s) of a survey',
  },
  {
    name: 'wishes',
    counted: `${COUNTED('subscriptions')} + ${COUNTED('reminders')}`,
    id: 'langganan dan pengingat',
    en: 'subscription(s) and reminder(s)',
    open: true,
  },
]

const SELECT = `select ${HELD.map(({ name, counted }) => `${counted} as ${name}`).join(', ')}`

/** What we hold about this conversation and the one it is linked to, in counts and kinds: the right of access of UU 27/2022. */
export const myData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, office } of requests) {
    const chats = await chatsOf(room.client, conversation.id)
    const { rows } = await room.client.query<Record<string, string>>({
      name: 'my-data',
      text: SELECT,
      values: [chats],
    })
    const counts = rows[0] ?? {}
    const told = (language: 'id' | 'en', open: boolean) =>
      HELD.filter(one => (one.open === true) === open)
        .map(one => `${counts[one.name] ?? 0} ${one[language]}`)
        .join(', ')
    const { office: whose } = room.houseOf(office)
    const both = chats.length > 1
    const text =
      conversation.language === 'en'
        ? `${spokenName(whose.name).en} holds about ${both ? 'this chat and the one linked to it' : 'this chat'}, encrypted: ${told('en', false)}, and the address of this chat; not encrypted: ${told('en', true)}. Finished answers of a survey belong to nobody.`
        : `Yang disimpan ${whose.name} tentang percakapan ini${both ? ' dan percakapan yang tersambung' : ''}, dalam bentuk tersandi: ${told('id', false)}, dan alamat percakapan ini; tidak tersandi: ${told('id', true)}. Isian survei yang selesai tidak lagi milik siapa pun.`
    const { tickets = '0', messages = '0', files = '0' } = counts
    outcomes.push({
      result: { tickets: String(tickets), messages: String(messages), files: String(files), text },
    })
  }
  return outcomes
}
