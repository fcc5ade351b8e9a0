import { buttonFor } from '../desk/buttons.ts'
import { isAlike } from '../knowledge/like-questions.ts'
import { hashMatters, keptQuestions } from '../records/questions.ts'
import { talkAbout } from '../records/talks.ts'
import { openFields } from '../records/ticket-words.ts'
import type { Outcome, Request, Tell } from './action.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { lastAnswer } from './last-answer.ts'
import { isOpenToAll, namesSomebody } from './may-not-write.ts'

/** What staff may do next with an answer to a question; nothing where it is not everybody's. */
export async function afterAnswer(work: Work): Promise<{ text: string; options: Record<string, string> }> {
  const { ticket } = work
  if (ticket.kind !== 'information' || !isOpenToAll(ticket)) return { text: '', options: {} }
  const count = (await alike(work)).length
  const article = { [buttonFor('article', ticket.code)]: 'Jadikan artikel' }
  if (count === 0) return { text: '', options: article }
  const share = { [buttonFor('share', ticket.code)]: `Kirim ke ${count} penanya lain` }
  return {
    text: ` ${count} warga lain menunggu jawaban pertanyaan yang sama.`,
    options: { ...share, ...article },
  }
}

/** *kirim semua*: the last answer of a ticket, to each who asks the same and still waits: in their chat, about their own ticket. */
export async function shareAnswer(work: Work, act: (request: Request) => Promise<Outcome>): Promise<Outcome> {
  const { request, ticket } = work
  const words = await lastAnswer(work)
  if (words === '') return deskSaid(ticket, `${ticket.code}: belum ada jawaban yang dapat dikirim.`)
  if (namesSomebody(words))
    return deskSaid(
      ticket,
      `${ticket.code}: jawabannya memuat nomor atau akun seseorang, jadi tidak dikirim kepada orang lain. Mohon balas satu per satu.`,
    )
  const told: string[] = []
  const tells: Tell[] = []
  for (const code of await alike(work)) {
    const wish = { ...request.with, verb: 'reply', ticket: code, words, file: '', ref: '' }
    const outcome = await act({ ...request, key: `${request.key}/${code}`, with: wish })
    if (outcome.tells === undefined || outcome.tells.length === 0) continue
    told.push(code)
    tells.push(...outcome.tells)
  }
  const text =
    told.length === 0
      ? `${ticket.code}: tidak ada warga lain yang menunggu jawaban pertanyaan yang sama.`
      : `Jawaban ${ticket.code} dikirim juga untuk ${told.join(', ')}.`
  return { ...deskSaid(ticket, text), tells }
}

/** Tickets of this desk that wait for an answer to the same question, by code. */
async function alike({ room, request, ticket, key }: Work): Promise<string[]> {
  if (!isOpenToAll(ticket)) return []
  const { description = '' } = openFields(room.sealing, key, ticket.id, ticket.fields)
  const matters = (await room.knowledge.of(request.office)).matters(description)
  const words = hashMatters(room.sealing, request.office, matters)
  const codes: string[] = []
  for (const other of await keptQuestions(room.client, request.office)) {
    if (other.ticket_id === null || other.code === null || other.ticket_id === ticket.id) continue
    if (other.desk !== ticket.desk || other.answered || codes.includes(other.code)) continue
    if (other.conversation_id === ticket.conversation_id || !isAlike(words, other.words)) continue
    // Somebody talks to them already.
    if ((await talkAbout(room.client, other.ticket_id)) === undefined) codes.push(other.code)
  }
  return codes
}
