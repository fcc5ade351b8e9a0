import type { PoolClient } from 'pg'
import { expect, it } from 'vitest'
import type { Request } from '../../src/actions/action.ts'
import { ACTIONS_OF_FLOWS, actions } from '../../src/actions/actions.ts'
import type { Queryable } from '../../src/records/db.ts'
import { PERSON_TABLES } from '../../src/records/person-tables.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, NOON, ORDINARY, testLine } from '../helpers/line.ts'
import { personEverywhere } from '../helpers/person-everywhere.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const office = 'lhokseumawe'
const WORDS = 'antrean kumbang tiga jam lamanya'
const victim = await personEverywhere(
  {
    ...line,
    office,
    file: who => fileComplaint(line, who, ORDINARY.with(3, WORDS)),
  },
  db,
  'korban',
)
await fileComplaint(line, 'tamu')
await line.quiet()
const [guest = ''] = await chatsOf('tamu')
// A word that is over is swept away with anybody's next one.
await db.pool.query(`update single_use set expires_at = '2099-12-01'`)

async function chatsOf(who: string): Promise<string[]> {
  const hash = line.room.sealing.hash('address', office, 'telegram', who)
  const { rows } = await db.pool.query<{ id: string }>(
    'select id from conversations where address_hash = $1',
    [hash],
  )
  return rows.map(({ id }) => id)
}

type Row = Record<string, unknown>

/** All there is of the victim, but how often somebody tried a PIN. */
const ROWS = PERSON_TABLES.map(
  ({ table, of }) =>
    `select to_jsonb(t) - 'pin_tries' - 'pin_locked_until' as row from ${table} t where ${of}`,
).join(' union all ')

async function rowsOf(on: Queryable): Promise<Row[]> {
  const { rows } = await on.query<{ row: Row }>(
    `select row from (${ROWS}) r where $1::uuid[] is not null and $2::uuid[] is not null order by row::text`,
    [victim.chats, victim.tickets],
  )
  return rows.map(({ row }) => row)
}

/** By what a choice may name a thing: its number, its code, and the letter before that options put there. */
function namesIn(rows: readonly Row[]): string[] {
  const ids = rows.flatMap(row =>
    ['id', 'code', 'ticket_id', 'conversation_id', 'agenda'].map(name => row[name]),
  )
  const known = new Set(ids.flatMap(id => (typeof id === 'string' || typeof id === 'number' ? `${id}` : [])))
  return [...known].flatMap(id => (/^\d+$/.test(id) ? [`s${id}`, `r${id}`, id] : [id]))
}

const FIELDS =
  'ticket code id registration subscription reminder agenda item vacancy follow pick file key tickets'.split(
    ' ',
  )

/** Each action with each thing of the victim in every place where one can be named, all of it undone: those that changed or told something. */
async function reaching(
  chat: string,
  names: readonly string[],
  all: readonly string[] = ACTIONS_OF_FLOWS,
): Promise<string[]> {
  const before = JSON.stringify(await rowsOf(db.pool))
  const reached: string[] = []
  const client = await db.pool.connect()
  try {
    for (const action of all) {
      await client.query('begin')
      const told = await askedAll(client, action, chat, names)
      const after = JSON.stringify(await rowsOf(client))
      await client.query('rollback')
      if (after !== before || told.join().includes('kumbang')) reached.push(action)
    }
  } finally {
    client.release()
  }
  return reached
}

/** All at once, as a batch comes; one by one where something in it is refused. What was told. */
async function askedAll(client: PoolClient, action: string, chat: string, names: readonly string[]) {
  const told: string[] = []
  const ask = async (some: readonly string[]): Promise<boolean> => {
    await client.query('savepoint asked')
    try {
      told.push(JSON.stringify(await actions[action]?.({ ...line.room, client }, some.map(asking(chat)))))
      return true
    } catch {
      await client.query('rollback to asked')
      return false
    }
  }
  if (!(await ask(names))) for (const name of names) await ask([name])
  return told
}

const asking =
  (chat: string) =>
  (name: string, n: number): Request => ({
    key: `${chat}/1/${n}`,
    office,
    conversation: { id: chat, channel: 'telegram', language: 'id', party: 'citizen', desk: null },
    with: { ...Object.fromEntries(FIELDS.map(field => [field, name])), text: 'kata tamu', pin: '000000' },
    at: NOON,
  })

it('nobody reaches a thing of somebody else by its name, whatever they ask to be done with it', async () => {
  const names = namesIn(await rowsOf(db.pool))
  expect(names.length).toBeGreaterThan(10)
  expect(await reaching(guest, names)).toEqual([])
  // They themselves do: the names are the right ones.
  const theirs = ['withdraw_ticket', 'add_message', 'end_subscription', 'end_reminder']
  expect(await reaching(victim.chats[0] ?? '', names, theirs)).toEqual(theirs)
})
