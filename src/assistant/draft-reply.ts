import { z } from 'zod'
import type { Book } from '../knowledge/books.ts'
import { sayTo } from '../knowledge/say-article.ts'
import { standing } from '../knowledge/staleness.ts'
import { isFairDraft } from './check-notes.ts'
import type { Ended, Failure } from './model.ts'
import type { Put } from './put.ts'

const HEAD = (code: string) =>
  `Konsep jawaban untuk *${code}*, dibuat mesin dan belum diperiksa. Salin, perbaiki, lalu kirim sendiri dengan *balas*:`

/** A draft for staff, never sent by itself. Where none can be had they are told why, and which article may help. */
export async function draftReply(
  put: Put,
  { code, report, book, day }: { code: string; report: string; book: Book; day: string },
): Promise<{ how: Ended<never>['how']; text: string }> {
  const { ranked } = book.ask(report)
  const helpful = ranked
    .flatMap(({ article }) => book.article(article) ?? [])
    .filter(one => standing(one, day) === 'valid')
  const articles = helpful.slice(0, 3).map(({ question, answer }) => ({ question, answer }))
  const ended = await put('draft', {
    input: { report, articles: JSON.stringify(articles) },
    output: z.object({ text: z.string() }),
  })
  if (ended.how !== 'answered') return { how: ended.how, text: none(code, ended.how, report, { book, day }) }
  const draft = ended.value.text.trim()
  const sources = [report, ...articles.flatMap(({ question, answer }) => [question, answer])]
  if (!isFairDraft(draft, sources))
    return { how: 'guarded', text: none(code, 'guarded', report, { book, day }) }
  return { how: 'answered', text: `${HEAD(code)}\n\n${draft}` }
}

const WHY: Partial<Record<Failure, string>> = {
  over_budget: 'jatah hari ini sudah habis',
  withheld: 'isinya tidak dapat diperlihatkan kepada mesin',
  guarded: 'yang dibuat mesin memuat hal yang tidak ada pada laporan maupun artikel',
}

function none(
  code: string,
  how: Failure,
  report: string,
  { book, day }: { book: Book; day: string },
): string {
  const why = WHY[how] ?? 'mesin tidak memberi jawaban'
  const own = sayTo(book, report, { day, language: 'id' })
  const help = own.kind === 'answer' ? ` Artikel yang mungkin membantu:\n\n${own.text}` : ''
  return `Konsep untuk *${code}* tidak ada: ${why}. Mohon ditulis sendiri.${help}`
}
