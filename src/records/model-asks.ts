import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'
import { hashOfMessage } from './look-up.ts'
import type { Sealing } from './sealing.ts'

export type Purpose = 'answer' | 'suggest' | 'draft'

/** Something to be put to the model. `whose` names who pays for it out of their day; `about` is sealed as it is, as JSON. */
export type NewAsk = {
  office: string
  purpose: Purpose
  whose: string
  conversationId: string | null
  ticketId: string | null
  about: unknown
}

/** One that this process has taken, and how long its asker has waited. */
export type TakenAsk = {
  id: string
  office: string
  purpose: Purpose
  whose: Buffer
  conversation_id: string | null
  ticket_id: string | null
  sealed: Buffer
  attempts: number
  waited_ms: number
}

/** Notes what is to be asked, in the transaction of the turn that wants it: it is there when the turn is, and only then. */
export async function putAsks(client: Queryable, sealing: Sealing, asks: NewAsk[]): Promise<void> {
  if (asks.length === 0) return
  const ids = asks.map(() => randomUUID())
  await client.query({
    name: 'put-model-asks',
    text: `insert into model_asks (id, office, purpose, whose, conversation_id, ticket_id, sealed, status, asked_at)
      select *, 'waiting', now() from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::uuid[], $6::uuid[], $7::bytea[])`,
    values: [
      ids,
      asks.map(({ office }) => office),
      asks.map(({ purpose }) => purpose),
      asks.map(({ whose }) => hashOfAsker(sealing, whose)),
      asks.map(({ conversationId }) => conversationId),
      asks.map(({ ticketId }) => ticketId),
      asks.map(({ about }, n) => sealing.sealLoose(`modelAsks.${ids[n]}`, JSON.stringify(about))),
    ],
  })
}

export function openAsk(sealing: Sealing, { id, sealed }: TakenAsk): unknown {
  return JSON.parse(sealing.openLoose(`modelAsks.${id}`, sealed))
}

/** What is told when an ask is settled is told once, by this key. */
export function tellKeyOf(id: string): string {
  return `model/${id}`
}

function hashOfAsker(sealing: Sealing, whose: string): Buffer {
  return sealing.hash('model asked by', whose)
}

/** Takes what waits, citizens before staff, and what somebody took who is not heard of any more. */
export async function takeAsks(on: Queryable, most: number, leaseMs: number): Promise<TakenAsk[]> {
  const { rows } = await on.query<TakenAsk>({
    name: 'take-model-asks',
    text: `with due as (
        select id from model_asks where status = 'waiting' or (status = 'asking' and lease_until < now())
        order by purpose <> 'answer', asked_at limit $1 for update skip locked
      )
      update model_asks a set status = 'asking', attempts = attempts + 1, lease_until = now() + $2 * interval '1 millisecond'
      from due where a.id = due.id
      returning a.id, office, purpose, whose, conversation_id, ticket_id, sealed, attempts,
        (extract(epoch from now() - asked_at) * 1000)::int as waited_ms`,
    values: [most, leaseMs],
  })
  return rows
}

/** Any number will do, as long as nothing else in this database locks it. */
const SPENDING = 724_005

/** Calls a citizen and an office may have in a day. */
export type Budget = { citizen: number; office: number }

/** Spends one call of `day` if citizen and office have one left; to be done before it is made. One at a time for each office. */
export async function spendCall(
  client: Queryable,
  ask: Pick<TakenAsk, 'id' | 'office' | 'whose'>,
  day: string,
  budget: Budget,
): Promise<boolean> {
  await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [SPENDING, ask.office])
  const { rowCount } = await client.query(
    `update model_asks set calls = calls + 1, called_on = coalesce(called_on, $3) where id = $1
       and (select coalesce(sum(calls), 0) from model_asks where office = $2 and called_on = $3) < $5
       and (select coalesce(sum(calls), 0) from model_asks where office = $2 and called_on = $3 and whose = $4) < $6`,
    [ask.id, ask.office, day, ask.whose, budget.office, budget.citizen],
  )
  return rowCount === 1
}

/** Ends an ask; false when somebody else did, or took it over: then nothing may be told of it. */
export async function settleAsk(
  client: Queryable,
  { id, attempts }: Pick<TakenAsk, 'id' | 'attempts'>,
  how: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update model_asks set status = 'settled', how = $3, sealed = null, conversation_id = null, lease_until = null
     where id = $1 and attempts = $2 and status = 'asking'`,
    [id, attempts, how],
  )
  return rowCount === 1
}

/** Gives back what a process took and could not finish: another begins at once. */
export async function returnAsk(on: Queryable, { id, attempts }: TakenAsk): Promise<void> {
  await on.query(
    `update model_asks set status = 'waiting', lease_until = null where id = $1 and attempts = $2 and status = 'asking'`,
    [id, attempts],
  )
}

/**
 * What these conversations still wait for is not waited for any more, and what was told of it and not heard yet is not heard: a
 * late answer must not be taken for that to another question.
 */
export async function supersedeAsks(
  client: Queryable,
  sealing: Sealing,
  askers: { office: string; conversationId: string }[],
): Promise<void> {
  const offices = new Map(
    askers.map(({ office, conversationId }) => [
      hashOfAsker(sealing, conversationId).toString('hex'),
      office,
    ]),
  )
  const { rows } = await client.query<{ id: string; whose: Buffer }>({
    name: 'supersede-model-asks',
    text: `with open as (
        update model_asks set status = 'settled', how = 'superseded', sealed = null, conversation_id = null
        where whose = any($1::bytea[]) and purpose = 'answer' and status <> 'settled'
      )
      select id, whose from model_asks where whose = any($1::bytea[]) and purpose = 'answer'
        and asked_at > now() - interval '1 minute'`,
    values: [[...offices.keys()].map(hash => Buffer.from(hash, 'hex'))],
  })
  if (rows.length === 0) return
  const told = rows.map(({ id, whose }) =>
    hashOfMessage(sealing, offices.get(whose.toString('hex')) ?? '', 'told', tellKeyOf(id)),
  )
  await client.query(
    `update inbox set status = 'done', sealed = null, due_at = null where message_hash = any($1::bytea[]) and status = 'pending'`,
    [told],
  )
}

/** Two days are enough for every budget, wherever the day begins. */
export async function forgetAsks(on: Queryable): Promise<void> {
  await on.query(`delete from model_asks where status = 'settled' and asked_at < now() - interval '2 days'`)
}
