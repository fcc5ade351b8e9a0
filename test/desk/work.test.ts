import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const statusOf = async (code: string) =>
  (
    await db.pool.query<{ status: string; desk: string; reason: string | null }>(
      'select status, desk, reason from tickets where code = $1',
      [code],
    )
  ).rows[0]

let code = ''
beforeAll(async () => {
  code = codeIn(await fileComplaint(line, 'siti'))
})

async function work(text: string, choice?: string): Promise<string> {
  await line.work('general', 'Rina', text, choice)
  await line.quiet()
  return line.shown('general').at(-1) ?? ''
}

describe('staff in the group', () => {
  it('keep a note that the citizen never sees', async () => {
    const heard = line.heard('siti').length
    expect(await work(`catatan ${code} Sudah ditelepon, KATAKUNCI`)).toContain('disimpan')
    await line.say('siti', `status ${code}`)
    await line.quiet()
    expect(line.heard('siti').slice(heard).join('\n')).not.toContain('KATAKUNCI')
  })

  it('are asked for the words after pressing Balas, and the next thing they type is the answer', async () => {
    expect(await work('', `d.reply.${code}`)).toContain('ketik jawaban')
    expect(await work('Berkas Ibu sudah di meja kepala.')).toContain(`${code} dibalas Rina.`)
    expect(line.heard('siti').at(-1)).toContain('Berkas Ibu sudah di meja kepala.')
    expect(await statusOf(code)).toMatchObject({ status: 'answered' })
  })

  it('ask the citizen for data; what the citizen writes next is added and brings the ticket back into work', async () => {
    await work(`minta data ${code} Mohon nomor surat pengantarnya.`)
    expect(await statusOf(code)).toMatchObject({ status: 'waiting_citizen' })
    await line.say('siti', 'Nomornya 800/12/2026 pak')
    await line.quiet()
    expect(line.shown('general').at(-1)).toContain('800/12/2026')
    expect(await statusOf(code)).toMatchObject({ status: 'in_progress' })
  })

  it('decline with a reason of the list, which the citizen is told', async () => {
    const other = codeIn(await fileComplaint(line, 'tuti'))
    expect(await work(`tolak ${other} malas`)).toContain('Alasan harus salah satu')
    await work('', `d.decline.${other}.duplikat`)
    expect(line.heard('tuti').at(-1)).toContain('sudah ada laporan yang sama')
    expect(await statusOf(other)).toMatchObject({ status: 'archived', reason: 'duplikat' })
  })

  it('forward to the restricted desk, after which the general desk has no such ticket', async () => {
    const other = codeIn(await fileComplaint(line, 'umar'))
    expect(await work(`teruskan ${other} gudang`)).toContain('Tidak ada meja')
    await work('', `d.forward.${other}.pengawasan`)
    expect(line.shown('pengawasan').at(-1)).toContain(other)
    expect(await work(`ambil ${other}`)).toContain('Tidak ada laporan')
  })

  it('cannot bring a restricted ticket to the general desk', async () => {
    const heavy = codeIn(
      await fileComplaint(line, 'vera', ORDINARY.with(3, 'Ada pungli di loket tiga setiap hari Senin')),
    )
    await line.work('pengawasan', 'Hasan', '', `d.forward.${heavy}.general`)
    await line.quiet()
    expect(line.shown('pengawasan').at(-1)).toContain('tidak dapat diteruskan ke meja umum')
    expect(await statusOf(heavy)).toMatchObject({ desk: 'pengawasan' })
  })

  it('are told what a verb cannot do in a state, and nothing changes', async () => {
    const other = codeIn(await fileComplaint(line, 'wawan'))
    await work(`selesai ${other} Sudah ditangani.`)
    expect(await work(`balas ${other} Terlambat`)).toContain('tidak dapat dilakukan')
    expect(await statusOf(other)).toMatchObject({ status: 'closed' })
    await work(`buka lagi ${other}`)
    expect(await statusOf(other)).toMatchObject({ status: 'in_progress' })
  })

  it('may talk among themselves: nothing of it is answered or sent', async () => {
    const shown = line.shown('general').length
    const heard = line.citizens.sent.length
    await line.work('general', 'Joko', 'nanti makan siang di mana?')
    await line.quiet()
    expect(line.shown('general')).toHaveLength(shown)
    expect(line.citizens.sent).toHaveLength(heard)
  })

  it('are recorded by name with what they did', async () => {
    const { rows } = await db.pool.query<{ type: string }>(
      `select e.type from ticket_events e join tickets t on t.id = e.ticket_id where t.code = $1 order by e.id`,
      [code],
    )
    expect(rows.map(({ type }) => type)).toEqual(['opened', 'noted', 'replied', 'asked', 'added'])
  })
})

describe('the end of a code', () => {
  it('stands for the whole of it, in either case', async () => {
    expect(await work(`#${code.slice(-6).toLowerCase()} lihat`)).toContain(code)
  })

  it('that no report here has is said to be unknown', async () => {
    expect(await work('#000000 lihat')).toBe('Tidak ada laporan #000000 di meja ini.')
  })

  it('finds nothing of another desk', async () => {
    const shown = line.shown('restricted').length
    await line.work('restricted', 'Rina', `#${code.slice(-6)} lihat`)
    await line.quiet()
    expect(line.shown('restricted').slice(shown)).toEqual([
      `Tidak ada laporan #${code.slice(-6)} di meja ini.`,
    ])
  })
})
