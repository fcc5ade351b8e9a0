import { faultOf } from '../knowledge/article-shape.ts'
import { standing } from '../knowledge/staleness.ts'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { spokenName } from '../offices/spoken-name.ts'
import { type ArticleContent, changeArticles } from '../records/articles.ts'
import { openFields } from '../records/ticket-words.ts'
import type { Outcome } from './action.ts'
import { askAgain } from './ask-again.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { lastAnswer } from './last-answer.ts'
import { mayNotWrite, namesSomebody } from './may-not-write.ts'

const PERSONAL =
  'memuat nomor, akun, atau nama seseorang. Artikel dibaca semua orang: tulis lagi tanpa itu, jawabannya di baris kedua.'

/**
 * *artikel*: a general question and the last answer, or the one below the question, become an article of the office at once. It
 * takes the place of the one that answered so far when that may not be told any more.
 */
export async function writeArticle(work: Work): Promise<Outcome> {
  const { room, request, ticket, key, staff, words } = work
  const { code } = ticket
  const no = await mayNotWrite(room, request, ticket, 'article')
  if (no !== undefined) return deskSaid(ticket, no)
  const [question = '', ...below] = words.split('\n').map(line => line.trim())
  const answer = below.join('\n').trim() || (await lastAnswer(work))
  const again = (why: string) => askAgain(request, ticket, 'article', `${code}: ${why}`)
  if (question.length < 10) return again('pertanyaannya terlalu pendek. Contoh: Bagaimana cara pindah tugas?')
  if (answer === '') return again('belum ada jawaban. Tulis pertanyaannya, lalu jawabannya di baris kedua.')
  const { name } = openFields(room.sealing, key, ticket.id, ticket.fields)
  if (namesSomebody(`${question}\n${answer}`, name)) return again(`pertanyaan atau jawabannya ${PERSONAL}`)
  const { office } = room.houseOf(request.office)
  const book = await room.knowledge.of(request.office)
  const today = localTime(office.zone, request.at).slice(0, 10)
  const before = book.article(book.ask(question).answer ?? '')
  // What may not be told any more must not stand in the way of what may.
  const renewed = before !== undefined && standing(before, today) !== 'valid' ? before : undefined
  const id = renewed?.id ?? freeId(question, taken => book.article(taken) !== undefined)
  const content: ArticleContent = {
    question,
    alternatives: renewed === undefined ? [] : [renewed.question, ...renewed.alternatives],
    answer,
    tags: [],
    source: `Jawaban petugas ${spokenName(office.short).id}`,
    as_of: today,
    valid_until: aYearAfter(today),
    class: 'local',
    checked_by: staff,
    link: null,
    owner: ticket.desk,
  }
  const fault = faultOf(content)
  if (fault !== undefined)
    return again('jawabannya terlalu panjang untuk sebuah artikel; ringkas di baris kedua.')
  await changeArticles(room.client, [{ office: office.id, id, content }], { name: staff, at: request.at })
  const until = formatDay(content.valid_until ?? today, 'id')
  const instead = before === undefined ? '' : ` Sebelumnya pertanyaan itu dijawab artikel *${before.id}*.`
  return deskSaid(
    ticket,
    `Artikel *${id}* dibuat ${staff}: "${question}" Penanya berikutnya langsung mendapat jawaban ini, sampai ${until}.${instead}`,
  )
}

/** An id made of the first words of a question that no article has yet. */
function freeId(question: string, isTaken: (id: string) => boolean): string {
  const plain = question
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const short = plain.length <= 50 ? plain : plain.slice(0, 50).replace(/-[^-]*$/, '')
  for (let n = 1; ; n++) {
    const id = n === 1 ? short || 'artikel' : `${short || 'artikel'}-${n}`
    if (!isTaken(id)) return id
  }
}

/** The last day of a year that begins with it. */
function aYearAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCFullYear(at.getUTCFullYear() + 1)
  return at.toISOString().slice(0, 10)
}
