import type { Room } from '../actions/action.ts'
import { quoted } from '../desk/quoted.ts'
import type { Book } from '../knowledge/books.ts'
import { groupsOf } from '../knowledge/like-questions.ts'
import { standing } from '../knowledge/staleness.ts'
import { maskPersonal } from '../lib/mask.ts'
import type { Queryable } from '../records/db.ts'
import { type KeptQuestion, keptQuestions, wordsOfQuestion } from '../records/questions.ts'

/** One question, however many asked it: by how many chats, in whose words, and a ticket of it, if there is one. */
export type MostAsked = { chats: number; text: string; code: string; reasons: string[]; lastAt: Date }

/** As much of a question as a line of a digest takes. */
const LONGEST = 120

/**
 * What is asked and no article answers, the most asked first, masked: what somebody still waits for, and what staff have answered to
 * several. `day` is the office's.
 */
export async function mostAsked(
  on: Queryable,
  room: Pick<Room, 'sealing' | 'knowledge'>,
  { office, day }: { office: string; day: string },
): Promise<MostAsked[]> {
  const rows = await keptQuestions(on, office)
  if (rows.length === 0) return []
  const book = await room.knowledge.of(office)
  const open = rows
    .map(row => ({ ...row, text: wordsOfQuestion(room.sealing, row) }))
    .filter(row => !isAnsweredNow(book, row, day))
  const groups = groupsOf(open, chatsOf).filter(
    group => group.some(one => !one.answered) || chatsOf(group) > 1,
  )
  return groups.map(group => {
    const [first] = group
    return {
      chats: chatsOf(group),
      text: quoted(maskPersonal(first?.text ?? '').slice(0, LONGEST)),
      code: group.find(({ code }) => code !== null)?.code ?? '',
      reasons: [...new Set(group.map(({ reason }) => reason))],
      lastAt: first?.asked_at ?? new Date(0),
    }
  })
}

function chatsOf(group: Pick<KeptQuestion, 'conversation_id'>[]): number {
  return new Set(group.map(question => question.conversation_id)).size
}

/** Whether another article than the one that did not help would be told to it today. */
function isAnsweredNow(
  book: Book,
  { text, article }: { text: string; article: string | null },
  day: string,
): boolean {
  const { answer } = book.ask(text)
  const found = answer === null || answer === article ? undefined : book.article(answer)
  return found !== undefined && standing(found, day) === 'valid'
}
