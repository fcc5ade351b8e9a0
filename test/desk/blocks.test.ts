import { describe, expect, it } from 'vitest'
import { settleGroup } from '../../src/desk/groups.ts'
import { forgetBlocks } from '../../src/records/blocks.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff, type Role } from '../../src/records/staff.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, message, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const line = await testLine(db, keyring)
const { say, work } = clockLine(line, db)
const NOW = '2026-11-23T09:00'
const tickets = async () => (await db.pool.query('select 1 from tickets')).rowCount ?? 0

async function desk(text: string, name = 'general', local = NOW): Promise<string> {
  await work(local, text, name)
  await line.quiet()
  return line.shown(name).at(-1) ?? ''
}

async function citizen(who: string, texts: string[], local = NOW): Promise<string> {
  for (const text of texts) await say(who, local, text)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

async function blocked(who: string): Promise<string> {
  const code = codeIn(await fileComplaint(line, who))
  await desk(`blokir ${code} 7 hari kata-kata kasar kepada petugas`)
  return code
}

describe('a citizen who is blocked', () => {
  it('is told why, until when, what stays possible and how to object', async () => {
    await blocked('ani')
    const told = line.heard('ani').at(-1) ?? ''
    expect(told).toContain('sampai 30 November 2026')
    expect(told).toContain('Alasannya: kata-kata kasar kepada petugas.')
    expect(told).toContain('*keberatan*')
  })

  it('does not reach staff: by calling them, by a question, by a report or by adding to one', async () => {
    const code = await blocked('beni')
    const [before, shown] = [await tickets(), line.shown('general').length]
    expect(await citizen('beni', ['petugas'])).toContain('tidak kami teruskan')
    expect(await citizen('beni', ['kapan kantor buka hari Jumat?', 'ya'])).toContain('tidak kami teruskan')
    const refused = await citizen('beni', ORDINARY)
    expect(refused).toContain('tidak kami teruskan')
    expect(refused).toContain('Jawaban Bapak/Ibu tidak hilang')
    // Not "try again": it would end the same way. What would not is said.
    expect(refused).not.toContain('Silakan coba kirim lagi')
    expect(refused).toContain('Laporan rahasia atau anonim tetap dapat dikirim')
    await citizen('beni', ['batal', `tindak lanjut ${code}`, 'tambah', 'Kalian semua tidak becus'])
    expect([await tickets(), line.shown('general').length]).toEqual([before, shown])
  })

  it('still gets the answer to a cry for help, their status, their data and STOP', async () => {
    const code = await blocked('cici')
    expect(await citizen('cici', ['petugas! ada kebakaran di kantor'])).toContain('*112*')
    expect(await citizen('cici', [`status ${code}`])).toContain(code)
    expect(await citizen('cici', ['data saya'])).toContain('Yang disimpan')
    expect(await citizen('cici', ['privasi'])).toContain('Privasi di layanan')
    expect(await citizen('cici', ['stop'])).not.toContain('tidak kami teruskan')
    expect(await citizen('cici', ['hapus data', 'HAPUS'])).not.toContain('tidak kami teruskan')
  })

  it('still reports to the restricted desk, which no block silences', async () => {
    await blocked('dedi')
    const before = await tickets()
    await citizen('dedi', ORDINARY.with(3, 'Petugas loket tiga minta uang pelicin seratus ribu'))
    expect(await tickets()).toBe(before + 1)
    expect(line.shown('pengawasan').at(-1)).toContain('berkadar pengawasan')
  })

  it('keeps the draft they were in', async () => {
    const code = codeIn(await fileComplaint(line, 'edi'))
    await citizen('edi', ORDINARY.slice(0, 4))
    await desk(`blokir ${code} menghina petugas`)
    await citizen('edi', ['petugas'])
    expect(await citizen('edi', ['Simpan dahulu'])).toContain('tidak kami teruskan')
    await desk(`buka blokir ${code}`)
    for (const text of ['Lanjutkan isian ini', ...ORDINARY.slice(4)]) await citizen('edi', [text])
    expect(codeIn(line.heard('edi').at(-1) ?? '')).not.toBe(code)
  })

  it('objects once a day, to the restricted desk, which may lift it', async () => {
    const code = await blocked('fani')
    const sent = await citizen('fani', [
      'keberatan',
      'Saya marah karena berkas hilang tiga kali, telepon 0812 0000 0000',
    ])
    expect(sent).toContain('sudah kami teruskan ke meja terbatas')
    const shown = line.shown('pengawasan').at(-1) ?? ''
    expect(shown).toContain(`Keberatan atas blokir pelapor ${code}`)
    expect(shown).not.toContain('0812')
    expect(await citizen('fani', ['keberatan', 'Sekali lagi, mohon dibuka'])).toContain(
      'Keberatan hari ini sudah',
    )
    expect(await desk(`lihat ${code}`, 'pengawasan')).toContain('Tidak ada laporan')
    expect(await desk(`buka blokir ${code}`, 'pengawasan')).toContain('blokir dibuka Rina')
    expect(line.heard('fani').at(-1)).toContain('Pembatasan sudah dicabut')
    expect(await citizen('fani', ['petugas'])).not.toContain('tidak kami teruskan')
  })

  it('because of a confidential report is not blocked for a desk that may not know of it', async () => {
    const open = codeIn(await fileComplaint(line, 'hari'))
    const closed = codeIn(await fileComplaint(line, 'hari', ORDINARY.with(2, 'rahasia')))
    expect(await desk(`blokir ${closed} 7 hari ancaman kepada petugas`, 'pengawasan')).toContain('diblokir')
    expect(await desk(`bicara ${open}`)).toContain('belum dapat diajak bicara sekarang')
    expect(await desk(`buka blokir ${open}`)).toContain('tidak sedang diblokir')
    expect(await citizen('hari', ['petugas'])).toContain('tidak kami teruskan')
    expect(await desk(`buka blokir ${closed}`, 'pengawasan')).toContain('blokir dibuka')
  })

  it('is free again by itself on the day', async () => {
    await blocked('gita')
    expect(await citizen('gita', ['petugas'], '2026-11-30T08:00')).toContain('tidak kami teruskan')
    expect(await citizen('gita', ['petugas'], '2026-11-30T09:01')).not.toContain('tidak kami teruskan')
    const rows = async () => (await db.pool.query('select 1 from blocks')).rowCount ?? 0
    const before = await rows()
    await forgetBlocks(db.pool, at('2026-11-30T10:00'))
    expect(await rows()).toBe(before)
    await db.pool.query(
      `update blocks set until = '2026-11-28' where conversation_id =
      (select id from conversations where address_hash = $1)`,
      [line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'gita')],
    )
    expect(await forgetBlocks(db.pool, at('2026-11-30T10:00'))).toBe(1)
  })

  it('is refused by the records, whatever the conversation has forgotten', async () => {
    await blocked('hadi')
    const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'hadi')
    await db.pool.query(
      `update conversations set waiting = 'reply', updated_at = now() - interval '8 days' where address_hash = $1`,
      [hash],
    )
    const { forgetOld } = await import('../../src/jobs/keeping.ts')
    expect((await forgetOld(db, line.room)).drafts).toBe(1)
    const [before, shown] = [await tickets(), line.shown('general').length]
    expect(await citizen('hadi', ['petugas'])).toContain('Alasannya: kata-kata kasar kepada petugas.')
    expect([await tickets(), line.shown('general').length]).toEqual([before, shown])
    expect(await citizen('hadi', ['petugas'])).toContain('tidak kami teruskan')
  })
})

