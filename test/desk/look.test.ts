import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const LONG = `${'Antrean di loket lama sekali. '.repeat(60)}Hubungi saya di 0812 0000 0000, AKHIRCERITA`

async function work(text: string): Promise<string> {
  await line.work('general', 'Rina', text)
  await line.quiet()
  return line.shown('general').at(-1) ?? ''
}

describe('staff who want to read a whole report', () => {
  it('find on its card how, and get every word by "lihat", masked as the card and without the name', async () => {
    const code = codeIn(await fileComplaint(line, 'siti', ORDINARY.with(3, LONG)))
    const card = line.shown('general').find(text => text.includes(code)) ?? ''
    expect(card).not.toContain('AKHIRCERITA')
    expect(card).toContain(`lihat ${code}`)
    const whole = await work(`lihat ${code}`)
    expect(whole).toContain('AKHIRCERITA')
    expect(whole).toContain('[telepon]')
    expect(whole).not.toContain('0812')
    expect(whole).not.toContain('Budi Contoh')
  })

  it('read what the citizen added as well', async () => {
    const code = codeIn(await fileComplaint(line, 'tuti'))
    await work(`minta data ${code} Kapan?`)
    await line.say('tuti', 'Hari Senin jam sembilan')
    await line.quiet()
    expect(await work(`lihat ${code}`)).toContain('Pelapor, 23 November 2026: Hari Senin jam sembilan')
  })

  it('read what colleagues answered and noted: a desk it was forwarded to has seen none of it', async () => {
    const code = codeIn(await fileComplaint(line, 'vera'))
    await work(`catatan ${code} Sudah ditelepon`)
    await work(`balas ${code} Mohon ditunggu sampai Senin.`)
    const whole = await work(`lihat ${code}`)
    expect(whole).toContain('Catatan Rina, 23 November 2026: Sudah ditelepon')
    expect(whole).toContain('Jawaban Rina, 23 November 2026: Mohon ditunggu sampai Senin.')
  })

  it('are recorded as having looked; the ticket is not taken by it, and the citizen does not see it', async () => {
    const code = codeIn(await fileComplaint(line, 'umi'))
    await work(`lihat ${code}`)
    const { rows } = await db.pool.query(
      `select e.type, e.visible, t.status, t.taken_by from ticket_events e join tickets t on t.id = e.ticket_id
       where t.code = $1 order by e.id`,
      [code],
    )
    expect(rows.at(-1)).toEqual({ type: 'looked', visible: false, status: 'received', taken_by: null })
  })
})

describe('staff name desks and reasons in their own words', () => {
  it.each(['karena spam', 'sudah ada laporan yang sama', 'data tidak lengkap', 'bukan kewenangan'])(
    'tolak … %s',
    async words => {
      const code = codeIn(await fileComplaint(line, words))
      expect(await work(`tolak ${code} ${words}`)).toContain(`${code} ditolak Rina.`)
    },
  )

  it('teruskan … by the name of a desk', async () => {
    const code = codeIn(await fileComplaint(line, 'vivi'))
    expect(await work(`teruskan ${code} ke meja`)).toContain('Tidak ada meja')
    expect(await work(`teruskan ${code} ke Meja Terbatas`)).toContain(`${code} diteruskan Rina.`)
    const { rows } = await db.pool.query('select desk from tickets where code = $1', [code])
    expect(rows).toEqual([{ desk: 'pengawasan' }])
  })
})

it('what was done reads as done, not as an order', async () => {
  const code = codeIn(await fileComplaint(line, 'wati'))
  expect(await work(`ambil ${code}`)).toContain(`${code} diambil Rina.`)
})
