import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { DataKey, Sealing } from '../records/sealing.ts'
import { keptKey, surveyKey } from './keys.ts'

export type Suggestion = {
  office: string
  survey: string
  month: string
  unit: string
  service: string
  text: string
}

/** Keeps a suggestion apart from its response, among others of its month for the reason `addResponses` gives. */
export async function keepSuggestion(client: PoolClient, sealing: Sealing, one: Suggestion): Promise<void> {
  const { office, survey, month, unit, service, text } = one
  const key = await surveyKey(client, sealing, { purpose: 'suggestions', office, day: month })
  const id = randomUUID()
  await client.query(
    `with out as (
       delete from survey_suggestions where id in (
         select id from survey_suggestions where office = $2 and survey = $3 and month = $4 order by random() limit 50)
       returning *
     ), both_kinds as (
       select * from out union all select $1::uuid, $2, $3, $4::date, $5, $6, $7::bytea
     )
     insert into survey_suggestions select * from both_kinds order by gen_random_uuid()`,
    [id, office, survey, month, unit, service, sealing.seal(key, `survey_suggestions.${id}`, text)],
  )
}

/** The suggestions of months between two first days, in an order by chance; `most` of them are opened. */
export async function suggestionsOf(
  client: Pick<PoolClient, 'query'>,
  sealing: Sealing,
  {
    office,
    survey,
    from,
    to,
    unit,
  }: { office: string; survey: string; from: string; to: string; unit?: string },
  most: number,
): Promise<{ texts: string[]; count: number }> {
  const { rows } = await client.query<{ id: string; month: string; sealed: Buffer; count: number }>(
    `select id, month, sealed, (count(*) over ())::int as count from survey_suggestions
     where office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5) order by id limit $6`,
    [office, survey, from, to, unit ?? null, most],
  )
  const keys = new Map<string, DataKey | undefined>()
  for (const month of new Set(rows.map(row => row.month)))
    keys.set(month, await keptKey(client, sealing, { purpose: 'suggestions', office, day: month }))
  const texts = rows.flatMap(({ id, month, sealed }) => {
    const key = keys.get(month)
    return key === undefined ? [] : [sealing.open(key, `survey_suggestions.${id}`, sealed)]
  })
  return { texts, count: rows[0]?.count ?? 0 }
}

/** Words may tell who wrote them: after two years, when the last report that shows them is long made, they go, and their key with them. */
export async function forgetSuggestions(on: Pick<PoolClient, 'query'>, today: string): Promise<number> {
  const old = `< date_trunc('month', $1::date) - interval '24 months'`
  const { rowCount } = await on.query(`delete from survey_suggestions where month ${old}`, [today])
  await on.query(`delete from survey_keys where purpose = 'suggestions' and day ${old}`, [today])
  return rowCount ?? 0
}
