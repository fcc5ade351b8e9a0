import { randomUUID } from 'node:crypto'
import type { Queryable } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Response } from './ledger.ts'

/** A survey being answered, with what made each answer. Buffers are in hex, since it is kept as JSON. */
export type Draft = {
  /** What is asked, as it was when they began. */
  version: string
  source: Exclude<Response['source'], 'paper'>
  unit: string
  service: string
  /** What is marked as answered when it is, and until when that is kept. */
  mark: string
  keptUntil: string
  /** The counter's code, of a visit. */
  code?: string
  answers: Record<string, { answer: string; message: string }>
  /** Every message that gave an answer, also one that was changed later, and its turn. */
  messages: string[]
  turns: number[]
}

export type KeptDraft = { id: string; office: string; survey: string; conversationId: string; draft: Draft }

type Row = {
  id: string
  office: string
  survey: string
  conversation_id: string
  wrapped_key: Buffer
  sealed: Buffer
}

/** Begins a draft, in the place of whatever this chat had begun of the same survey. */
export async function beginDraft(
  on: Queryable,
  sealing: Sealing,
  { office, survey, conversationId, draft, at }: Omit<KeptDraft, 'id'> & { at: Date },
): Promise<string> {
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`survey_drafts.${id}`)
  await on.query('delete from survey_drafts where conversation_id = $1 and survey = $2', [
    conversationId,
    survey,
  ])
  await on.query(
    `insert into survey_drafts (id, office, survey, conversation_id, wrapped_key, sealed, noted_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, office, survey, conversationId, wrapped, sealing.seal(key, placeOf(id), JSON.stringify(draft)), at],
  )
  return id
}

/** The draft of this chat; undefined when it is gone. */
export async function draftCalled(
  on: Queryable,
  sealing: Sealing,
  { id, conversationId }: { id: string; conversationId: string },
): Promise<KeptDraft | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const { rows } = await on.query<Row>(
    'select * from survey_drafts where id = $1 and conversation_id = $2 for update',
    [id, conversationId],
  )
  return rows[0] && openDraft(sealing, rows[0])
}

export function openDraft(sealing: Sealing, row: Row): KeptDraft {
  const key = sealing.unwrap(row.wrapped_key, `survey_drafts.${row.id}`)
  const draft = JSON.parse(sealing.open(key, placeOf(row.id), row.sealed)) as Draft
  return { id: row.id, office: row.office, survey: row.survey, conversationId: row.conversation_id, draft }
}

export async function keepDraft(
  on: Queryable,
  sealing: Sealing,
  { id, draft }: Pick<KeptDraft, 'id' | 'draft'>,
  at: Date,
): Promise<void> {
  const { key, wrapped } = sealing.newKey(`survey_drafts.${id}`)
  await on.query('update survey_drafts set wrapped_key = $2, sealed = $3, noted_at = $4 where id = $1', [
    id,
    wrapped,
    sealing.seal(key, placeOf(id), JSON.stringify(draft)),
    at,
  ])
}

function placeOf(id: string): `survey_drafts.${string}` {
  return `survey_drafts.sealed.${id}`
}

/**
 * The draft with one more answer. The same answer as before keeps the message that made it: going back and on again makes no value
 * anew.
 */
export function withAnswer(
  draft: Draft,
  given: { name: string; answer: string; message: Buffer; turn: number },
): Draft {
  const message = given.message.toString('hex')
  const before = draft.answers[given.name]
  const kept = before?.answer === given.answer ? before : { answer: given.answer, message }
  return {
    ...draft,
    answers: { ...draft.answers, [given.name]: kept },
    messages: [...new Set([...draft.messages, message])],
    turns: [...new Set([...draft.turns, given.turn])],
  }
}
