import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** Why a question is kept: nothing was known, what was known may not be told, none of what was suggested, or it did not help. */
export type Reason = 'unknown' | 'unconfirmed' | 'other' | 'unhelpful'

/** A question no article answered well. `words`: what it is about, hashed for its office. */
export type NewQuestion = {
  office: string
  conversationId: string
  ticketId: string | null
  reason: Reason
  article: string | null
  words: bigint[]
  text: string
  at: Date
}

export type KeptQuestion = {
  id: string
  conversation_id: string
  ticket_id: string | null
  reason: Reason
  article: string | null
  words: bigint[]
  wrapped_key: Buffer
  sealed: Buffer
  asked_at: Date
  /** Of its ticket, if it has one. */
  code: string | null
  desk: string | null
  /** A person has answered it. */
  answered: boolean
}

/** What a question is about as keyed hashes of 64 bits: equal within an office, and telling nothing without the key. */
export function hashMatters(sealing: Sealing, office: string, matters: string[]): bigint[] {
  return matters.map(matter => sealing.hash('question matter', office, matter).readBigInt64BE(0))
}

/** Keeps questions, one statement for all of them; gives their ids in order. */
export async function keepQuestions(
  client: Queryable,
  sealing: Sealing,
  questions: NewQuestion[],
): Promise<string[]> {
  if (questions.length === 0) return []
  const sealed = questions.map(question => {
    const id = randomUUID()
    const { key, wrapped } = sealing.newKey(`questions.${id}`)
    return { id, wrapped, text: sealing.seal(key, `questions.text.${id}`, question.text) }
  })
  await client.query({
    name: 'keep-questions',
    text: `insert into questions (id, office, conversation_id, ticket_id, reason, article, words, wrapped_key, sealed, asked_at)
           select id, office, conversation_id, ticket_id, reason, article, words::bigint[], wrapped_key, sealed, asked_at
           from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bytea[],
             $9::bytea[], $10::timestamptz[])
             as q(id, office, conversation_id, ticket_id, reason, article, words, wrapped_key, sealed, asked_at)`,
    values: [
      sealed.map(({ id }) => id),
      questions.map(({ office }) => office),
      questions.map(({ conversationId }) => conversationId),
      questions.map(({ ticketId }) => ticketId),
      questions.map(({ reason }) => reason),
      questions.map(({ article }) => article),
      questions.map(({ words }) => `{${words.join(',')}}`),
      sealed.map(({ wrapped }) => wrapped),
      sealed.map(({ text }) => text),
      questions.map(({ at }) => at),
    ],
  })
  return sealed.map(({ id }) => id)
}

/** Its citizen asked for a person: the question goes with that ticket. False when it is not kept, or not theirs. */
export async function noteTicket(
  client: Queryable,
  question: { id: string; conversationId: string },
  ticketId: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'update questions set ticket_id = $3 where id = $1 and conversation_id = $2 and ticket_id is null',
    [question.id, question.conversationId, ticketId],
  )
  return rowCount === 1
}

/** Questions of an office that no article answered, the latest first, at most so many; none whose report has become restricted. */
export async function keptQuestions(on: Queryable, office: string, most = 2000): Promise<KeptQuestion[]> {
  const { rows } = await on.query<Omit<KeptQuestion, 'words'> & { words: string[] }>(
    `select q.id, q.conversation_id, q.ticket_id, q.reason, q.article, q.words::text[] as words, q.wrapped_key, q.sealed,
       q.asked_at, t.code, t.desk, q.answered_at is not null as answered
     from questions q left join tickets t on t.id = q.ticket_id
     where q.office = $1 and (t.id is null or not (t.restricted or t.confidential))
     order by q.asked_at desc limit $2`,
    [office, most],
  )
  return rows.map(row => ({ ...row, words: row.words.map(BigInt) }))
}

export function wordsOfQuestion(sealing: Sealing, { id, wrapped_key, sealed }: KeptQuestion): string {
  return sealing.open(sealing.unwrap(wrapped_key, `questions.${id}`), `questions.text.${id}`, sealed)
}

/** Staff have answered this ticket: whoever asked it waits no more. */
export async function answerQuestionOf(client: Queryable, ticketId: string, at: Date): Promise<void> {
  await client.query({
    name: 'answer-question-of',
    text: 'update questions set answered_at = $2 where ticket_id = $1 and answered_at is null',
    values: [ticketId, at],
  })
}

/** Forgets what was asked here; with `tickets` left out, only what went with no ticket. */
export async function forgetQuestions(
  client: Queryable,
  conversationIds: string[],
  and: 'tickets' | '' = '',
): Promise<void> {
  await client.query(
    `delete from questions where conversation_id = any($1::uuid[]) and (ticket_id is null or $2)`,
    [conversationIds, and === 'tickets'],
  )
}

/** Forgets questions whose ticket has lost its words. */
export async function forgetQuestionsOfErased(on: Queryable): Promise<number> {
  const { rowCount } = await on.query(
    `delete from questions q using tickets t where t.id = q.ticket_id and t.wrapped_key is null`,
  )
  return rowCount ?? 0
}
