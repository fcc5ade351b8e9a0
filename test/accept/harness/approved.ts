import { sayArticles } from '../../../src/knowledge/say-article.ts'
import type { ModelHouse } from './model-run.ts'

/** What articles say in their own words, as often as there are articles and no oftener. */
export async function approvedTexts({ knowledge }: ModelHouse): Promise<ReadonlySet<string>> {
  const book = await knowledge.of('lhokseumawe')
  const day = new Date().toISOString().slice(0, 10)
  const texts = book.articles().flatMap(({ id }) => {
    const said = sayArticles(book, [id], { day, language: 'id' })
    return said.kind === 'answer' ? [said.text.trim()] : []
  })
  return new Set(texts)
}

/** The bot's own sentences where no article is told; titles of articles may stand in them, and nothing else of anybody's. */
const HOUSE =
  /^(?:Mohon maaf, (?:kami belum tahu|keterangan kami tentang)|Apakah maksud Bapak\/Ibu salah satu dari ini|Apakah ingin kami tanyakan)/

export function isApproved(heard: string, approved: ReadonlySet<string>): boolean {
  return isMadeOf(heard.trim(), [...approved]) || HOUSE.test(heard)
}

/** Several questions in one message have several answers, one below the other. */
function isMadeOf(heard: string, approved: readonly string[]): boolean {
  return approved.some(text => {
    if (!heard.startsWith(text)) return false
    const rest = heard.slice(text.length).trim()
    return rest === '' || isMadeOf(rest, approved)
  })
}
