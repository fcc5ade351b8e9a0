import type { ChannelName } from '../channels/channel.ts'
import type { Queryable } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/** Chats with the bot of an office's administrators: those who look after its server, and have written to it from their account. */
export async function chatsOfAdministrators(
  on: Queryable,
  sealing: Sealing,
  office: string,
): Promise<string[]> {
  const { rows } = await on.query<{ id: string; channel: ChannelName; account: Buffer; wrapped_key: Buffer }>(
    `select s.id, a.channel, a.account, s.wrapped_key from staff_accounts a join staff s on s.id = a.staff_id
     where s.office = $1 and s.left_at is null
       and (s.role = 'admin' or exists (select 1 from staff_duties d where d.staff_id = s.id and d.duty = 'administrator'))`,
    [office],
  )
  const hashes = rows.map(({ id, channel, account, wrapped_key }) => {
    const key = sealing.unwrap(wrapped_key, `staff.${id}`)
    // On platforms a private chat is called like its person.
    const address = sealing.open(key, `staff_accounts.account.${id}`, account)
    return hashOfAddress(sealing, { office, channel, address })
  })
  const { rows: chats } = await on.query<{ id: string }>(
    `select id from conversations where address_hash = any($1::bytea[]) and party = 'citizen' order by id`,
    [hashes],
  )
  return chats.map(({ id }) => id)
}
