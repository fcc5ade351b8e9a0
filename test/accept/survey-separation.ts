import { randomInt } from 'node:crypto'
import { dirname, join } from 'node:path'
import { loadKeyring } from '../../src/records/keyring.ts'
import { addPoint } from '../../src/surveys/points.ts'
import { openBalai } from './canary/balai.ts'
import { openCanaries } from './canary/canaries.ts'
import { citizen } from './canary/chat.ts'
import { dumpOf, inDatabase } from './canary/dump.ts'
import { searchFor } from './canary/search.ts'
import { type Check, progress, size } from './check.ts'
import { attack, type Found } from './separation/attack.ts'
import { answersLeft } from './separation/opened.ts'

const ELEMENTS = 9
const UNFINISHED = 1
/** By chance one response in all stands where its citizen does; six or more happen once in 1,700 runs. */
const BY_CHANCE = 5
/** Standard deviations of the agreement of two orders by chance: one in 1,400 agrees more. */
const AGREES = 3.2

/**
 * Citizens answer a survey at a counter, through the front door; from a full dump no response can be joined to its citizen: not by an id or a
 * hash, not by a moment, not by the order of rows, and what they wrote is not readable even with the key. Controls: two ledgers as one would
 * write them first, one with the conversation and the time beside the values, one without but in the
 * order responses came in; and a survey that is not finished, whose answers the key does open.
 */
export const check: Check = {
  async run(flags) {
    const count = size(flags, 'citizens', 40)
    const balai = await openBalai({ OFFICES: 'medan' })
    const canaries = openCanaries()
    try {
      await balai.start()
      const code = await inDatabase(balai.dataDir, client =>
        addPoint(client, {
          office: 'medan',
          survey: 'skm',
          unit: 'Loket 1',
          services: ['Legalisir'],
          perDay: 10_000,
        }),
      )
      const finished = await answer(balai.url, code, count, text => canaries.word(text))
      // Somebody who has not finished: what they answered is still theirs, and the search must find it.
      const half = await citizen(balai.url)
      for (const said of [`survei ${code}`, 'ya', '4', '3']) await half.say(said)
      const exitCode = await balai.stop()
      const keyring = await loadKeyring(join(dirname(balai.dataDir), 'sealing.key'), { make: false })
      const search = searchFor(canaries)
      const result = await inDatabase(balai.dataDir, async client => {
        const found = await attack(client, { table: 'survey_responses', values: 'values' }, finished)
        const hits = search.inBytes(await dumpOf(client), 'dump').length
        const open = await answersLeft(client, keyring)
        const { rows } = await client.query<{ n: number }>(
          'select count(*)::int as n from survey_responses where whole',
        )
        await client.query(
          `create table naive as
          select c.id as conversation_id, c.updated_at as answered_at, f.given from unnest($1::text[]) with ordinality as f(given, nth)
          join (select id, updated_at, row_number() over (order by updated_at) as nth from conversations where party = 'citizen') c using (nth)`,
          [finished],
        )
        await client.query(
          `create table in_order as select gen_random_uuid() as id, given from unnest($1::text[]) as f(given)`,
          [finished],
        )
        const given = `string_to_array(given, null)`
        const naive = await attack(client, { table: 'naive', values: given }, finished)
        const inOrder = await attack(client, { table: 'in_order', values: given }, finished)
        return { found, hits, open, responses: rows[0]?.n ?? 0, naive, inOrder }
      })
      const { found, hits, open, responses, naive, inOrder } = result
      const totals = {
        citizens: count,
        responses,
        ...found,
        wordsInDump: hits,
        answersLeftWithKey: Math.max(0, open - UNFINISHED),
        controlUnfinished: Math.min(open, UNFINISHED),
        controlKeys: naive.keysInCommon,
        controlMoments: naive.moments,
        controlByOrder: inOrder.byOrder,
      }
      const held =
        isSeparate(found, count) && hits === 0 && open === UNFINISHED && responses === count && exitCode === 0
      const seen =
        !isSeparate(naive, count) &&
        !isSeparate(inOrder, count) &&
        naive.keysInCommon >= count &&
        inOrder.byOrder === count
      return { totals, ok: held && seen }
    } finally {
      await balai.remove()
    }
  },
}

function isSeparate({ keysInCommon, moments, byOrder, agreement }: Found, count: number): boolean {
  const agrees = Math.abs(agreement) * Math.sqrt(count - 1)
  return keysInCommon + moments === 0 && byOrder <= BY_CHANCE && agrees <= AGREES
}

/** Each citizen in a chat of their own, with values nobody else gives; what they gave, in the order they finished in. */
async function answer(
  url: string,
  code: string,
  count: number,
  word: (stoodFor: string) => string,
): Promise<string[]> {
  const finished: string[] = []
  while (finished.length < count) {
    const values = Array.from({ length: ELEMENTS }, () => randomInt(1, 5))
    if (finished.includes(values.join(''))) continue
    const chat = await citizen(url)
    for (const said of [`survei ${code}`, 'ya', ...values.map(String), '1', '2', '3', 'lewati'])
      await chat.say(said)
    await chat.say(`Kursi ditambah, kata ${word('suggestion')}`)
    await chat.hear('sudah kami terima')
    finished.push(values.join(''))
    if (finished.length % 10 === 0) progress(`${finished.length} of ${count} have answered`)
  }
  return finished
}
