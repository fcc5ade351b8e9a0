import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { SKIPPED } from '../conversation/survey-flow.ts'
import { localTime } from '../lib/local-time.ts'
import type { Sealing } from '../records/sealing.ts'
import type { KeptDraft } from './drafts.ts'
import { surveyKey } from './keys.ts'
import { addResponses, pointerTo, type Response } from './ledger.ts'
import { keepSuggestion } from './suggestions.ts'
import { monthOf } from './tallies.ts'
import { elementsBy } from './versions.ts'

/** What a draft comes to as a response, read against the questions that were asked. It has no id, time or order in common with its citizen. */
export async function partResponse(
  client: PoolClient,
  sealing: Sealing,
  { kept, channel, zone, at }: { kept: KeptDraft; channel: string; zone: string; at: Date },
): Promise<Response> {
  const { office, survey, draft } = kept
  const { version, unit, service, source, answers } = draft
  const local = localTime(zone, at)
  const key = await surveyKey(client, sealing, { purpose: 'pointers', office, day: local.slice(0, 10) })
  const elements = (await elementsBy(client, survey)).get(version) ?? []
  const given = elements.map(element => {
    const one = answers[element]
    if (one === undefined) return undefined
    return {
      value: Number(one.answer.slice(1)),
      made: pointerTo(key, Buffer.from(one.message, 'hex'), element),
    }
  })
  const told = Object.entries(answers).filter(
    ([name, { answer }]) => !elements.includes(name) && answer !== SKIPPED,
  )
  return {
    id: randomUUID(),
    office,
    survey,
    version,
    month: monthOf(local),
    source,
    channel,
    unit,
    service,
    traits: Object.fromEntries(told.map(([trait, { answer }]) => [trait, answer])),
    values: given.map(one => one?.value ?? null),
    madeBy: given.map(one => one?.made ?? null),
  }
}

/**
 * Puts a response into the ledger and cuts every way back, in the same transaction: the messages that made it stay as hashes that belong to
 * nobody, without their words, conversation or hour; what we asked is forgotten with them.
 */
export async function separate(
  client: PoolClient,
  sealing: Sealing,
  { kept, response, suggestion }: { kept: KeptDraft; response: Response; suggestion: string },
): Promise<void> {
  const { office, survey, month, unit, service } = response
  await addResponses(client, [response])
  if (suggestion !== '')
    await keepSuggestion(client, sealing, { office, survey, month, unit, service, text: suggestion })
  await client.query('delete from survey_drafts where id = $1', [kept.id])
  await forgetSaid(client, kept)
}

/** A question stands in the answer to the message before: what was said to that one goes as well. */
async function forgetSaid(client: PoolClient, { conversationId, draft }: KeptDraft): Promise<void> {
  await client.query(
    `update inbox set sealed = null, conversation_id = null, turn = null, seq = null, received_at = date_trunc('day', received_at)
     where message_hash = any($1::bytea[])`,
    [draft.messages.map(message => Buffer.from(message, 'hex'))],
  )
  await client.query(
    `delete from outbox where conversation_id = $1 and status in ('sent', 'merged', 'failed')
       and split_part(key, '/', 2) = any($2::text[])`,
    [conversationId, [...new Set(draft.turns.flatMap(turn => [String(turn - 1), String(turn)]))]],
  )
}
