import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

export type RegistrationStatus = 'confirmed' | 'waiting' | 'cancelled'

export type Registration = {
  id: string
  office: string
  agenda: string
  conversation_id: string
  number: number
  status: RegistrationStatus
}

/** What came of wanting to come: registered now, or before already. */
export type Registered = Pick<Registration, 'number' | 'status'> & { isNew: boolean }

/** An item of somebody's list: as it is registered, with what it is called and when it ends. */
export type OwnRegistration = Registration & { title: string; ends_at: Date }

const COLUMNS = 'id, office, agenda, conversation_id, number, status'

/** Until the end of the transaction nobody else registers for this item or leaves it: so places are counted one after another. */
async function lockItem(client: Queryable, office: string, agenda: string): Promise<void> {
  await client.query({
    name: 'lock-agenda-item',
    text: `select pg_advisory_xact_lock(724007, hashtext($1 || '/' || $2))`,
    values: [office, agenda],
  })
}

/**
 * Registers a conversation for an agenda item: confirmed while there are places, else on the waiting list. Answers are sealed under a
 * key of their own. Who is registered already stays as they were.
 */
export async function registerInterest(
  client: Queryable,
  sealing: Sealing,
  wish: {
    office: string
    agenda: string
    conversationId: string
    places: number
    answers: Record<string, string>
    at: Date
  },
): Promise<Registered> {
  const { office, agenda, conversationId, places, answers, at } = wish
  await lockItem(client, office, agenda)
  const { rows } = await client.query<{
    number: number
    taken: number
    queue: number
    mine: Registration | null
  }>({
    name: 'count-registrations',
    text: `select coalesce(max(number), 0) as number, count(*) filter (where status = 'confirmed')::int as taken,
        count(*) filter (where status = 'waiting')::int as queue,
        (select to_jsonb(own) from registrations own where own.office = $1 and own.agenda = $2
           and own.conversation_id = $3 and own.status <> 'cancelled') as mine
      from registrations where office = $1 and agenda = $2`,
    values: [office, agenda, conversationId],
  })
  const { number = 0, taken = 0, queue = 0, mine = null } = rows[0] ?? {}
  if (mine !== null) return { number: mine.number, status: mine.status, isNew: false }
  // New places are for those who wait, until they were given them: nobody comes in past the queue.
  const status = taken < places && queue === 0 ? 'confirmed' : 'waiting'
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`registrations.${id}`)
  await client.query({
    name: 'register',
    text: `insert into registrations
        (id, office, agenda, conversation_id, number, status, wrapped_key, answers, registered_at, changed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    values: [
      id,
      office,
      agenda,
      conversationId,
      number + 1,
      status,
      wrapped,
      sealing.seal(key, `registrations.answers.${id}`, JSON.stringify(answers)),
      at,
    ],
  })
  return { number: number + 1, status, isNew: true }
}

/** What these conversations are registered for and has not ended yet, the soonest first. */
export async function registrationsOf(
  on: Queryable,
  conversationIds: string[],
  at: Date,
): Promise<OwnRegistration[]> {
  const { rows } = await on.query<OwnRegistration>({
    name: 'registrations-of',
    text: `select ${COLUMNS.split(', ')
      .map(name => `r.${name}`)
      .join(', ')}, item.title, item.ends_at
      from registrations r join agenda_items item on item.office = r.office and item.id = r.agenda
      where r.conversation_id = any($1::uuid[]) and r.status <> 'cancelled' and item.ends_at > $2
      order by item.starts_at, r.number`,
    values: [conversationIds, at],
  })
  return rows
}

/**
 * Takes registrations back and destroys their answers. Whoever has waited longest for a place that is free now gets it: they are given
 * back, to be told.
 */
export async function cancelRegistrations(
  client: Queryable,
  registrations: Pick<Registration, 'id' | 'office' | 'agenda'>[],
  at: Date,
): Promise<Registration[]> {
  const promoted: Registration[] = []
  // In one order, so that two who leave the same items never wait for each other.
  for (const { id, office, agenda } of registrations.toSorted((a, b) => (a.agenda < b.agenda ? -1 : 1))) {
    await lockItem(client, office, agenda)
    await client.query({
      name: 'cancel-registration',
      text: `update registrations set status = 'cancelled', wrapped_key = null, answers = null, changed_at = $2
        where id = $1 and status <> 'cancelled'`,
      values: [id, at],
    })
    promoted.push(...(await fillPlaces(client, office, agenda, at)))
  }
  return promoted
}

/** Destroys all that is known of these conversations' registrations; gives those who get their places. */
export async function forgetRegistrations(
  client: Queryable,
  conversationIds: string[],
  at: Date,
): Promise<Registration[]> {
  const { rows } = await client.query<Registration>(
    `select ${COLUMNS} from registrations where conversation_id = any($1::uuid[]) and status <> 'cancelled'`,
    [conversationIds],
  )
  const promoted = await cancelRegistrations(client, rows, at)
  await client.query('delete from registrations where conversation_id = any($1::uuid[])', [conversationIds])
  return promoted
}

/** After an item got more places: whoever has waited longest for them is given one. They are given back, to be told. */
export async function fillRaised(
  client: Queryable,
  { office, agenda }: Pick<Registration, 'office' | 'agenda'>,
  at: Date,
): Promise<Registration[]> {
  await lockItem(client, office, agenda)
  return fillPlaces(client, office, agenda, at)
}

/** Confirms those who have waited longest for as many places as are free. Under `lockItem`. */
async function fillPlaces(
  client: Queryable,
  office: string,
  agenda: string,
  at: Date,
): Promise<Registration[]> {
  const { rows } = await client.query<Registration>({
    name: 'fill-places',
    text: `update registrations set status = 'confirmed', changed_at = $3 where id in (
        select id from registrations where office = $1 and agenda = $2 and status = 'waiting' order by number
        limit greatest(0, (select coalesce(places, 0) from agenda_items where office = $1 and id = $2 and withdrawn is null)
          - (select count(*) from registrations where office = $1 and agenda = $2 and status = 'confirmed')))
      returning ${COLUMNS}`,
    values: [office, agenda, at],
  })
  return rows
}

/** How many places of each item are taken. */
export async function placesTaken(
  on: Queryable,
  office: string,
  agenda: string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await on.query<{ agenda: string; taken: number }>({
    name: 'places-taken',
    text: `select agenda, count(*)::int as taken from registrations
      where office = $1 and agenda = any($2::text[]) and status = 'confirmed' group by agenda`,
    values: [office, agenda],
  })
  return new Map(rows.map(({ agenda: item, taken }) => [item, taken]))
}
