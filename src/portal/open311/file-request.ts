import { randomUUID } from 'node:crypto'
import { openTicket } from '../../actions/open-ticket.ts'
import { restingState } from '../../conversation/state.ts'
import { storeTold } from '../../inbox/store-told.ts'
import { transaction } from '../../records/db.ts'
import { hashOfAddress } from '../../records/look-up.ts'
import type { PublicDoor } from '../pages/public-door.ts'

export type NewRequest = {
  office: string
  keyHash: Buffer
  /** What the partner calls it, or something nobody calls anything. */
  asked: string
  service: string
  description: string
  place: string
  name: string
}

/**
 * Files a report for a partner, by the action of the complaint dialogue, under a chat of its own where answers are read. Sent
 * again under the same name it is the same report. Gives its code.
 */
export function fileRequest(door: PublicDoor, wish: NewRequest): Promise<string> {
  return transaction(door.db, client => file(door, wish, client))
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

async function file(door: PublicDoor, wish: NewRequest, client: Client): Promise<string> {
  const { sealing } = door.room
  const { office, service, description, place, name } = wish
  const at = door.now()
  const askedHash = sealing.hash('open311 request', office, wish.keyHash.toString('hex'), wish.asked)
  await client.query('select pg_advisory_xact_lock($1)', [askedHash.readBigInt64BE(0)])
  const { rows } = await client.query<{ code: string }>(
    'select t.code from open311_requests r join tickets t on t.id = r.ticket_id where r.asked_hash = $1',
    [askedHash],
  )
  if (rows[0] !== undefined) return rows[0].code
  const conversation = await openChat(door, office, client)
  const request = {
    key: `${conversation}/open311`,
    office,
    conversation: {
      id: conversation,
      channel: 'web' as const,
      language: 'id',
      party: 'citizen' as const,
      desk: null,
    },
    with: { topic: service, mode: 'terbuka', description, place, name },
    at,
  }
  const [outcome] = await openTicket({ ...door.room, client }, [request])
  if (outcome === undefined || !('result' in outcome)) throw new Error('The report was not filed.')
  for (const tell of outcome.tells ?? []) await storeTold(client, sealing, tell)
  const code = String(outcome.result.code)
  await client.query(
    `insert into open311_requests (ticket_id, office, key_hash, asked_hash, service, filed_at)
     select id, office, $2, $3, $4, $5 from tickets where code = $1`,
    [code, wish.keyHash, askedHash, service, at],
  )
  return code
}

/** A chat nobody types in: what staff write is kept there like any answer. */
async function openChat({ room: { sealing } }: PublicDoor, office: string, client: Client): Promise<string> {
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`conversations.${id}`)
  const address = `open311:${id}`
  await client.query(
    `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq, language, updated_at)
     values ($1, $2, 'web', $3, 'citizen', $4, $5, $6, 0, 0, 'id', now())`,
    [
      id,
      office,
      hashOfAddress(sealing, { office, channel: 'web', address }),
      sealing.seal(key, `conversations.address.${id}`, address),
      wrapped,
      sealing.seal(key, `conversations.state.${id}`, JSON.stringify(restingState('id'))),
    ],
  )
  return id
}
