import { blocksOf } from '../records/blocks.ts'
import type { Status } from '../records/statuses.ts'
import { beginTalk, endTalk, noteTalk, type Talk, talkAbout, talkIn } from '../records/talks.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, sealTaker } from '../records/ticket-words.ts'
import type { Outcome, Request, Room, Tell } from './action.ts'
import { attachFiles } from './attach-files.ts'
import { originOf } from './correct-reply.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { mayKnowBlock } from './may-know-block.ts'

/** States that somebody talking to the citizen brings into work. */
const UNTOUCHED: readonly Status[] = ['received', 'verifying', 'forwarded']

const notNow = (code: string) =>
  `${code}: pelapor belum dapat diajak bicara sekarang. Silakan coba lagi nanti.`

/** *bicara*: staff talk to the citizen themselves; the bot is silent until they have done. */
export async function beginTalking(work: Work): Promise<Outcome> {
  const { room, request, ticket, staff } = work
  const { conversation_id: conversationId, code } = ticket
  if (conversationId === null)
    return deskSaid(ticket, `${code}: pelapornya anonim, jadi hanya dapat dibalas lewat tanda terima.`)
  const talk = await talkIn(room.client, conversationId)
  const block = (await blocksOf(room.client, [conversationId], request.at)).get(conversationId)
  if (block !== undefined)
    return deskSaid(
      ticket,
      (await mayKnowBlock(room, block, ticket))
        ? `${code}: pelapor sedang diblokir. Buka blokirnya dahulu.`
        : notNow(code),
    )
  if (talk?.ticket_id === ticket.id && talk.speaker !== null) return goOnTalking(work, talk)
  // With whom they talk is not this desk's business: it may be the restricted one.
  if (talk !== undefined && talk.ticket_id !== ticket.id) return deskSaid(ticket, notNow(code))
  const { id: ticketId, office } = ticket
  await beginTalk(room.client, {
    conversationId,
    office,
    ticketId,
    at: request.at,
    waits: false,
    speaker: speakerOf(room, ticketId, request),
  })
  const now = await noteInTicket(work, 'joined')
  const text = `${code}: ${staff} sekarang berbicara dengan pelapor; bot diam. Balas pesan di sini agar sampai, atau ketik "balas ${code} …". ${straight(staff, code)}`
  return {
    ...deskSaid(ticket, text, talking(now)),
    tells: [told(work, conversationId, { type: 'staff_joined' })],
  }
}

/** *bicara* while a talk goes on: who was not speaking takes it over, and the desk knows whose plain words arrive from then on. */
async function goOnTalking(work: Work, talk: Talk): Promise<Outcome> {
  const { room, request, ticket, staff } = work
  const { id, code, status, taken_by } = ticket
  const now = talking({ status, isTaken: taken_by !== null })
  const speaker = speakerOf(room, id, request)
  if (talk.speaker?.equals(speaker) === true)
    return deskSaid(ticket, `${code}: Anda sedang berbicara dengan pelapor.`, now)
  await noteTalk(room.client, talk.conversation_id, request.at, speaker)
  return deskSaid(
    ticket,
    `${code}: ${staff} melanjutkan percakapan dengan pelapor, menggantikan rekannya. ${straight(staff, code)}`,
    now,
  )
}

/** Whose plain words arrive; nobody may find out by having written something to a colleague. */
function straight(staff: string, code: string): string {
  return `Bila grup ini bertopik, yang ditulis ${staff} di topik laporan ini langsung sampai kepada pelapor; yang ditulis petugas lain tidak, kecuali sebagai balasan. Akhiri dengan "selesai bicara ${code}".`
}

/** What the buttons below go by while a talk goes on. */
function talking<T extends object>(now: T): T & { isTalking: true } {
  return { ...now, isTalking: true }
}

/** *selesai bicara*: the bot is back. */
export async function endTalking(work: Work): Promise<Outcome> {
  const { room, ticket, staff } = work
  const talk = await talkAbout(room.client, ticket.id)
  if (talk === undefined) return deskSaid(ticket, `${ticket.code}: tidak ada percakapan yang berlangsung.`)
  await noteInTicket(work, 'left')
  return {
    ...deskSaid(ticket, `${ticket.code}: percakapan diakhiri ${staff}; bot menjawab lagi.`),
    tells: await letGo(work, talk),
  }
}

/** The talk about a ticket is over; what its citizen is told. */
export async function letGo(work: Work, { conversation_id }: Talk): Promise<Tell[]> {
  await endTalk(work.room.client, conversation_id)
  return [told(work, conversation_id, { type: 'staff_released' })]
}

/**
 * What staff say in a talk reaches the citizen as it is. The desk hears once that it does, then reads only the talk. Who speaks
 * stays who speaks when a colleague answers once.
 */
export async function speakInTalk(work: Work, talk: Talk): Promise<Outcome> {
  const { room, request, ticket, staff, words } = work
  const { ref = '', file = '' } = request.with
  const speaker = talk.speaker ?? speakerOf(room, ticket.id, request)
  await noteTalk(room.client, talk.conversation_id, request.at, speaker)
  const now = await noteInTicket(work, 'talked')
  if (file !== '') await attachFiles(room.client, request.conversation.id, ticket, [file])
  const first = talk.speaker === null
  return {
    ...(first
      ? deskSaid(
          ticket,
          `${ticket.code}: ${staff} tersambung dengan pelapor; bot diam. ${straight(staff, ticket.code)}`,
          talking(now),
        )
      : { result: {} }),
    tells: [
      told(work, talk.conversation_id, {
        type: 'staff_wrote',
        ticket: ticket.code,
        kind: 'told',
        text: words,
        ...(file === '' ? {} : { file }),
        ...(ref === '' ? {} : { origin: originOf(room, request, ref) }),
      }),
    ],
  }
}

/** By what a person of staff is known in a talk: says nothing to who reads the records. */
export function speakerOf(room: Room, ticketId: string, request: Request): Buffer {
  const { account = '', staff = '' } = request.with
  return room.sealing.hash('speaker', ticketId, account === '' ? staff : account)
}

/** Writes it into the history. A question asked of a person is answered by what they say; a report is only taken into work. */
async function noteInTicket(
  { room, request, ticket, key, staff, words }: Work,
  type: 'joined' | 'talked' | 'left',
): Promise<{ status: Status; isTaken: true }> {
  const answers = type === 'talked' && ticket.kind === 'information'
  const begins = UNTOUCHED.includes(ticket.status) && type !== 'left'
  const status = answers ? 'answered' : begins ? 'in_progress' : undefined
  await recordEvent(
    room.client,
    ticket,
    {
      type,
      visible: type === 'talked',
      sealed: sealEvent(room.sealing, key, ticket.id, {
        by: staff,
        ...(type === 'talked' && words !== '' ? { text: words } : {}),
      }),
      at: request.at,
      zone: room.houseOf(request.office).office.zone,
    },
    {
      ...(status === undefined ? {} : { status }),
      ...(ticket.taken_by === null ? { takenBy: sealTaker(room.sealing, key, ticket.id, staff) } : {}),
    },
  )
  return { status: status ?? ticket.status, isTaken: true }
}

function told({ request, ticket }: Work, conversationId: string, said: Tell['said']): Tell {
  return {
    key: `${request.key}/${said.type}`,
    office: ticket.office,
    to: { conversationId },
    said,
    at: request.at,
  }
}
