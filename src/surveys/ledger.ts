import { createHmac } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { DataKey } from '../records/sealing.ts'

/** A response as it is kept: whose it was is not in it. */
export type Response = {
  id: string
  office: string
  survey: string
  version: string
  /** The first day of its month. */
  month: string
  source: 'ticket' | 'visit' | 'announcement' | 'paper'
  channel: string
  unit: string
  service: string
  traits: Record<string, string>
  /** In the order of the instrument's elements; null where none was given. */
  values: (number | null)[]
  madeBy: (Buffer | null)[]
}

/** What points from a value to the message that made it. Under a key that is thrown away, so that it can be checked for two days only. */
export function pointerTo(key: DataKey, message: Buffer, element: string): Buffer {
  return createHmac('sha256', key).update(message).update(element).digest()
}

/** So many others a new row is put in among: nobody can tell which of them came last. */
const AMONG = 50

/** Any number will do, as long as no other lock of this database has it. */
const LEDGER = 724_007

/**
 * Adds responses to the ledger. Rows stand in a table in the order they were written, and a dump shows it; beside the times at which
 * citizens last wrote that order would tell whose each is. So up to fifty others of the same month are taken out and put in
 * again with it, in an order by chance; a trigger sees to it that they come back just as they were.
 */
export async function addResponses(client: PoolClient, responses: Response[]): Promise<void> {
  for (const [place, group] of byPlace(responses)) {
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [LEDGER, place])
    const [first] = group
    if (first === undefined) continue
    await client.query({
      name: 'add-responses',
      text: ADD,
      values: [first.office, first.survey, first.month, JSON.stringify(group.map(asRow))],
    })
  }
}

// The lesser of two ways to begin: from a row by chance in the order of ids, which are by chance themselves, round to the first ones.
const ADD = `
with pivot as (select gen_random_uuid() as id),
chosen as (
  (select r.id from survey_responses r, pivot p where r.office = $1 and r.survey = $2 and r.month = $3 and r.id >= p.id
   order by r.id limit ${AMONG})
  union
  (select r.id from survey_responses r where r.office = $1 and r.survey = $2 and r.month = $3 order by r.id limit ${AMONG})
),
out as (delete from survey_responses where id in (select id from chosen) returning *),
both_kinds as (
  select * from out
  union all
  select n.id, $1, $2, n.version, $3::date, n.source, n.channel, n.unit, n.service, n.traits, array_position(n.values, null) is null,
    n.values, array(select decode(m, 'hex') from unnest(n.made) with ordinality as u(m, nth) order by nth)
  from jsonb_to_recordset($4::jsonb) as n(id uuid, version text, source text, channel text, unit text, service text, traits jsonb,
    values smallint[], made text[])
)
insert into survey_responses select * from both_kinds order by gen_random_uuid() on conflict (id) do nothing`

function asRow({ id, version, source, channel, unit, service, traits, values, madeBy }: Response) {
  const made = madeBy.map(one => one?.toString('hex') ?? null)
  return { id, version, source, channel, unit, service, traits, values, made }
}

/** Groups by office, survey and month; in a fixed order, so that two transactions never wait for each other. */
function byPlace(responses: Response[]): [string, Response[]][] {
  const groups = new Map<string, Response[]>()
  for (const one of responses) {
    const place = `${one.office}/${one.survey}/${one.month}`
    groups.set(place, [...(groups.get(place) ?? []), one])
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
