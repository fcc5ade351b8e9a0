import { describe, expect, it } from 'vitest'
import { clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const { tick, say, work } = clockLine(line, db)
const digestIn = (texts: string[] = []) => texts.find(text => text.includes('*Ringkasan')) ?? ''

describe('in the morning', () => {
  it('a desk with nothing open hears nothing', async () => {
    expect(await tick('2026-11-23T07:30')).toEqual({})
  })

  it('each desk hears what waits there, once a day, and on the first day of a week the list', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    const taken = codeIn(await fileComplaint(line, 'bayu'))
    const officer = codeIn(
      await fileComplaint(
        line,
        'cici',
        ORDINARY.map(answer => (answer === 'layanan' ? 'petugas' : answer)),
      ),
    )
    await work('2026-11-23T10:00', `ambil ${taken}`)
    await line.quiet()
    expect(await tick('2026-11-23T18:00')).toEqual({})
    const tuesday = await tick('2026-11-24T07:30')
    expect(digestIn(tuesday.general)).toContain(
      'Terbuka: 2 · jatuh tempo hari ini: 0 · lewat batas: 0 · belum diambil: 1',
    )
    expect(digestIn(tuesday.pengawasan)).toContain('Terbuka: 1')
    expect(tuesday.general?.join()).not.toContain('Daftar pekan ini')
    expect(tuesday.general?.join()).not.toContain(officer)
    expect(await tick('2026-11-24T07:31')).toEqual({})
    const monday = await tick('2026-11-30T07:30')
    expect(monday.general).toHaveLength(1)
    expect(digestIn(monday.general)).toContain('jatuh tempo hari ini: 2')
    expect(digestIn(monday.general)).toContain(`• ${code}, diterima, paling lambat 30 November 2026`)
    expect(digestIn(monday.general)).toContain('Pengingat batas waktu')
    expect(digestIn((await tick('2026-12-01T07:30')).general)).toContain('lewat batas: 2')
  })

  it('an anonymous report of that day is not counted: its desk may not have been told of it', async () => {
    const before = digestIn((await tick('2026-12-02T07:30')).pengawasan)
    const answers = [...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8), 'kirim']
    for (const answer of answers) await say('ghost', '2026-12-03T06:00', answer)
    await line.quiet()
    const counts = (text: string) => /Terbuka: \d+/.exec(text)?.[0]
    expect(counts(digestIn((await tick('2026-12-03T07:30')).pengawasan))).toBe(counts(before))
    expect(counts(digestIn((await tick('2026-12-04T07:30')).pengawasan))).toBe('Terbuka: 2')
  })
})

describe('a notice', () => {
  it('of a question, whose two clocks run side by side, speaks of it once, and hangs on its ticket', async () => {
    await owner.db.pool.query('truncate tickets cascade')
    const code = codeIn(await fileComplaint(line, 'eka', ORDINARY.with(1, 'informasi')))
    await tick('2026-11-23T09:01')
    const { general = [] } = await tick('2026-11-26T11:00')
    const text = general.find(one => one.includes('50 %')) ?? ''
    expect(text.split(code)).toHaveLength(2)
    const { rows } = await db.pool.query<{ code: string }>(
      `select t.code from outbox o join tickets t on t.id = o.about where o.conversation_id in
         (select id from conversations where desk = 'general') order by o.id desc limit 1`,
    )
    expect(rows).toEqual([{ code }])
  })
})
