import { spokenName } from '../offices/spoken-name.ts'
import { chatsOf } from '../records/links.ts'
import { PERSON_TABLES } from '../records/person-tables.ts'
import { ticketsOfConversations } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { myDataLines } from './my-data-lines.ts'

/** What is held of a chat, by the name `PERSON_TABLES` counts it under. `open`: it does not lie encrypted. `always`: told of also when there is none. */
type Held = { id: string; en: string; open?: true; always?: true }

/** By the names of `PERSON_TABLES`. */
export const HELD: Readonly<Record<string, Held>> = {
  tickets: { id: 'laporan', en: 'report(s)', always: true },
  history: { id: 'catatan riwayat laporan', en: 'entries in their history' },
  messages: { id: 'pesan', en: 'message(s)', always: true },
  files: { id: 'berkas', en: 'file(s)', always: true },
  questions: { id: 'pertanyaan yang belum terjawab', en: 'question(s) without an answer' },
  registrations: { id: 'pendaftaran kegiatan', en: 'registration(s) for events' },
  surveys: {
    id: 'undangan atau isian survei yang belum selesai',
    en: 'invitation(s) to or unfinished answer(s) of a survey',
  },
  names: { id: 'nama akun di kanal ini', en: 'name(s) of your account on this channel' },
  address: { id: 'alamat percakapan', en: 'address(es) of a chat' },
  wishes: {
    id: 'langganan, pengingat, dan zona waktu',
    en: 'subscription(s), reminder(s) and time zone',
    open: true,
  },
  announcements: { id: 'pengumuman yang dikirim', en: 'announcement(s) sent to you', open: true },
  links: { id: 'sambungan antarpercakapan', en: 'link(s) between chats', open: true },
  elsewhere: {
    id: 'nomor laporan di SP4N-LAPOR!',
    en: 'number(s) of a report at SP4N-LAPOR!',
    open: true,
  },
  blocks: { id: 'pembatasan', en: 'block(s)', open: true },
}

const COUNTED = PERSON_TABLES.flatMap(one => ('told' in one ? [one] : []))

const SELECT = `select ${COUNTED.map(({ table, of }) => `(select count(*) from ${table} where ${of})::int as ${table}`).join(', ')},
  $1::uuid[] is not null and $2::uuid[] is not null as asked`

/** What we hold about this conversation and the one it is linked to: the right of access of UU 27/2022. */
export const myData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await tell(room, request))
  return outcomes
}

/** How much is held of these chats and reports, by the names of `HELD`. */
async function countHeld(
  { client }: Room,
  chats: string[],
  tickets: string[],
): Promise<Record<string, number>> {
  const { rows } = await client.query<Record<string, number>>({
    name: 'my-data',
    text: SELECT,
    values: [chats, tickets],
  })
  const counts: Record<string, number> = {}
  for (const { table, told } of COUNTED) counts[told] = (counts[told] ?? 0) + Number(rows[0]?.[table] ?? 0)
  return counts
}

async function tell(room: Room, request: Request): Promise<Outcome> {
  const { conversation, office } = request
  const chats = await chatsOf(room.client, conversation.id)
  const tickets = await ticketsOfConversations(room.client, chats)
  const counts = await countHeld(
    room,
    chats,
    tickets.map(({ id }) => id),
  )
  const language = conversation.language === 'en' ? 'en' : 'id'
  const named = (open: boolean) =>
    Object.entries(HELD)
      .filter(([name, held]) => (held.open === true) === open && (held.always || (counts[name] ?? 0) > 0))
      .map(([name, held]) => `${counts[name] ?? 0} ${held[language]}`)
      .join(', ')
  const { office: whose } = room.houseOf(office)
  const both = chats.length > 1
  const none = language === 'en' ? 'nothing' : 'tidak ada'
  const heading =
    language === 'en'
      ? `${spokenName(whose.name).en} holds about ${both ? 'this chat and the one linked to it' : 'this chat'}, encrypted: ${named(false)}; not encrypted: ${named(true) || none}. Finished answers of a survey belong to nobody.`
      : `Yang disimpan ${whose.name} tentang percakapan ini${both ? ' dan percakapan yang tersambung' : ''}, dalam bentuk tersandi: ${named(false)}; tidak tersandi: ${named(true) || none}. Isian survei yang selesai tidak lagi milik siapa pun.`
  const lines = await myDataLines(room, { chats, tickets, language, zone: whose.zone, at: request.at })
  const { tickets: count = 0, messages = 0, files = 0 } = counts
  return {
    result: {
      tickets: String(count),
      messages: String(messages),
      files: String(files),
      text: [heading, ...lines.map(line => `• ${line}`)].join('\n'),
    },
  }
}
