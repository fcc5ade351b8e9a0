import { describe, expect, it } from 'vitest'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const ANONYMOUS = [...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8), 'kirim']

describe('an anonymous report', () => {
  it('gives a receipt of 16 characters, and the desk hears of it 5 to 30 minutes later', async () => {
    const last = await fileComplaint(line, 'ghost', ANONYMOUS)
    expect(last).toMatch(/Tanda terima: \*[0-9A-HJKMNP-TV-Z]{16}\*/)
    expect(line.shown('pengawasan')).toEqual([])
    const { rows } = await db.pool.query<{ minutes: string }>(
      `select extract(epoch from due_at - now()) / 60 as minutes from inbox where status = 'pending'`,
    )
    expect(rows).toHaveLength(1)
    expect(Number(rows[0]?.minutes)).toBeGreaterThan(4.9)
    expect(Number(rows[0]?.minutes)).toBeLessThan(30.1)
  })

  it('leaves nothing that leads from the ticket to who wrote, and no time finer than a day', async () => {
    await wipeDue(db, line.room.sealing)
    const { rows: conversations } = await db.pool.query(`select 1 from conversations where party = 'citizen'`)
    expect(conversations).toEqual([])
    const { rows: said } = await db.pool.query('select 1 from outbox')
    expect(said).toEqual([])
    const { rows: heard } = await db.pool.query(
      `select 1 from inbox where status = 'done' and (sealed is not null or conversation_id is not null
         or address_hash is not null or received_at <> date_trunc('day', received_at))`,
    )
    expect(heard).toEqual([])
    const { rows: tickets } = await db.pool.query(
      `select conversation_id, anonymous, opened_at at time zone 'Asia/Jakarta' = date_trunc('day', opened_at at time zone 'Asia/Jakarta') as day from tickets`,
    )
    expect(tickets).toEqual([{ conversation_id: null, anonymous: true, day: true }])
  })

  it('opens for whoever has the receipt, from any account, and for nobody who has only the code', async () => {
    const last = await fileComplaint(line, 'ghost2', ANONYMOUS)
    const receipt = /Tanda terima: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    const code = /Kode: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    await line.say('stranger', `status ${receipt.toLowerCase().replace(/(.{4})/g, '$1 ')}`)
    await line.quiet()
    expect(line.heard('stranger').at(-1)).toContain(code)
    await line.say('thief', `status ${code}`)
    await line.say('thief', '123456')
    await line.quiet()
    expect(line.heard('thief').join('\n')).not.toContain('Laporan diterima')
  })

  it('is filed once though its confirmation is asked for again, and the chat begins anew', async () => {
    await line.say('ghost', 'kirim')
    await line.quiet()
    const { rows } = await db.pool.query<{ n: number }>('select count(*) as n from tickets')
    expect(rows[0]?.n).toBe(2)
  })
})
