import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

/** A citizen whose stored state nobody can read any more: every turn of theirs throws. */
async function damage(who: string): Promise<void> {
  await line.say(who, 'menu')
  await line.quiet()
  const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
  await db.pool.query(`update conversations set state = '\\x00' where address_hash = $1`, [hash])
}

describe('a message nobody can process', () => {
  it('is acknowledged and kept, and spoils no other message of its batch', async () => {
    await damage('sick')
    const receipts = await Promise.all([
      line.say('sick', 'lapor'),
      ...['a', 'b', 'c'].map(who => line.say(who, 'menu')),
    ])
    expect(receipts).toEqual(Array.from({ length: 4 }, () => ({ repeat: false })))
    for (const who of ['a', 'b', 'c']) expect(line.heard(who).length + 1).toBeGreaterThan(0)
    const { rows } = await db.pool.query(`select status, attempts from inbox where status <> 'done'`)
    expect(rows).toEqual([{ status: 'pending', attempts: 1 }])
  })

  it('holds up later messages of its own citizen until it is quarantined, and staff are told', async () => {
    await line.say('sick', 'halo?')
    await db.pool.query(
      `update inbox set attempts = 4, due_at = now() where status = 'pending' and attempts > 0`,
    )
    await expect
      .poll(async () => (await db.pool.query(`select 1 from inbox where status = 'quarantined'`)).rowCount, {
        timeout: 8000,
      })
      .toBeGreaterThan(0)
    await expect.poll(() => line.shown('general').at(-1) ?? '', { timeout: 8000 }).toContain('disisihkan')
    expect(line.shown('general').join('\n')).not.toContain('lapor')
  })

  it('lets the chat go on once the state can be read again', async () => {
    const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'sick')
    await db.pool.query('delete from conversations where address_hash = $1', [hash])
    await db.pool.query(`update inbox set due_at = now() where status = 'pending'`)
    await line.say('sick', 'menu')
    await expect.poll(() => line.heard('sick').at(-1) ?? '', { timeout: 8000 }).toContain('dapat kami bantu')
  })
})
