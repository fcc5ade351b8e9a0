import type { ChannelName } from '../channels/channel.ts'
import type { Queryable } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/** Addresses of the people on an office's list of staff, as keyed hashes: on platforms a private chat is called like its person. */
export async function allowedAddresses(on: Queryable, sealing: Sealing, office: string): Promise<Buffer[]> {
  const { rows } = await on.query<{ id: string; channel: ChannelName; account: Buffer; wrapped_key: Buffer }>(
    `select s.id, a.channel, a.account, s.wrapped_key from staff_accounts a join staff s on s.id = a.staff_id
     where s.office = $1 and s.left_at is null`,
    [office],
  )
  return rows.map(({ id, channel, account, wrapped_key }) => {
    const key = sealing.unwrap(wrapped_key, `staff.${id}`)
    const address = sealing.open(key, `staff_accounts.account.${id}`, account)
    return hashOfAddress(sealing, { office, channel, address })
  })
}
