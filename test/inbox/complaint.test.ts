import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

describe('a complaint on the line', () => {
  it('travels to the general desk, is taken, answered, closed, and reopens when the citizen says so', async () => {
    const code = codeIn(await fileComplaint(line, 'siti'))
    expect(line.shown('general').at(-1)).toContain(code)
    expect(line.shown('general').at(-1)).toContain('Antrean loket lama sekali')

    await line.work('general', 'Rina', '', `d.take.${code}`)
    await line.quiet()
    expect(line.heard('siti').at(-1)).toContain('mulai ditangani')

    await line.work('general', 'Rina', `balas ${code} Loket 4 kami buka mulai besok.`)
    await line.quiet()
    expect(line.heard('siti').at(-1)).toContain('Loket 4 kami buka mulai besok.')

    await line.work('general', 'Rina', `selesai ${code}`)
    await line.quiet()
    expect(line.heard('siti').at(-1)).toContain('dinyatakan selesai')

    await line.say('siti', 'belum selesai')
    await line.say('siti', 'Tadi pagi masih antre dua jam')
    await line.quiet()
    expect(line.heard('siti').at(-1)).toContain('dibuka kembali')
    expect(line.shown('general').at(-1)).toContain('Tadi pagi masih antre dua jam')
    const { rows } = await db.pool.query('select status from tickets where code = $1', [code])
    expect(rows).toEqual([{ status: 'in_progress' }])
  })

  it('shows no name on the card, and masks the numbers a citizen wrote', async () => {
    const words = 'Tolong hubungi saya di 0812 3456 7890, NIK 1173010101900001, surel siti@contoh.id'
    const code = codeIn(
      await fileComplaint(line, 'nina', [...ORDINARY.slice(0, 3), words, ...ORDINARY.slice(4)]),
    )
    const card = line.shown('general').find(text => text.includes(code)) ?? ''
    expect(card).toContain('Tolong hubungi saya')
    for (const secret of ['0812', '7890', '1173010101900001', 'siti@contoh.id', 'Budi Contoh', 'nina']) {
      expect(card).not.toContain(secret)
    }
  })

  it('never shows a heavy report to the general desk, not even that it exists', async () => {
    const before = line.shown('general').length
    const words = 'Petugas loket 2 minta uang 200 ribu supaya berkas cepat'
    const code = codeIn(
      await fileComplaint(line, 'tono', [...ORDINARY.slice(0, 3), words, ...ORDINARY.slice(4)]),
    )
    expect(line.shown('general').length).toBe(before)
    expect(line.shown('pengawasan').at(-1)).toContain(code)

    await line.work('general', 'Rina', `ambil ${code}`)
    await line.work('general', 'Rina', `ambil LSM-2611-000000`)
    await line.quiet()
    const [restricted, unknown] = line.shown('general').slice(-2)
    expect(restricted?.replace(code, '')).toBe(`Tidak ada laporan  di meja ini.`)
    expect(unknown).toContain('bukan nomor laporan')
  })

  it('lets one of two who press Ambil have it, and tells the other', async () => {
    const code = codeIn(await fileComplaint(line, 'wati'))
    await Promise.all([
      line.work('general', 'Rina', '', `d.take.${code}`),
      line.work('general', 'Joko', '', `d.take.${code}`),
    ])
    await line.quiet()
    const said = line.shown('general').slice(-2)
    expect(said.filter(text => text.startsWith(`${code} diambil `))).toHaveLength(1)
    expect(said.filter(text => text.includes('sudah diambil'))).toHaveLength(1)
  })
})
