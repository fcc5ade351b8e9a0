import { localTime } from '../../lib/local-time.ts'
import { momentOf } from '../../lib/wall-time.ts'
import type { House } from '../../offices/house.ts'
import { transaction } from '../../records/db.ts'
import { ENDED, REASONS, STATUS_WORDS } from '../../records/statuses.ts'
import { historyOf } from '../../records/ticket-history.ts'
import { openEvent, openFields, ticketKey } from '../../records/ticket-words.ts'
import type { TicketRow } from '../../records/tickets.ts'
import type { PublicDoor } from '../pages/public-door.ts'
import { SERVICES } from './offered.ts'
import type { Asked } from './read-asked.ts'

/** What one answer holds: GeoReport's own limit. */
const MOST = 1000

/** Reports a partner filed itself, the newest first, as GeoReport calls them; `updates` is our extension (README). */
export function readRequests(door: PublicDoor, house: House, keyHash: Buffer, asked: Asked) {
  return transaction(door.db, async client => {
    const { rows } = await client.query<TicketRow & { service: string }>(
      `select t.*, r.service from open311_requests r join tickets t on t.id = r.ticket_id
       where r.office = $1 and r.key_hash = $2 and (cardinality($3::text[]) = 0 or t.code = any($3::text[]))
         and (cardinality($4::text[]) = 0 or r.service = any($4::text[]))
         and ($5 = '' or ($5 = 'closed') = (t.status = any($6::text[])))
         and ($7::timestamptz is null or t.opened_at >= $7) and ($8::timestamptz is null or t.opened_at <= $8)
       order by r.filed_at desc limit ${MOST}`,
      [house.office.id, keyHash, asked.ids, asked.service, asked.status, ENDED, asked.from, asked.to],
    )
    const requests = []
    for (const row of rows) requests.push(await shown(row))
    return requests

    async function shown(row: TicketRow & { service: string }) {
      const { office } = house
      const key = ticketKey(door.room.sealing, row.id, row.wrapped_key)
      const { description = null, place = null } = openFields(door.room.sealing, key, row.id, row.fields)
      const time = (at: Date) => localTime(office.zone, at)
      const history = await historyOf(client, row.id, 'citizen')
      const updates = history.map(({ type, sealed, happened_at }) => ({
        datetime: time(happened_at),
        what: type,
        text: openEvent(door.room.sealing, key, row.id, sealed).text ?? null,
      }))
      const reason = row.reason === null ? '' : ` (${REASONS[row.reason]?.id ?? row.reason})`
      return {
        service_request_id: row.code,
        status: ENDED.includes(row.status) ? 'closed' : 'open',
        status_notes: `${STATUS_WORDS[row.status].id}${reason}`,
        service_name: SERVICES[row.service]?.name ?? null,
        service_code: row.service,
        description,
        agency_responsible: office.name,
        service_notice: null,
        requested_datetime: time(row.opened_at),
        updated_datetime: time(row.updated_at),
        expected_datetime:
          row.resolve_due === null
            ? null
            : time(momentOf(office.zone, { day: row.resolve_due, minute: 24 * 60 - 1 })),
        address: place,
        address_id: null,
        zipcode: null,
        lat: null,
        long: null,
        media_url: null,
        updates,
      }
    }
  })
}
