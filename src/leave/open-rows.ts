import { isAnonymous } from '../conversation/anonymous.ts'
import { restingState, type State } from '../conversation/state.ts'
import type { Queryable } from '../records/db.ts'
import { bytesOf, type JsonRow, KEYED, keyHolder, type SealedColumn } from '../records/sealed-columns.ts'
import type { DataKey, Sealing } from '../records/sealing.ts'
import { type HouseTable, isKeyed, leavingColumns, sealedIn, selectRows } from './house-tables.ts'

/** Rows read at once. */
const ROWS = 500

/** Chats with an anonymous report under way, or just filed: nothing said there leaves. */
export type Hidden = ReadonlySet<string>

const HIDDEN = `select id, wrapped_key, state, wipe_after is not null as filed from conversations
  where party = 'citizen' and (wipe_after is not null or version is not null or parked is not null)`

/** Open drafts live a week, so that there are few. */
export async function hiddenChats(on: Queryable, sealing: Sealing): Promise<Hidden> {
  const { rows } = await on.query<{ id: string; wrapped_key: Buffer; state: Buffer; filed: boolean }>(HIDDEN)
  const hidden = rows.filter(({ id, wrapped_key, state, filed }) => {
    if (filed) return true
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    return hasAnonymous(JSON.parse(sealing.open(key, `conversations.state.${id}`, state)) as State)
  })
  return new Set(hidden.map(({ id }) => id))
}

function hasAnonymous({ at, parked }: State): boolean {
  return [at, at?.behind, parked].some(isAnonymous)
}

/** Rows as they leave: words opened, keys told by whether there is one. `unreadable`: values whose key is gone, or that are damaged. */
export type Opened = { row: JsonRow; unreadable: number }

/** Walks one table within the transaction of this client; memory stays flat. */
export async function* openRows(
  client: Queryable,
  sealing: Sealing,
  table: HouseTable,
  hidden: Hidden,
): AsyncGenerator<Opened> {
  await client.query(`declare leaving no scroll cursor for ${selectRows(table)}`)
  const columns = leavingColumns(table).map(({ name }) => name)
  for (;;) {
    const { rows } = await client.query<{ row: JsonRow; key: Buffer | null }>(`fetch ${ROWS} from leaving`)
    for (const { row, key } of rows) {
      if (isHidden(table.name, row, hidden)) continue
      const opened = openRow(sealing, table.name, row, key)
      if (table.name === 'inbox') forgetHour(opened.row)
      if (table.name === 'conversations' && hidden.has(String(row.id))) putToRest(opened.row)
      const listed = columns.map(name => [name, opened.row[name]] as const)
      yield { row: Object.fromEntries(listed), unreadable: opened.unreadable }
    }
    if (rows.length < ROWS) break
  }
  await client.query('close leaving')
}

/** What was said in such a chat, and what belongs to no ticket yet. */
function isHidden(table: string, row: JsonRow, hidden: Hidden): boolean {
  const ofTicket = (row.ticket_id ?? null) !== null
  return (
    hidden.has(String(row.conversation_id)) &&
    (table === 'inbox' || table === 'outbox' || ((table === 'files' || table === 'questions') && !ofTicket))
  )
}

/** What waits to be told of an anonymous report keeps the day alone, as its row does. */
function forgetHour(row: JsonRow): void {
  const isToTheDay = /T00:00:00(\.0+)?\+00:00$/.test(String(row.received_at))
  const told = row.sealed as { at?: unknown } | null
  if (isToTheDay && told !== null && typeof told.at === 'string')
    row.sealed = { ...told, at: `${told.at.slice(0, 10)}T00:00:00.000Z` }
}

/** A chat whose draft may not leave stands where it would had the draft been cancelled. */
function putToRest(row: JsonRow): void {
  const { notices } = (row.state ?? {}) as Partial<State>
  const seen = notices === undefined ? {} : { notices }
  const nothing = { flow: null, step: null, waiting: null, version: null, parked: null }
  const state = { ...restingState(String(row.language)), turn: Number(row.turn), ...seen }
  Object.assign(row, nothing, { wipe_after: null, wipe_seq: null, state })
}

function openRow(sealing: Sealing, table: string, row: JsonRow, otherKey: Buffer | null): Opened {
  const opened: JsonRow = { ...row }
  let unreadable = 0
  const own = isKeyed(table) && row.wrapped_key !== null ? keyOf(sealing, table, row) : undefined
  if (isKeyed(table)) opened.wrapped_key = row.wrapped_key !== null
  for (const one of sealedIn(table)) {
    if (one.of?.(row) === false || row[one.column] === null || row[one.column] === '\\x') continue
    const value = openValue(sealing, one, row, own, otherKey)
    if (value === undefined) unreadable += 1
    opened[one.column] = value ?? null
  }
  return { row: opened, unreadable }
}

function keyOf(sealing: Sealing, table: string, row: JsonRow): DataKey | undefined {
  const place = KEYED[table]
  if (place === undefined) return undefined
  return orUndefined(() => sealing.unwrap(bytesOf(row.wrapped_key), place(row)))
}

/** Undefined when it cannot be opened: that is counted and told, and takes nothing else along. */
function openValue(
  sealing: Sealing,
  { column, under, place, holds }: SealedColumn,
  row: JsonRow,
  own: DataKey | undefined,
  otherKey: Buffer | null,
): unknown {
  const sealed = bytesOf(row[column])
  return orUndefined(() => {
    if (under === 'loose') return read(sealing.openLoose(place(row), sealed), holds)
    const holder = typeof under === 'string' ? undefined : KEYED[under.table]
    const key =
      typeof under === 'string' || otherKey === null || holder === undefined
        ? own
        : sealing.unwrap(otherKey, holder(keyHolder(under, row)))
    return key === undefined ? undefined : read(sealing.open(key, place(row), sealed), holds)
  })
}

function read(text: string, holds: 'text' | 'json'): unknown {
  return holds === 'json' ? JSON.parse(text) : text
}

/** Whatever is wrong with it, nobody can read it any more. */
function orUndefined<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}
