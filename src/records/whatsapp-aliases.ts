import type { ChannelName } from '../channels/channel.ts'
import { type Db, type Queryable, transaction } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'
import { forgetPairs } from './whatsapp-pairs.ts'

/** The names people have on one channel, and the addresses they are known by here. */
export type AliasRecords = {
  /**
   * The address of the person who has these names, of whom the first is what they write under now. Of somebody new it is that
   * first one. Names that are new are remembered; a name that stood for two addresses stands for the older one from now on.
   */
  addressOf(office: string, ids: readonly string[]): Promise<string>
  /** These names are one person's, who has not written just now; forgotten at once when we know none of them. */
  join(office: string, ids: readonly string[]): Promise<void>
  /** The name they last wrote under, and when; undefined when nobody of that address has ever written. */
  latest(office: string, address: string): Promise<{ id: string; at: Date } | undefined>
}

type Row = { hash: Buffer; address_hash: Buffer; wrapped_key: Buffer; sealed: Buffer; last_at: Date }
type Name = { id: string; address: string }

/** Names of forgotten conversations are kept so long: the conversation is made a moment after its first name. */
const ORPHAN = '1 hour'
/** Any number, so that our locks meet nobody else's: "NAMA". */
const SPACE = 0x4e414d41

export function aliasRecords(parts: { channel: ChannelName; db: Db; sealing: Sealing }): AliasRecords {
  const { channel, db, sealing } = parts
  const hashOf = (office: string, id: string) => sealing.hash('alias', office, channel, id)
  const open = (row: Row) => openName(sealing, row)

  async function put(on: Queryable, office: string, name: Name, isCurrent: boolean): Promise<void> {
    const hash = hashOf(office, name.id)
    const { key, wrapped } = sealing.newKey(placeOf(hash))
    await on.query(
      `insert into aliases (hash, office, channel, address_hash, account_hash, wrapped_key, sealed, last_at)
       values ($1, $2, $3, $4, $5, $6, $7, case when $8 then now() else 'epoch' end)
       on conflict (hash) do update set address_hash = excluded.address_hash,
         account_hash = excluded.account_hash, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, last_at = greatest(aliases.last_at, excluded.last_at)`,
      [
        hash,
        office,
        channel,
        hashOfAddress(sealing, { office, channel, address: name.address }),
        // As the list of staff has it.
        sealing.hash('account', office, channel, name.address),
        wrapped,
        sealing.seal(key, placeOf(hash), JSON.stringify(name)),
        isCurrent,
      ],
    )
  }

  /** `current`: they write under the first of these names now. */
  async function settle(client: Queryable, office: string, ids: readonly string[], current: boolean) {
    const [first = ''] = ids
    const hashes = ids.map(id => hashOf(office, id))
    // Two messages of somebody new must not make two people of them. In one order everywhere, so that neither waits for the other.
    await client.query('select pg_advisory_xact_lock($1, lock) from unnest($2::int[]) as l(lock)', [
      SPACE,
      hashes.map(hash => hash.readInt32BE(0)).sort((a, b) => a - b),
    ])
    const { rows } = await client.query<Row>(
      'select hash, address_hash, wrapped_key, sealed, last_at from aliases where hash = any($1)',
      [hashes],
    )
    const known = rows.map(row => ({ ...open(row), at: row.last_at.getTime() }))
    if (!current && known.length === 0) return first
    // A name they wrote under before counts more than one that was only told to us.
    const written = known.filter(({ at }) => at > 0).sort((a, b) => a.at - b.at)
    const address = (written[0] ?? known[0])?.address ?? first
    for (const id of ids) {
      const isCurrent = current && id === first
      const is = known.find(one => one.id === id)
      if (is?.address !== address || isCurrent) await put(client, office, { id, address }, isCurrent)
    }
    return address
  }

  return {
    addressOf: (office, ids) => transaction(db, client => settle(client, office, ids, true)),
    async join(office, ids) {
      await transaction(db, client => settle(client, office, ids, false))
    },
    async latest(office, address) {
      const { rows } = await db.pool.query<Row>(
        `select hash, address_hash, wrapped_key, sealed, last_at from aliases
         where address_hash = $1 and last_at > 'epoch' order by last_at desc limit 1`,
        [hashOfAddress(sealing, { office, channel, address })],
      )
      const [row] = rows
      return row && { id: open(row).id, at: row.last_at }
    },
  }
}

/**
 * Forgets the names of people whose conversation is gone, and what a linked number's keys know of them by name. Gives how many names
 * they were.
 */
export function forgetAliases({ db, sealing }: { db: Db; sealing: Sealing }): Promise<number> {
  return transaction(db, async client => {
    const { rows } = await client.query<Row & { office: string; channel: string }>(
      `delete from aliases a where last_at < now() - $1::interval
         and not exists (select 1 from conversations c where c.address_hash = a.address_hash)
         and not exists (select 1 from staff_accounts s where s.account_hash = a.account_hash)
       returning hash, office, channel, address_hash, wrapped_key, sealed, last_at`,
      [ORPHAN],
    )
    const linked = rows.filter(({ channel }) => channel === 'whatsapp')
    for (const office of new Set(linked.map(row => row.office))) {
      const names = linked.flatMap(row => (row.office === office ? namesIn(sealing, row) : []))
      await forgetPairs(client, sealing, office, names)
    }
    return rows.length
  })
}

/** One that cannot be opened any more is forgotten all the same: it must hold up nobody. */
function namesIn(sealing: Sealing, row: Row): string[] {
  try {
    const { id, address } = openName(sealing, row)
    return [id, address]
  } catch {
    return []
  }
}

function openName(sealing: Sealing, { hash, wrapped_key, sealed }: Row): Name {
  const place = placeOf(hash)
  return JSON.parse(sealing.open(sealing.unwrap(wrapped_key, place), place, sealed))
}

function placeOf(hash: Buffer) {
  return `aliases.${hash.toString('hex')}` as const
}
