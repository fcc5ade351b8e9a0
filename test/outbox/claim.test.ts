import { describe, expect, it } from 'vitest'
import { claimDue } from '../../src/outbox/claim.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'

// One connection, so that what the server counts about it can be had at any moment.
const { db, owner } = await testDatabase({ max: 1 })

/** Entries of indexes of the outbox read so far. */
async function entriesRead(): Promise<number> {
  await db.pool.query('select pg_stat_force_next_flush()')
  const { rows } = await db.pool.query<{ read: number }>(
    `select sum(idx_tup_read)::int as read from pg_stat_user_indexes where relname = 'outbox'`,
  )
  return rows[0]?.read ?? 0
}

describe('looking for what is due', () => {
  it.each(['sent', 'held'])('reads nothing of what is %s, however much that is', async status => {
    await db.pool.query(
      `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
       select n::text, 'medan', 'web', gen_random_uuid(), 1, 'bot', '', $1, now(), now()
       from generate_series(1, 5000) as n`,
      [status],
    )
    const sealing = createSealing(makeKeyring())
    const before = await entriesRead()
    for (let n = 0; n < 10; n++) await claimDue({ db, sealing, log: { error: () => undefined } })
    const read = (await entriesRead()) - before
    await db.pool.query(`select count(*) from outbox where id > 0 and sender = 'bot'`)
    const control = (await entriesRead()) - before - read
    expect(read).toBeLessThan(100)
    expect(control).toBeGreaterThanOrEqual(5000)
  })

  it('looks a few times at each that waits, also when the server believes that nothing does', async () => {
    const chats = 1000
    await owner.db.pool.query('analyze outbox')
    await db.pool.query(
      `with opened as (
         insert into conversations (id, state, turn, last_seq, language, office, channel, address_hash, party, address, wrapped_key, updated_at)
         select gen_random_uuid(), '', 0, 0, 'id', 'medan', 'web', n::text::bytea, 'citizen', '', '', now()
         from generate_series(1, ${chats}) as n returning id
       )
       insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
       select o.id || '-' || seq, 'medan', 'web', o.id, seq, 'bot', '', 'waiting', now(), now()
       from opened o, generate_series(1, 2) as seq`,
    )
    const before = await entriesRead()
    await claimDue({ db, sealing: createSealing(makeKeyring()), log: { error: () => undefined } })
    const read = (await entriesRead()) - before
    // 2 for each that waits, of the index of those and of their groups, and some for the hundred chats that are taken.
    expect(read).toBeGreaterThan(chats)
    expect(read).toBeLessThan(5 * chats)
  })
})
