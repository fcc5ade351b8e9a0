import { describe, expect, it } from 'vitest'
import { storeTold } from '../../src/inbox/store-told.ts'
import { waitingArrivals } from '../../src/inbox/waiting.ts'
import { transaction } from '../../src/records/db.ts'
import { readTranscript } from '../../src/records/transcript.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const FLIPPED = 'set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256)'

describe('a row nobody can read', () => {
  it('is set aside in the inbox, and what waits behind it is taken', async () => {
    await transaction(db, async client => {
      for (const row of [11, 22]) {
        await storeTold(client, line.room.sealing, {
          key: `told/${row}`,
          office: 'lhokseumawe',
          to: { desk: 'general' },
          said: { type: 'quarantined', row },
          at: new Date(),
        })
      }
      await client.query(`update inbox set sealed = ${FLIPPED} where id = (select min(id) from inbox)`)
    })
    await expect.poll(() => line.shown('general').join('\n'), { timeout: 8_000 }).toContain('nomor 22')
    const { rows } = await db.pool.query(`select status, error from inbox where status <> 'done'`)
    expect(rows).toEqual([{ status: 'quarantined', error: 'unreadable' }])
  })

  it('is named to the operator by its number, without a word of it', async () => {
    const { db: apart } = await testDatabase()
    const { sealing } = line.room
    const said = { type: 'quarantined', row: 1 }
    const tell = { key: 'told', office: 'lhokseumawe', to: { desk: 'general' }, said, at: new Date() }
    await storeTold(apart.pool, sealing, tell)
    await apart.pool.query(`update inbox set sealed = ${FLIPPED}`)
    const { rows } = await apart.pool.query<{ id: number }>('select id from inbox')
    const logged: unknown[] = []
    const log = { error: (_: string, fields?: object) => void logged.push(fields) }
    expect(await waitingArrivals({ db: apart, sealing, log }, 10)).toEqual([])
    expect(logged).toEqual([expect.objectContaining({ inboxId: rows[0]?.id })])
    expect(await waitingArrivals({ db: apart, sealing, log }, 10)).toEqual([])
    expect(logged).toHaveLength(1)
  })

  it('is given up in the outbox, and others still get their answers', async () => {
    for (const who of ['sick', 'well']) await line.say(who, 'menu')
    await line.quiet()
    const sick = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'sick')
    const heard = line.heard('well').length
    await db.pool.query(
      `update outbox o set status = 'waiting', due_at = now(),
         sealed = case when c.address_hash = $1 then ${FLIPPED.replaceAll('sealed', 'o.sealed')} else o.sealed end
       from conversations c where c.id = o.conversation_id and c.channel = 'telegram'`,
      [sick],
    )
    line.delivery.wake()
    await expect.poll(() => line.heard('well').length, { timeout: 8_000 }).toBe(heard + 1)
    await line.quiet()
    const { rows } = await db.pool.query(`select status, error from outbox where status <> 'sent'`)
    expect(rows).toEqual([{ status: 'failed', error: 'unreadable' }])
    await line.say('sick', 'bantuan')
    await line.quiet()
    expect(line.heard('sick')).toHaveLength(2)
  })

  it('keeps its place among what was said, and the rest can be read', async () => {
    for (const text of ['menu', 'bantuan']) await line.say('reader', text)
    await line.quiet()
    const at = { office: 'lhokseumawe', channel: 'telegram', address: 'reader' }
    const whole = await readTranscript(db, line.room.sealing, at, 0)
    await db.pool.query(
      `update outbox set sealed = ${FLIPPED} where seq = 2 and conversation_id =
         (select id from conversations where address_hash = $1)`,
      [line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'reader')],
    )
    const rest = await readTranscript(db, line.room.sealing, at, 0)
    expect(rest).toEqual(
      whole.with(1, { seq: 2, from: 'bot', text: expect.stringContaining('tidak dapat dibaca') }),
    )
  })
})
