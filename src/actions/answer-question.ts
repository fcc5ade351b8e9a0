import type { Result } from '../conversation/state.ts'
import type { Book } from '../knowledge/books.ts'
import { type Said, sayArticles, sayTo } from '../knowledge/say-article.ts'
import { localTime } from '../lib/local-time.ts'
import { hashMatters, keepQuestions, type NewQuestion } from '../records/questions.ts'
import type { Action, Request, Room } from './action.ts'
import { OPEN_MODES } from './information-ticket.ts'
import { weigh } from './weigh-report.ts'

/**
 * Answers from the office's articles, in their own words. With `article` the one a citizen chose among those suggested. `kind` says
 * what it came to: answer, suggest, unconfirmed or unknown. Nobody of staff hears of it; what stays open is kept, so that they see
 * what is asked, and `question` names it.
 */
export const answerQuestion: Action = async (room, requests) => {
  const books = await booksFor(room, requests)
  const said = requests.map(request => sayOne(room, books, request))
  const open = requests.flatMap((request, n) => {
    const question = isOpen(said[n]) ? questionOf(room, books, request, said[n]) : undefined
    return question === undefined ? [] : [{ n, question }]
  })
  const ids = await keepQuestions(
    room.client,
    room.sealing,
    open.map(({ question }) => question),
  )
  const kept = new Map(open.map(({ n }, k) => [n, ids[k] ?? '']))
  return requests.map((_, n) => ({ result: { ...resultOf(said[n]), question: kept.get(n) ?? '' } }))
}

/** The books of the offices asked, as they are now. */
export async function booksFor(room: Room, requests: Request[]): Promise<Map<string, Book>> {
  const books = new Map<string, Book>()
  for (const office of new Set(requests.map(request => request.office)))
    books.set(office, await room.knowledge.of(office))
  return books
}

function sayOne(room: Room, books: Map<string, Book>, request: Request): Said {
  const book = books.get(request.office)
  const { text = '', article = '' } = request.with
  const { zone } = room.houseOf(request.office).office
  const asker = { day: localTime(zone, request.at).slice(0, 10), language: request.conversation.language }
  if (book === undefined) return { kind: 'unknown' }
  return article === '' ? sayTo(book, text, asker) : sayArticles(book, [article], asker)
}

function isOpen(said: Said | undefined): said is Extract<Said, { kind: 'unknown' | 'unconfirmed' }> {
  return said?.kind === 'unknown' || said?.kind === 'unconfirmed'
}

/** A question as it is kept; undefined when it is not: about nothing, or of what only the restricted desk may read. */
export function questionOf(
  room: Room,
  books: Map<string, Book>,
  request: Request,
  of: { kind: NewQuestion['reason']; article?: string; ticketId?: string },
): NewQuestion | undefined {
  const { text = '', topic = '', mode = '', wish = '' } = request.with
  const { office, at } = request
  if (!OPEN_MODES.has(mode) || weigh({ topic, text }) === 'pengawasan') return undefined
  // Words nobody called a question are a question only when somebody is asked with them.
  if (wish === 'loose' && of.ticketId === undefined) return undefined
  const matters = books.get(office)?.matters(text) ?? []
  if (matters.length === 0) return undefined
  return {
    office,
    conversationId: request.conversation.id,
    ticketId: of.ticketId ?? null,
    reason: of.kind,
    article: of.article ?? null,
    words: hashMatters(room.sealing, office, matters),
    text: text.slice(0, LONGEST),
    at,
  }
}

/** More of a question than this tells staff nothing more of what is asked. */
const LONGEST = 500

function resultOf(said: Said | undefined): Result {
  switch (said?.kind) {
    case 'answer':
      return { kind: 'answer', article: said.article, text: said.text }
    case 'suggest':
      return { kind: 'suggest', options: said.options }
    case 'unconfirmed':
      return { kind: said.link === '' ? 'unlinked' : 'unconfirmed', title: said.title, link: said.link }
    case 'elsewhere':
      return { kind: 'elsewhere', where: said.where }
    default:
      return { kind: 'unknown' }
  }
}
