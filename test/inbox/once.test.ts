import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, message, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const countOf = async (table: string) =>
  (await db.pool.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n

describe('a message', () => {
  it('has its effect once, however often it comes, and the sender is told that it is a repeat', async () => {
    const filed = ORDINARY.map(text => message({ address: 'ani', text }))
    for (const one of filed) expect(await line.inbox.receive(one)).toEqual({ repeat: false })
    await line.quiet()
    const answers = line.heard('ani').length
    const again = await Promise.all([...filed, ...filed].map(one => line.inbox.receive(one)))
    expect(new Set(again.map(({ repeat }) => repeat))).toEqual(new Set([true]))
    await line.quiet()
    expect(line.heard('ani')).toHaveLength(answers)
    expect(await countOf('tickets')).toBe(1)
  })

  it('leaves no second copy of its file, which no chat would lead to', async () => {
    const { newKey } = line.room.sealing
    const file = async () => {
      const id = randomUUID()
      const { wrapped } = newKey(`files.${id}`)
      await db.pool.query(
        `insert into files (id, office, mime, size, wrapped_key, stored_at) values ($1, 'lhokseumawe', 'application/pdf', 1, $2, now())`,
        [id, wrapped],
      )
      return { id, name: 'berkas.pdf', mime: 'application/pdf' }
    }
    const sent = message({ address: 'fani', kind: 'document', text: '' })
    const [first, second] = [await file(), await file()]
    expect(await line.inbox.receive({ ...sent, file: first })).toEqual({ repeat: false })
    expect(await line.inbox.receive({ ...sent, file: second })).toEqual({ repeat: true })
    const { rows } = await db.pool.query('select id from files where id = any($1)', [[first.id, second.id]])
    expect(rows).toEqual([{ id: first.id }])
  })

  it('counts once when both copies arrive in the same moment', async () => {
    const one = message({ address: 'bayu', text: 'menu' })
    const receipts = await Promise.all([line.inbox.receive(one), line.inbox.receive({ ...one })])
    expect(receipts.map(({ repeat }) => repeat).sort()).toEqual([false, true])
  })

  it('is no repeat when another office, channel or address has the same id', async () => {
    const one = message({ address: 'cici', text: 'menu' })
    expect(await line.inbox.receive(one)).toEqual({ repeat: false })
    expect(await line.inbox.receive({ ...one, office: 'medan' })).toEqual({ repeat: false })
    expect(await line.inbox.receive({ ...one, channel: 'web' })).toEqual({ repeat: false })
  })
})

describe('messages of one citizen sent without waiting', () => {
  it('are taken in their order, in one batch or in many', async () => {
    const last = await Promise.all(ORDINARY.map(text => line.say('dedi', text)))
    expect(last).toHaveLength(ORDINARY.length)
    await line.quiet()
    expect(line.heard('dedi').at(-1)).toContain('sudah kami terima')
    const seqs = line.citizens.sent.filter(({ address }) => address === 'dedi').map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  it('are taken together with those of others: far fewer transactions than messages', async () => {
    const before = Number(/batches_total (\d+)/.exec(line.counters.text())?.[1])
    await Promise.all(Array.from({ length: 64 }, (_, n) => line.say(`crowd ${n}`, 'menu')))
    const batches = Number(/batches_total (\d+)/.exec(line.counters.text())?.[1]) - before
    expect(batches).toBeLessThanOrEqual(6)
  })
})

describe('what is stored', () => {
  it('holds none of the words a citizen wrote, in no table', async () => {
    await fileComplaint(line, 'eko-0812999', ORDINARY.with(3, 'Rahasia dapur ZEBRA7 tidak boleh terbaca'))
    for (const table of ['conversations', 'inbox', 'outbox', 'tickets', 'ticket_events']) {
      const { rows } = await db.pool.query<{ text: string }>(`select t::text as text from ${table} t`)
      const all = rows.map(({ text }) => text).join('\n')
      for (const secret of ['ZEBRA7', 'eko-0812999', Buffer.from('ZEBRA7').toString('hex')])
        expect(all).not.toContain(secret)
    }
  })
})
