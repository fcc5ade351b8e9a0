import { describe, expect, it } from 'vitest'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { knowingLine } from '../helpers/knowledge.ts'
import { codeIn, ORDINARY } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await knowingLine(db, {
  'alamat-kantor': { question: 'Di mana alamat kantor BKPSDM?', answer: 'Di jalan contoh.' },
})
const { tick } = clockLine(line, db)

async function asks(who: string, ...said: string[]): Promise<string> {
  for (const text of said) await line.say(who, text)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}
const ask = async (who: string, text: string) => codeIn(await asks(who, text, 'ya'))

describe('what is asked in vain', () => {
  it('stands in the morning digest of the general desk, the most asked first, five lines at most, masked', async () => {
    const things = [
      'kolam renang',
      'lapangan tenis',
      'warung kopi',
      'musala',
      'mesin fotokopi',
      'kebun binatang',
    ]
    for (const [n, thing] of things.entries())
      for (let who = 0; who <= n % 3; who++)
        await asks(`tanya-${n}-${who}`, `apakah pegawai boleh memakai ${thing} (081234567890)?`)
    await asks('mimi', 'pengaduan', '1', 'rahasia', 'Loketnya lama sekali, saya menunggu tiga jam')
    const shown = await tick('2026-11-24T07:30')
    const digest = shown.general?.find(text => text.includes('Sering ditanyakan')) ?? ''
    const lines = digest.split('\n').filter(text => text.includes(' warga: '))
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^• 3 warga: apakah pegawai boleh memakai (warung kopi|kebun binatang) /)
    expect(digest).not.toContain('081234567890')
    expect(shown.pengawasan?.join() ?? '').not.toContain('Sering ditanyakan')
  })

  it('is gone with the data of its citizen, and never kept of an anonymous report', async () => {
    const of = async (who: string) => {
      const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
      const sql =
        'select 1 from questions q join conversations c on c.id = q.conversation_id where c.address_hash = $1'
      return (await db.pool.query(sql, [hash])).rowCount
    }
    await ask('nina', 'apakah boleh membawa anak kecil ke ruang tes?')
    expect(await of('nina')).toBe(1)
    await asks('nina', 'hapus data', 'HAPUS')
    expect(await of('nina')).toBe(0)
    await asks('oki', 'apakah boleh membawa ayam ke ruang tes?')
    expect(await of('oki')).toBe(1)
    const anonymous = [...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8), 'kirim']
    for (const answer of anonymous) await line.say('oki', answer, { sentAt: at('2026-11-23T10:00') })
    await line.quiet()
    expect(await of('oki')).toBe(0)
  })
})
