import { blockCitizen, blocksOf } from '../records/blocks.ts'
import { isLocked, linkChats, linkedTo, noteWrongCode, unlinkChat } from '../records/links.ts'
import { issueCode, spendCode } from '../records/single-use.ts'
import { endTalk } from '../records/talks.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { blockTold, reasonOf } from './block-notice.ts'
import { languageOf } from './language-of.ts'
import { tellChat } from './tell-chat.ts'

/** A code is for a chat in the other hand: a quarter of an hour is enough. */
const CODE_HOURS = 0.25

/** A code that links another chat of this citizen to this one; `linked` is *ya* where one is linked already. */
export const issueLink: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { office, conversation } of requests) {
    if ((await linkedTo(room.client, conversation.id)) !== undefined) {
      outcomes.push({ result: { linked: 'ya', code: '' } })
      continue
    }
    const use = { office, opens: 'citizen', whose: conversation.id } as const
    const code = await issueCode(room.client, room.sealing, use, CODE_HOURS)
    outcomes.push({ result: { linked: 'tidak', code: code.match(/.{4}/g)?.join('-') ?? code } })
  }
  return outcomes
}

/**
 * A code typed in the other chat links the two: each sees the reports of both from then on, and answers keep going to the chat a
 * report was filed in. `linked`: *ya*, *sudah* (one of them is linked already), *sendiri* (its own code), *salah*, *terkunci*.
 */
export const useLink: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await link(room, request))
  return outcomes
}

async function link(room: Room, request: Request): Promise<Outcome> {
  const { conversation, office, at } = request
  const { client, sealing } = room
  const became = (linked: string): Outcome => ({ result: { linked } })
  if (await isLocked(client, conversation.id, at)) return became('terkunci')
  if ((await linkedTo(client, conversation.id)) !== undefined) return became('sudah')
  const other = await spendCode(client, sealing, { office, opens: 'citizen', code: request.with.code ?? '' })
  if (other === undefined)
    return became((await noteWrongCode(client, conversation.id, at)) ? 'terkunci' : 'salah')
  if (other === conversation.id) return became('sendiri')
  if (!(await linkChats(client, conversation.id, other))) return became('sudah')
  return {
    result: { linked: 'ya' },
    tells: [
      await tellChat(room, request, other, LINKED),
      ...(await shareBlock(room, request, [conversation.id, other])),
    ],
  }
}

/** Whoever is kept from writing in one chat of theirs is so in the other from now on. */
async function shareBlock(room: Room, request: Request, chats: [string, string]): Promise<Tell[]> {
  const blocks = await blocksOf(room.client, chats, request.at)
  const [block] = [...blocks.values()]
  const free = chats.find(chat => !blocks.has(chat))
  if (block === undefined || free === undefined) return []
  const { ticket_id: ticketId, until } = block
  await blockCitizen(room.client, { conversationId: free, office: request.office, ticketId, until })
  await endTalk(room.client, free)
  const language = await languageOf(room.client, free)
  const reason = await reasonOf(room, block)
  return [blockTold(room, request, { conversationId: free, until, reason, language })]
}

/** Ends the link; `unlinked` is *tidak* where there was none. */
export const unlinkChats: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const other = await unlinkChat(room.client, request.conversation.id)
    outcomes.push(
      other === undefined
        ? { result: { unlinked: 'tidak' } }
        : { result: { unlinked: 'ya' }, tells: [await tellChat(room, request, other, UNLINKED)] },
    )
  }
  return outcomes
}

const LINKED = {
  id: 'Percakapan ini sekarang tersambung dengan percakapan lain yang memakai kode tadi. Laporan dari keduanya terlihat di sini dan di sana. Bila bukan Bapak/Ibu yang menyambungkan, ketik *putuskan*.',
  en: 'This chat is now linked to the other one where the code was typed. Reports of both are seen here and there. If that was not you, type *unlink*.',
}

const UNLINKED = {
  id: 'Sambungan dengan percakapan lain sudah diputus. Di sini hanya terlihat laporan yang dibuat di sini.',
  en: 'The link to the other chat is ended. Only reports made here are seen here.',
}
