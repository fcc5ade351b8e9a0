import { keepQuestions, noteTicket } from '../records/questions.ts'
import type { Action, Request, Room } from './action.ts'
import { booksFor, questionOf } from './answer-question.ts'
import { openInformation } from './information-ticket.ts'

/**
 * A citizen wants a person to answer: the question becomes a ticket. `article` names the one that did not help, `question` the row
 * that was kept when nothing was known.
 */
export const passQuestion: Action = async (room, requests) => {
  const books = await booksFor(room, requests)
  const named = requests.map(request => {
    const { article = '' } = request.with
    const title = article === '' ? undefined : books.get(request.office)?.article(article)?.question
    return title === undefined
      ? request
      : { ...request, with: { ...request.with, article: `${title} (${article})` } }
  })
  const opened = await openInformation(room, named, 'opened')
  const kept = []
  for (const [n, request] of requests.entries()) {
    const ticket = opened[n]?.ticket
    if (ticket === undefined || ticket.restricted || ticket.confidential) continue
    if (await isKept(room, request, ticket.id)) continue
    const { article = '' } = request.with
    const kind = article === '' ? 'other' : 'unhelpful'
    const question = questionOf(room, books, request, {
      kind,
      ticketId: ticket.id,
      ...(article === '' ? {} : { article }),
    })
    if (question !== undefined) kept.push(question)
  }
  await keepQuestions(room.client, room.sealing, kept)
  return opened.map(({ ticket: { code }, tell }, n) => ({
    result: { code, text: passed(code, requests[n]?.conversation.language ?? 'id') },
    tells: [tell],
  }))
}

async function isKept(room: Room, request: Request, ticketId: string): Promise<boolean> {
  const { question: id = '' } = request.with
  if (id === '') return false
  return noteTicket(room.client, { id, conversationId: request.conversation.id }, ticketId)
}

function passed(code: string, language: string): string {
  return language === 'en'
    ? `Your question has been passed on to staff (number ${code}). The answer comes in this chat.`
    : `Pertanyaan Bapak/Ibu sudah kami teruskan kepada petugas (nomor ${code}). Jawabannya datang di percakapan ini.`
}
