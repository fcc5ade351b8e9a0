import { setTimeout as pause } from 'node:timers/promises'
import { type AssistantParts, createAssistant } from '../../../src/assistant/assistant.ts'
import { modelCounts } from '../../../src/assistant/counts.ts'
import type { Model } from '../../../src/assistant/model.ts'
import { readPrompts } from '../../../src/assistant/prompt.ts'
import { counted } from '../../../src/counted.ts'
import { storeTold } from '../../../src/inbox/store-told.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import { openHouses } from '../../../src/offices/open-houses.ts'
import type { ArticleContent } from '../../../src/records/articles.ts'
import { changeArticles } from '../../../src/records/articles.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { lexiconOf, serveArticles } from '../../../src/serve-articles.ts'
import { serveVacancies } from '../../../src/serve-vacancies.ts'
import { createWeb } from '../../accept/harness/web.ts'

const OFFICE = 'lhokseumawe'

/** The whole line with articles, and an assistant beside it, with a web chat and a desk to be read. */
export async function openModelHouse(
  { db, keyring }: { db: Db; keyring: Keyring },
  model: Model,
  more: Partial<AssistantParts> & {
    articles?: Record<string, Partial<ArticleContent>>
    /** Vacancies, stages and agenda of the examples are served as well. */
    hasListings?: boolean
  } = {},
) {
  const offices = await openHouses({ flowsDir: 'flows', offices: [OFFICE], mode: 'trial' }, openLog('silent'))
  const { articles = {}, hasListings = false, ...parts } = more
  await changeArticles(
    db.pool,
    Object.entries(articles).map(([id, content]) => ({
      office: OFFICE,
      id,
      content: { ...PLAIN, ...content },
    })),
    { name: 'test', at: new Date() },
  )
  const served = { flowsDir: 'flows', mode: 'trial' } as const
  const listed = [...offices.houses.values()].map(({ office }) => office)
  const knowledge = await serveArticles(served, db, [OFFICE])
  const vacancies = hasListings ? await serveVacancies(served, db, listed) : undefined
  const web = createWeb()
  const log = openLog((process.env.TEST_LOG ?? 'silent') as 'silent')
  const line = buildLine({
    db,
    keyring,
    houses: offices.houses,
    channels: new Map([['web', web.channel]]),
    knowledge,
    ...(vacancies === undefined ? {} : { vacancies }),
    log,
    alone: true,
    counters: counted(),
  })
  line.room.hasModel = true
  const counters = createCounters(modelCounts)
  const open = () =>
    createAssistant({
      ...line.room,
      db,
      model,
      prompts: readPrompts('prompts'),
      known: lexiconOf('flows').reader.words,
      tell: (client, told) => storeTold(client, line.room.sealing, told),
      log,
      counters,
      ...parts,
    })
  let assistant = open()
  await line.start()
  assistant.start()
  return {
    db,
    line,
    web,
    counters,
    knowledge,
    known: lexiconOf('flows').reader.words,
    counts: () =>
      Object.fromEntries(
        [...counters.text().matchAll(/^balai_(\w+) (\d+)$/gm)].map(([, name, count]) => [
          name,
          Number(count),
        ]),
      ) as Record<string, number>,
    /** What the general desk was shown. */
    desk: () => web.heard('desk:general'),
    /** A citizen says something, and nobody waits for what is answered. */
    hears: (who: string, text: string) =>
      line.inbox.receive({
        office: OFFICE,
        channel: 'web',
        address: who,
        externalId: `aside-${Math.random()}`,
        from: { is: 'citizen' },
        kind: 'text',
        text,
        sentAt: new Date(),
      }),
    /** Staff type something at the general desk. */
    work: (text: string) =>
      line.inbox.receive({
        office: OFFICE,
        channel: 'web',
        address: 'desk:general',
        externalId: `staff-${Math.random()}`,
        from: { is: 'desk', desk: 'general', staff: 'Rina' },
        kind: 'text',
        text,
        sentAt: new Date(),
      }),
    /** Another one in the place of the first, as after a crash. */
    async again() {
      await assistant.stop()
      assistant = open()
      assistant.start()
    },
    /** A second one at the same records, as in another process; to be stopped. */
    beside() {
      const other = open()
      other.start()
      return other
    },
    /** Nothing waits any more: not in the inbox, not for the model, not to be sent. */
    async quiet() {
      for (let still = 0; still < 2; ) {
        const { rows } = await db.pool.query<{ open: string }>(
          `select (select count(*) from outbox where status in ('waiting', 'sending'))
             + (select count(*) from inbox where status = 'pending' and due_at < now())
             + (select count(*) from model_asks where status <> 'settled') as open`,
        )
        still = Number(rows[0]?.open) === 0 ? still + 1 : 0
        await pause(20)
      }
    },
    async stop() {
      await assistant.stop()
      await line.stop()
    },
  }
}

const PLAIN: ArticleContent = {
  question: '',
  alternatives: [],
  answer: '',
  tags: [],
  source: 'Contoh',
  as_of: '2026-01-01',
  valid_until: null,
  class: 'law',
  checked_by: 'Contoh',
  link: null,
  owner: null,
}
