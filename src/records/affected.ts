import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** Whether this chat `c` has a row like this. By an index of the chat wherever there is one: a batch must not cost more with years. */
const has = (table: string, more: string) =>
  `exists (select 1 from ${table} where conversation_id = c.id and ${more})`

/** Classes of data by which people are affected by a breach; each tells of a chat `c` whether data of that class is held since $3. */
export const CLASSES = {
  address: 'true',
  messages: `(${has('inbox', 'sealed is not null and received_at >= $3')} or ${has('outbox', 'created_at >= $3')})`,
  reports: has('tickets', 'wrapped_key is not null and updated_at >= $3'),
  confidential: has(
    'tickets',
    'wrapped_key is not null and (confidential or restricted) and updated_at >= $3',
  ),
  files: `c.id in (select coalesce(f.conversation_id, t.conversation_id)
    from files f left join tickets t on t.id = f.ticket_id where f.stored_at >= $3)`,
  questions: has('questions', 'asked_at >= $3'),
  registrations: has('registrations', 'wrapped_key is not null and changed_at >= $3'),
  wishes: `(${has('subscriptions', 'created_at >= $3')} or ${has('reminders', 'created_at >= $3')})`,
  surveys: has('survey_drafts', 'noted_at >= $3'),
} as const

export type DataClass = keyof typeof CLASSES

/** One chat whose data is affected; `address` as its platform knows it, '' where it cannot be read any more. */
export type Affected = {
  office: string
  channel: string
  address: string
  language: string
  since: Date
  reports: number
}

/** Rows read at once. */
const ROWS = 500

/**
 * Chats of an office whose data of a class was held or changed since then, in batches, addresses opened: those who have to be told of a
 * breach. Anonymous reports lead to nobody, so nobody is found by them.
 */
export async function* affectedBy(
  on: Queryable,
  sealing: Sealing,
  { office, of, since }: { office: string; of: DataClass; since: Date },
): AsyncGenerator<Affected[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await on.query<
      Omit<Affected, 'address'> & { id: string; address: Buffer; wrapped_key: Buffer }
    >(
      `select c.id, c.office, c.channel, c.address, c.wrapped_key, c.language, c.updated_at as since,
         (select count(*) from tickets t where t.conversation_id = c.id and t.wrapped_key is not null)::int as reports
       from conversations c
       where c.office = $1 and c.id > $2 and c.party = 'citizen' and c.wipe_after is null
         and $3::timestamptz is not null and ${CLASSES[of]}
       order by c.id limit ${ROWS}`,
      [office, after, since],
    )
    yield rows.map(({ id, address, wrapped_key, ...row }) => ({
      ...row,
      address: openAddress(sealing, id, wrapped_key, address),
    }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS) return
    after = last.id
  }
}

function openAddress(sealing: Sealing, id: string, wrapped: Buffer, address: Buffer): string {
  try {
    return sealing.open(
      sealing.unwrap(wrapped, `conversations.${id}`),
      `conversations.address.${id}`,
      address,
    )
  } catch {
    // Damaged: the row still counts, and says by what channel somebody wrote.
    return ''
  }
}
