import { type FiledArticle, readArticleFiles } from '../../src/article-files.ts'
import { type Knowledge, openKnowledge } from '../../src/knowledge/books.ts'
import { readLexicon } from '../../src/lexicon-files.ts'
import { openLog } from '../../src/lib/log.ts'
import { momentOf } from '../../src/lib/wall-time.ts'
import { addDays } from '../../src/lib/working-days.ts'
import { loadArticles } from '../../src/load-articles.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import { type Check, progress, size } from './check.ts'
import { type Asker, openAsking } from './harness/asking.ts'
import { type Server, startServer } from './harness/server.ts'

/** Citizens who ask side by side; more than 256 of one office are asked to come again. */
const AT_ONCE = 200
const lexicon = readLexicon('flows/knowledge')

type Totals = { asked: number; told: number; withheld: number; leaked: number; mayBeTold: number }
type Moment = { at: Date; day: string }

/** By the calendar on the wall of the office, reckoned by nothing of ours. */
function dayIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)
}

/** What may be told on that day, by the rule as domain.md §0 has it. */
function mayBeTold({ article }: FiledArticle, day: string): boolean {
  const { class: kind, valid_until: until, checked_by: by } = article
  if (until !== null && until < day) return false
  return (kind !== 'yearly' && kind !== 'event') || (until !== null && by !== null)
}

/** The days around which an article's truth turns, at both ends of each. */
function momentsOf({ article }: FiledArticle, zone: string): Moment[] {
  const { as_of, valid_until } = article
  const days =
    valid_until === null
      ? [as_of, addDays(as_of, 3650)]
      : [as_of, valid_until, addDays(valid_until, 1), addDays(valid_until, 400)]
  return days.flatMap(day =>
    [0, 1439].map(minute => {
      const at = momentOf(zone, { day, minute })
      return { at, day: dayIn(zone, at) }
    }),
  )
}

/** Every way of asking for it, alone; its question in a report, and together with another's. Who is asked what they meant says so. */
function askersOf(filed: FiledArticle, other: FiledArticle, office: string, at: Date, name: string): Asker[] {
  const { question, alternatives } = filed.article
  const presses = question
  const alone = [question, ...alternatives].map((text, n) => ({ address: `${name}/${n}`, says: [text] }))
  return [
    ...alone,
    { address: `${name}/report`, says: ['pengaduan', question] },
    { address: `${name}/both`, says: [`${other.article.question} ${question}`] },
  ].map(asker => ({ ...asker, office, at, presses }))
}

/** Moves the clock over every article of every office. `heed`: whether the articles' days and checks are looked at at all. */
async function run(
  server: Server,
  name: string,
  of: { articles: number; confirmed: boolean; heed: boolean },
): Promise<Totals> {
  const { houses } = await openHouses(
    { flowsDir: 'flows', offices: undefined, mode: 'trial' },
    openLog('silent'),
  )
  const records = await server.database(name)
  const filed = readArticleFiles('flows', houses.keys(), []).map(one =>
    of.confirmed ? { ...one, article: { ...one.article, checked_by: 'Rina' } } : one,
  )
  await loadArticles(records.db, filed, new Date())
  const knowledge = openKnowledge({ db: records.db, lexicon, examples: true })
  const line = await openAsking(records, houses, of.heed ? knowledge : heedless(knowledge))
  const totals: Totals = { asked: 0, told: 0, withheld: 0, leaked: 0, mayBeTold: 0 }
  try {
    for (const [office, house] of houses) {
      const here = filed.filter(one => one.office === null || one.office === office)
      const turns = here.slice(0, of.articles).flatMap((one, n) => {
        const other = here[(n + 1) % here.length] ?? one
        return momentsOf(one, house.office.zone).map((moment, m) => ({
          ...moment,
          askers: askersOf(one, other, office, moment.at, `${office}/${n}/${m}`),
        }))
      })
      const dayOf = new Map(
        turns.flatMap(({ askers, day }) => askers.map(({ address }) => [address, day] as const)),
      )
      const askers = turns.flatMap(turn => turn.askers)
      for (let from = 0; from < askers.length; from += AT_ONCE) {
        const told = await line.ask(askers.slice(from, from + AT_ONCE))
        for (const [address, messages] of told) {
          const day = dayOf.get(address) ?? ''
          const heard = messages.map(({ text }) => text).join('\n')
          const facts = here.filter(one => heard.includes(one.article.answer))
          const allowed = facts.filter(one => mayBeTold(one, day)).length
          totals.asked += 1
          totals.told += facts.length
          totals.mayBeTold += allowed
          totals.leaked += facts.length - allowed
          if (/belum dipastikan masih berlaku/.test(heard)) totals.withheld += 1
        }
      }
      progress(`${name}, ${office}: ${JSON.stringify(totals)}`)
    }
    return totals
  } finally {
    await line.stop()
  }
}

/** What one would write first: an article is an article. */
function heedless(knowledge: Knowledge): Knowledge {
  return {
    ...knowledge,
    async of(office) {
      const book = await knowledge.of(office)
      return {
        ...book,
        article(id) {
          const article = book.article(id)
          return article && { ...article, class: 'law', valid_until: null }
        },
      }
    },
  }
}

/**
 * No expired fact leaves, and none of a year or of days that nobody has confirmed: every article of every office (or the first
 * `--articles`) is asked for in every way it can be, at both ends of every day its truth turns on, as it was shipped and as if all
 * were confirmed. The control does not heed days and checks, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const articles = size(flags, 'articles', 1000)
    const server = await startServer()
    try {
      const control = await run(server, 'expired_control', {
        articles: Math.min(articles, 12),
        confirmed: false,
        heed: false,
      })
      const shipped = await run(server, 'expired_shipped', { articles, confirmed: false, heed: true })
      const confirmed = await run(server, 'expired_confirmed', { articles, confirmed: true, heed: true })
      const leaked = shipped.leaked + confirmed.leaked
      return {
        totals: {
          asked: shipped.asked + confirmed.asked,
          told: shipped.told + confirmed.told,
          withheld: shipped.withheld + confirmed.withheld,
          leaked,
          controlLeaked: control.leaked,
        },
        ok:
          leaked === 0 &&
          control.leaked > 0 &&
          shipped.told > 0 &&
          confirmed.told > shipped.told &&
          shipped.withheld > confirmed.withheld &&
          confirmed.withheld > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
