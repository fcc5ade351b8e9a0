import { describe, expect, it } from 'vitest'
import { wipeFetched } from '../../src/inbox/wipe.ts'
import { testDatabase } from '../helpers/database.ts'
import { ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const ANONYMOUS = [...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8), 'kirim']
const session = line.room.sealing.hash('address', 'lhokseumawe', 'web', 'session')
const lastSeq = async () =>
  (
    await db.pool.query<{ last_seq: number }>('select last_seq from conversations where address_hash = $1', [
      session,
    ])
  ).rows[0]?.last_seq ?? 0

async function fileFromTheWeb(): Promise<number> {
  for (const text of ANONYMOUS) await line.say('session', text, { channel: 'web' })
  await line.quiet()
  return lastSeq()
}

describe('the receipt of an anonymous report', () => {
  it('is wiped once the client has it', async () => {
    const last = await fileFromTheWeb()
    expect(await wipeFetched(db, line.room.sealing, session, last - 1)).toBe(0)
    expect(await wipeFetched(db, line.room.sealing, session, last)).toBe(1)
    expect(await lastSeq()).toBe(0)
  })

  it.each([1, 1000])(
    'survives a number %i beyond all that was said, left from before a wipe',
    async beyond => {
      const last = await fileFromTheWeb()
      expect(await wipeFetched(db, line.room.sealing, session, last + beyond)).toBe(0)
      expect(await lastSeq()).toBe(last)
      await wipeFetched(db, line.room.sealing, session, last)
    },
  )
})

describe('what the desk is told of an anonymous report', () => {
  it('does not name the ticket in plain beside the number of its row', async () => {
    await fileFromTheWeb()
    await db.pool.query(`update inbox set due_at = now() where status = 'pending'`)
    await expect.poll(() => line.shown('pengawasan').length, { timeout: 8_000 }).toBeGreaterThan(0)
    await line.quiet()
    expect((await db.pool.query('select 1 from inbox where about is not null')).rowCount).toBe(0)
  })
})
