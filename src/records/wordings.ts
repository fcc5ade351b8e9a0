import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Queryable } from './db.ts'

/** A sentence as an office wants it, in the place of what its files say. */
export type Wording = {
  office: string
  flow: string
  place: string
  language: string
  words: string
  /** What the files said there when it was written. */
  replaces: string
}

export type WordingRow = Wording & {
  id: string
  status: 'waiting' | 'agreed'
  writtenBy: string
  /** What they are called; '–' once they are gone. */
  writer: string
  writtenAt: Date
  agreedBy: string | null
}

/** Sentences of an office that wait or are agreed, oldest first. Few: people write them. */
export async function wordingsOf(on: Queryable, office: string): Promise<WordingRow[]> {
  const { rows } = await on.query<WordingRow>(
    `select w.id, w.office, w.flow, w.place, w.language, w.words, w.replaces, w.status, w.written_by as "writtenBy",
       coalesce(s.name, '–') as writer, w.written_at as "writtenAt", d.name as "agreedBy"
     from wordings w left join staff s on s.id = w.written_by left join staff d on d.id = w.decided_by
     where w.office = $1 and w.status in ('waiting', 'agreed') order by w.written_at`,
    [office],
  )
  return rows
}

export type Agreed = Wording & { isDue: boolean }

/**
 * All that is agreed, in the order it was. `isDue`: agreed at least `afterMs` ago, so that every process has had the time to learn of
 * it before any of them says it.
 */
export async function agreedWordings(on: Queryable, afterMs: number): Promise<Agreed[]> {
  const { rows } = await on.query<Agreed>({
    name: 'agreed-wordings',
    text: `select office, flow, place, language, words, replaces,
        decided_at <= now() - $1 * interval '1 millisecond' as "isDue"
      from wordings where status = 'agreed' order by decided_at, id`,
    values: [afterMs],
  })
  return rows
}

/** Keeps a sentence somebody wants, in the place of one that waits there already; its id. */
export async function writeWording(on: Queryable, wording: Wording & { by: string }): Promise<string> {
  const { office, flow, place, language, words, replaces, by } = wording
  const id = randomUUID()
  await on.query(
    `insert into wordings (id, office, flow, place, language, words, replaces, status, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, now())
     on conflict (office, flow, place, language) where status = 'waiting' do update set id = excluded.id,
       words = excluded.words, replaces = excluded.replaces, written_by = excluded.written_by, written_at = excluded.written_at`,
    [id, office, flow, place, language, words, replaces, by],
  )
  return id
}

type Decision = { office: string; id: string; by: string }

/** Agrees to a sentence that waits; undefined when there is none of that id, or it is one's own. The one before it is replaced. */
export async function agreeToWording(
  client: PoolClient,
  { office, id, by }: Decision,
): Promise<Wording | undefined> {
  const { rows } = await client.query<Wording>(
    `select office, flow, place, language, words, replaces from wordings
     where id = $1 and office = $2 and status = 'waiting' and written_by <> $3 for update`,
    [id, office, by],
  )
  const [wording] = rows
  if (wording === undefined) return undefined
  await client.query(
    `update wordings set status = 'replaced', decided_by = $5, decided_at = now()
     where office = $1 and flow = $2 and place = $3 and language = $4 and status = 'agreed'`,
    [office, wording.flow, wording.place, wording.language, by],
  )
  await client.query(
    `update wordings set status = 'agreed', decided_by = $2, decided_at = now() where id = $1`,
    [id, by],
  )
  return wording
}

/**
 * Drops a sentence that waits, or takes an agreed one back: the file's own counts again. False when it is not as the page showed it,
 * in `was`: who drops a proposal that is agreed to at the same moment takes nothing back.
 */
export async function dropWording(
  on: Queryable,
  { office, id, by }: Decision,
  was: 'waiting' | 'agreed',
): Promise<boolean> {
  const { rowCount } = await on.query(
    `update wordings set status = $4, decided_by = $3, decided_at = now()
     where id = $1 and office = $2 and status = $5`,
    [id, office, by, was === 'waiting' ? 'dropped' : 'replaced', was],
  )
  return rowCount === 1
}
