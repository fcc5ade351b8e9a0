import type pg from 'pg'
import type { Keyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { openFields, ticketKey } from '../../../src/records/ticket-words.ts'

type Cells = { id: string; wrapped_key: Buffer; fields: Buffer }

/** Swaps sealed cells between two tickets, words alone and words with their keys; how many open where they now stand. */
export async function openAfterSwap(
  client: pg.Client,
  keyring: Keyring,
): Promise<{ opened: number; unswapped: number }> {
  const sealing = createSealing(keyring)
  const read = async () => {
    const { rows } = await client.query<Cells>(
      'select id, wrapped_key, fields from tickets where wrapped_key is not null order by code limit 2',
    )
    return rows
  }
  const opens = (rows: Cells[]) =>
    rows.filter(({ id, wrapped_key, fields }) => {
      try {
        openFields(sealing, ticketKey(sealing, id, wrapped_key), id, fields)
        return true
      } catch {
        // Sealed for another place: exactly what is wanted.
        return false
      }
    }).length
  const swap = (column: string) =>
    client.query(
      `update tickets t set ${column} = o.${column} from tickets o
       where t.id = any($1::uuid[]) and o.id = any($1::uuid[]) and t.id <> o.id`,
      [before.map(({ id }) => id)],
    )
  const before = await read()
  const unswapped = opens(before)
  await swap('fields')
  const words = opens(await read())
  await swap('wrapped_key')
  const both = opens(await read())
  await swap('fields')
  const keys = opens(await read())
  return { opened: words + both + keys, unswapped }
}