describe('blocking', () => {
  it('needs a reason, lasts 30 days at most, and nobody anonymous can be blocked', async () => {
    const code = codeIn(await fileComplaint(line, 'indra'))
    expect(await desk(`blokir ${code} 31 hari kata-kata kasar`)).toContain('paling lama 30 hari')
    expect(await desk(`blokir ${code} 3 hari`)).toContain('apa alasannya?')
    expect(await desk(`blokir ${code} kata-kata kasar`)).toContain('sampai 23 Desember 2026')
    expect(await desk(`buka blokir ${code}`)).toContain('Pelapor diberi tahu')
    expect(await desk(`buka blokir ${code}`)).toContain('tidak sedang diblokir')
    const anonymous = ORDINARY.with(2, 'anonim').toSpliced(8, 1)
    const hidden = codeIn(await fileComplaint(line, 'joni', anonymous))
    expect(await desk(`blokir ${hidden} kata-kata kasar`, 'pengawasan')).toContain('anonim')
  })

  it('is for heads and admins alone, by the list', async () => {
    const office = 'medan'
    const sealing = createSealing(keyring)
    const address = '-100901'
    await settleGroup(db.pool, sealing, {
      office,
      channel: 'telegram',
      address,
      desk: 'general',
      forum: false,
    })
    const write = async (account: string, text: string) => {
      const from = { is: 'desk' as const, desk: 'general', staff: 'Kepala', account }
      await line.inbox.receive(message({ office, address, from, text, sentAt: at(NOW) }))
      await line.quiet()
    }
    for (const role of ['staff', 'head', 'admin'] satisfies Role[]) {
      const id = await addStaff(db.pool, sealing, { office, name: role, role, desks: null })
      const word = await linkForStaff(db.pool, sealing, { id, office })
      await bindAccount(db, sealing, { office, channel: 'telegram', account: role }, word)
    }
    for (const text of ORDINARY) await line.inbox.receive(message({ office, address: 'kiki', text }))
    await line.quiet()
    const code = codeIn(line.heard('kiki').at(-1) ?? '')
    const rows = async () => (await db.pool.query(`select 1 from blocks where office = 'medan'`)).rowCount
    await write('staff', `blokir ${code} kata-kata kasar`)
    await write('stranger', `blokir ${code} kata-kata kasar`)
    expect(await rows()).toBe(0)
    await write('head', `blokir ${code} kata-kata kasar`)
    expect(await rows()).toBe(1)
    await write('staff', `buka blokir ${code}`)
    expect(await rows()).toBe(1)
    await write('admin', `buka blokir ${code}`)
    expect(await rows()).toBe(0)
  })
})
