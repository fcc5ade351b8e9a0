import type { PoolClient } from 'pg'
import { deskConversation } from '../desk/desk-address.ts'
import { byteArray, uuidArray } from '../records/arrays.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { type ConversationRow, type OpenConversation, openRow } from './open-conversation.ts'

/** What stands in the records about a batch, with its conversations locked until the end of the transaction. */
export type Loaded = {
  byAddress: Map<string, OpenConversation>
  byId: Map<string, OpenConversation>
  /** Messages we had before, by hash: what became of them, and which inbox row they are. */
  known: Map<string, { status: string; row: number }>
  /** Rows still waiting at an address: nothing later there may overtake them. */
  waiting: Map<string, number[]>
}

// One round trip for a batch of any size. Locks are taken in the order of ids, so that two processes
// never wait for each other in a circle.
const LOAD = `
with wanted as materialized (
  select * from conversations
  where address_hash = any($1::bytea[]) or id = any($2::uuid[])
  order by id for update
)
select 'conversation' as what, id, office, channel, address_hash, address, party, desk, wrapped_key, state, turn,
  last_seq, null::bytea as message_hash, null::text as status, null::bigint as row
from wanted
union all
select 'known', null, null, null, null, null, null, null, null, null, null, null, message_hash, status, id
from inbox where message_hash = any($3::bytea[])
union all
select 'waiting', null, null, null, address_hash, null, null, null, null, null, null, null, null, null, id
from inbox where status = 'pending' and address_hash = any($1::bytea[])`

type Row =
  | ({ what: 'conversation' } & ConversationRow)
  | { what: 'known'; message_hash: Buffer; status: string; row: number }
  | { what: 'waiting'; address_hash: Buffer; row: number }

export async function loadBatch(client: PoolClient, batch: Arrival[], sealing: Sealing): Promise<Loaded> {
  const addresses = batch.flatMap(arrival => (arrival.addressHash === null ? [] : [arrival.addressHash]))
  const ids = batch.flatMap(({ office, desk, to }) => {
    if (desk !== null) return [deskConversation(office, desk)]
    return 'conversationId' in to ? [to.conversationId] : []
  })
  const { rows } = await client.query<Row>({
    name: 'load-batch',
    text: LOAD,
    values: [byteArray(addresses), uuidArray(ids), byteArray(batch.map(arrival => arrival.messageHash))],
  })
  const loaded: Loaded = { byAddress: new Map(), byId: new Map(), known: new Map(), waiting: new Map() }
  for (const row of rows) {
    if (row.what === 'known') {
      loaded.known.set(nameOf(row.message_hash), { status: row.status, row: row.row })
    } else if (row.what === 'waiting') {
      const name = nameOf(row.address_hash)
      loaded.waiting.set(name, [...(loaded.waiting.get(name) ?? []), row.row])
    } else {
      remember(loaded, openRow(row, sealing))
    }
  }
  return loaded
}

export function remember(loaded: Loaded, conversation: OpenConversation): void {
  loaded.byId.set(conversation.id, conversation)
  loaded.byAddress.set(nameOf(conversation.addressHash), conversation)
}

/** A hash as a key of a Map. */
export function nameOf(hash: Buffer): string {
  return hash.toString('latin1')
}
