import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Instrument } from '../conversation/instrument.ts'
import { SKIPPED } from '../conversation/survey-flow.ts'
import { localTime } from '../lib/local-time.ts'
import type { Sealing } from '../records/sealing.ts'
import type { KeptDraft } from './drafts.ts'
import { surveyKey } from './keys.ts'
import { addResponses, pointerTo, type Response } from './ledger.ts'
import { keepSuggestion } from './suggestions.ts'
import { monthOf } from './tallies.ts'
import { archiveInstrument } from './versions.ts'

type How = {
  instrument: Instrument
  kept: KeptDraft
  channel: string
  suggestion: string
  zone: string
  at: Date
}

/**
 * Makes a response of a draft and cuts every way back, in one transaction: the response has no id, time or order in common with its
 * citizen; the messages that made it stay as hashes that belong to nobody, without their words, conversation or hour; what we
 * asked is forgotten with them.
 */
export async function separate(client: PoolClient, sealing: Sealing, how: How): Promise<void> {
  const { instrument, kept, suggestion, channel, zone, at } = how
  const { office, survey, draft } = kept
  const local = localTime(zone, at)
  const month = monthOf(local)
  const key = await surveyKey(client, sealing, { purpose: 'pointers', office, day: local.slice(0, 10) })
  const { unit, service, source } = draft
  const given = Object.keys(instrument.elements).map(element => {
    const one = draft.answers[element]
    return (
      one && {
        value: Number(one.answer.slice(1)),
        made: pointerTo(key, Buffer.from(one.message, 'hex'), element),
      }
    )
  })
  const response: Response = {
    id: randomUUID(),
    office,
    survey,
    version: await archiveInstrument(client, instrument),
    month,
    source,
    channel,
    unit,
    service,
    traits: traitsOf(instrument, kept),
    values: given.map(one => one?.value ?? null),
    madeBy: given.map(one => one?.made ?? null),
  }
  await addResponses(client, [response])
  if (suggestion !== '')
    await keepSuggestion(client, sealing, { office, survey, month, unit, service, text: suggestion })
  await client.query('delete from survey_drafts where id = $1', [kept.id])
  await forgetSaid(client, kept)
}

function traitsOf({ traits }: Instrument, { draft }: KeptDraft): Record<string, string> {
  return Object.fromEntries(
    Object.keys(traits).flatMap(trait => {
      const answer = draft.answers[trait]?.answer
      return answer === undefined || answer === SKIPPED ? [] : [[trait, answer]]
    }),
  )
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
