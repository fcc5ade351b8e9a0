/** The peers and the limit of `durable`, on tables of their own: `pg`, a pool of 10, named prepared statements. */
import pg from 'pg'
import { dialogueOf } from '../dialogue.ts'
import type { Store } from '../store.ts'
import type { Button } from '../telegram.ts'
import type { Build } from '../variants/variant.ts'
import type { Line } from './line.ts'

const TABLES = `
create table if not exists sessions (key text primary key, state text not null);
create table if not exists complaints (chat bigint primary key, answers text not null);
create table if not exists inserts (id bigint generated always as identity primary key, chat bigint, body text)`

export const POOL = 10

export async function openPool(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url, max: POOL })
  pool.on('error', error => process.stderr.write(`the pool lost a connection: ${error.message}\n`))
  await pool.query(TABLES)
  return pool
}

/** A bot whose session lies in PostgreSQL: read and written at every update, not atomic, no dedupe, no outbox. */
export async function openPeer(url: string, build: Build): Promise<Line> {
  const pool = await openPool(url)
  const shown = new Map<number, Button[]>()
  let said = 0
  const take = await build({
    dialogue: dialogueOf(6),
    store: storeIn(pool),
    send(chat, _text, buttons) {
      said++
      if (buttons !== undefined) shown.set(chat, buttons)
    },
    answerCallback: () => undefined,
    async keep(chat, answers) {
      const text = 'insert into complaints (chat, answers) values ($1, $2)'
      await pool.query({ name: 'keep', text, values: [chat, JSON.stringify(answers)] })
      shown.delete(chat)
      return `LSM-2611-${chat}`
    },
  })
  return {
    turn: async (_chat, update) => {
      await take(update)
    },
    buttons: chat => shown.get(chat) ?? [],
    counts: async () => ({ records: await countRows(pool, 'complaints'), said }),
    close: () => pool.end(),
  }
}

/** The limit: a turn is one row inserted and committed, nothing read. */
export async function openLimit(url: string): Promise<Line> {
  const pool = await openPool(url)
  return {
    async turn(chat, update) {
      const text = 'insert into inserts (chat, body) values ($1, $2)'
      await pool.query({ name: 'insert', text, values: [chat, JSON.stringify(update)] })
    },
    buttons: () => [NO_BUTTON, NO_BUTTON, NO_BUTTON, NO_BUTTON],
    counts: async () => ({ records: (await countRows(pool, 'inserts')) / 7, said: 0 }),
    close: () => pool.end(),
  }
}

const NO_BUTTON: Button = { text: '', callback_data: 'x' }

export function storeIn(pool: pg.Pool): Store {
  return {
    async read(key) {
      const text = 'select state from sessions where key = $1'
      const { rows } = await pool.query<{ state: string }>({ name: 'read', text, values: [key] })
      return rows[0]?.state
    },
    async write(key, state) {
      const text =
        'insert into sessions (key, state) values ($1, $2) on conflict (key) do update set state = excluded.state'
      await pool.query({ name: 'write', text, values: [key, state] })
    },
    async delete(key) {
      await pool.query({ name: 'delete', text: 'delete from sessions where key = $1', values: [key] })
    },
  }
}

export async function countRows(pool: pg.Pool, table: 'complaints' | 'inserts'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}
