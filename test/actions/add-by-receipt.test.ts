import { describe, expect, it } from 'vitest'
import { addMessage } from '../../src/actions/add-message.ts'
import { showCard } from '../../src/actions/show-card.ts'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { transaction } from '../../src/records/db.ts'
import { act, MONDAY, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const filed = await fileComplaint(line, 'ghost', ORDINARY.with(2, 'anonim').toSpliced(8, 1))
const receipt = /Tanda terima: \*([^*]+)\*/.exec(filed)?.[1] ?? ''
const { rows } = await db.pool.query<{ id: string; code: string }>('select id, code from tickets')
const [ticket = { id: '', code: '' }] = rows
const statusNow = async () => (await db.pool.query('select status from tickets')).rows[0]?.status
await line.say('stranger', 'halo')

describe('an anonymous report is added to by its receipt', () => {
  it('from any conversation, which then forgets; the desk hears of it 5 to 30 minutes later', async () => {
    await db.pool.query(`update tickets set status = 'waiting_citizen'`)
    const typed = receipt.toLowerCase()
    const outcome = await act({ line, db, who: 'stranger' }, addMessage, { ticket: typed, text: 'Loket 3' })
    expect(resultOf(outcome)).toEqual({ code: ticket.code })
    expect(outcome.wipe).toBe(true)
    expect(outcome.tells).toMatchObject([{ to: { desk: 'pengawasan' }, said: { text: 'Loket 3' } }])
    const delay = (outcome.tells?.[0]?.delayMs ?? 0) / 60_000
    expect(delay).toBeGreaterThanOrEqual(5)
    expect(delay).toBeLessThanOrEqual(30)
  })

  it('with nothing that leads to who wrote, and no time finer than the day of the office', async () => {
    const { rows: added } = await db.pool.query(
      `select t.conversation_id, e.happened_at from ticket_events e join tickets t on t.id = e.ticket_id
       where e.type = 'added'`,
    )
    expect(added).toEqual([{ conversation_id: null, happened_at: new Date('2026-11-22T17:00:00Z') }])
  })

  it('and goes back into work when the desk is told, not before', async () => {
    expect(await statusNow()).toBe('waiting_citizen')
    const [card] = await transaction(db, client =>
      showCard({ ...line.room, client }, [
        {
          key: 'desk/1/0',
          office: 'lhokseumawe',
          conversation: { channel: 'web', id: ticket.id, language: 'id', party: 'desk', desk: 'pengawasan' },
          with: { ticketId: ticket.id, what: 'added', text: 'Loket 3' },
          at: MONDAY,
        },
      ]),
    )
    expect(card).toMatchObject({ result: { text: `Pelapor menambahkan\n*${ticket.code}*: Loket 3` } })
    expect(await statusNow()).toBe('in_progress')
  })

  it('in a chat that is gone afterwards, with every word of it', async () => {
    await line.say('walker', `balas ${receipt}`)
    await line.say('walker', 'Loket lima, KATAKUNCI')
    await line.quiet()
    expect(line.heard('walker').at(-1)).toContain('ditambahkan')
    await wipeDue(db, line.room.sealing)
    const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'walker')
    const { rowCount } = await db.pool.query('select 1 from conversations where address_hash = $1', [hash])
    expect(rowCount).toBe(0)
    const { rows: left } = await db.pool.query(
      'select 1 from inbox where conversation_id not in (select id from conversations)',
    )
    expect(left).toEqual([])
    expect(line.shown('pengawasan').join('\n')).not.toContain('KATAKUNCI')
  })

  it('but takes no file, and an unknown receipt adds nothing', async () => {
    const file = 'file:00000000-0000-4000-8000-000000000001:a.jpg'
    const here = { line, db, who: 'stranger' }
    expect(await act(here, addMessage, { ticket: receipt, text: '', file })).toMatchObject({
      failed: 'no_file',
    })
    expect(await act(here, addMessage, { ticket: '0000000000000000', text: 'x' })).toMatchObject({
      failed: 'unknown_ticket',
    })
    const { rowCount } = await db.pool.query(`select 1 from ticket_events where type = 'added'`)
    expect(rowCount).toBe(2)
  })
})

it('a report of three in the morning stands under its own day in the office, which is still yesterday in UTC', async () => {
  const night = new Date('2026-11-24T20:00:00Z')
  for (const text of ORDINARY.with(2, 'anonim').toSpliced(8, 1))
    await line.say('owl', text, { sentAt: night })
  await line.quiet()
  const { rows: kept } = await db.pool.query('select opened_at from tickets order by opened_at desc limit 1')
  expect(kept).toEqual([{ opened_at: new Date('2026-11-24T17:00:00Z') }])
})
