import { nearest } from '../conversation/problem.ts'
import type { KeptArticle } from '../records/article-history.ts'
import { changeArticles } from '../records/articles.ts'
import { openFields } from '../records/ticket-words.ts'
import type { Outcome } from './action.ts'
import { askAgain } from './ask-again.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { mayNotWrite, namesSomebody } from './may-not-write.ts'

/** *frasa*: one more way of asking for an article there is, by its id. */
export async function addPhrasing(work: Work): Promise<Outcome> {
  return changeNamed(work, 'phrasing', async (article, phrasing, again) => {
    const { room, request, ticket, key, staff } = work
    if (phrasing.length < 5) return again(`tulis juga pertanyaannya: ${article.id} bagaimana cara …`)
    const { name } = openFields(room.sealing, key, ticket.id, ticket.fields)
    if (namesSomebody(phrasing, name))
      return again('pertanyaannya memuat nomor, akun, atau nama seseorang; tulis tanpa itu.')
    const change = { office: request.office, id: article.id, phrasing }
    await changeArticles(room.client, [change], { name: staff, at: request.at })
    return deskSaid(ticket, `"${phrasing}" sekarang dijawab artikel *${article.id}*: ${article.question}`)
  })
}

/** *cabut*: an article is no more, for this office, a shared one too; the next who asks is offered a person. Its history stays. */
export async function retireArticle(work: Work): Promise<Outcome> {
  return changeNamed(work, 'retire', async (article, reason, again) => {
    const { room, request, ticket, staff } = work
    if (reason.length < 5) return again(`tulis juga alasannya: ${article.id} aturannya sudah diganti`)
    const { id, isShared: _, ...content } = article
    const change = { office: request.office, id, content: { ...content, withdrawn: true as const } }
    await changeArticles(room.client, [change], { name: staff, at: request.at })
    return deskSaid(ticket, `Artikel *${id}* dicabut ${staff} dan tidak disampaikan lagi. Alasan: ${reason}`)
  })
}

/** Words of staff that begin with an article's id; a wrong one is answered with those that are like it. */
async function changeNamed(
  work: Work,
  verb: 'phrasing' | 'retire',
  change: (article: KeptArticle, rest: string, again: (why: string) => Outcome) => Promise<Outcome>,
): Promise<Outcome> {
  const { room, request, ticket, key, words } = work
  const no = await mayNotWrite(room, request, ticket, verb)
  if (no !== undefined) return deskSaid(ticket, no)
  const again = (why: string) => askAgain(request, ticket, verb, `${ticket.code}: ${why}`)
  const [id = '', ...rest] = words.split(/\s+/)
  const book = await room.knowledge.of(request.office)
  const article = book.article(id.toLowerCase())
  if (article !== undefined) return change(article, rest.join(' '), again)
  const { description = '' } = openFields(room.sealing, key, ticket.id, ticket.fields)
  const meant = nearest(
    id.toLowerCase(),
    book.articles().map(one => one.id),
  )
  const asked = book.ask(description).ranked.map(one => one.article)
  const near = [...new Set([...(meant === undefined ? [] : [meant]), ...asked])].slice(0, 3)
  const listed = near.map(one => `• ${one}: ${book.article(one)?.question ?? ''}`)
  return again(['tidak ada artikel itu. Yang mirip:', ...listed].join('\n'))
}
