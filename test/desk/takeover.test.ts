import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { settleGroup } from '../../src/desk/groups.ts'
import { tellTalks } from '../../src/jobs/talks.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, message, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const line = await testLine(db, keyring)
const { say, work } = clockLine(line, db)
/** A Monday in working hours, unless a test says otherwise. */
const NOW = '2026-11-23T09:00'

async function desk(text: string, local = NOW): Promise<string> {
  await work(local, text)
  await line.quiet()
  return line.shown('general').at(-1) ?? ''
}

async function citizen(who: string, text: string, more = {}, local = NOW): Promise<void> {
  await say(who, local, text, more)
  await line.quiet()
}

async function tickTalks(local: string): Promise<number> {
  const told = await tellTalks(db, line.room, at(local))
  await line.quiet()
  return told
}

const talks = async () => (await db.pool.query('select 1 from talks')).rowCount

describe('a takeover by staff', () => {
  it('goes on in the middle of a draft, to and fro without forms, and gives the draft back', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    for (const text of ORDINARY.slice(0, 4)) await citizen('ani', text)
    const question = line.heard('ani').at(-1) ?? ''
    expect(question).toContain('Kapan')

    expect(await desk(`bicara ${code}`)).toContain('bot diam')
    expect(line.heard('ani').at(-1)).toContain('Petugas ingin berbicara langsung')
    await desk(`balas ${code} Selamat pagi Bu, antreannya di loket mana?`)
    // As it is: no "Jawaban untuk laporan", no buttons.
    expect(line.heard('ani').at(-1)).toBe('Selamat pagi Bu, antreannya di loket mana?')
    await citizen('ani', 'Loket dua, Pak')
    expect(line.shown('general').at(-1)).toContain('Pelapor menulis')
    expect(line.shown('general').at(-1)).toContain('Loket dua, Pak')
    const heard = line.heard('ani').length

    expect(await desk(`selesai bicara ${code}`)).toContain('diakhiri Rina')
    expect(line.heard('ani').slice(heard)).toEqual([
      `Percakapan dengan petugas sudah selesai. Kita lanjutkan.\n\n${question}`,
    ])
    for (const text of ORDINARY.slice(4)) await citizen('ani', text)
    const second = codeIn(line.heard('ani').at(-1) ?? '')
    const whole = await desk(`lihat ${second}`)
    expect(whole).toContain('tiga jam belum dipanggil')
    expect(whole).not.toContain('Loket dua, Pak')
    expect(await talks()).toBe(0)
  })

  it('does not stop the promise of an answer: talk is no answer to a report', async () => {
    const code = codeIn(await fileComplaint(line, 'beni'))
    await desk(`bicara ${code}`)
    await desk(`balas ${code} Halo`)
    const { rows } = await db.pool.query('select status from tickets where code = $1', [code])
    expect(rows).toEqual([{ status: 'in_progress' }])
    await desk(`selesai ${code} Sudah kami perbaiki.`)
    expect(line.heard('beni').slice(-2)).toEqual([
      expect.stringContaining('dinyatakan selesai'),
      expect.stringContaining('Percakapan dengan petugas sudah selesai'),
    ])
    expect(await talks()).toBe(0)
  })

  it('ends by the citizen, and the desk is told', async () => {
    const code = codeIn(await fileComplaint(line, 'cici'))
    await desk(`bicara ${code}`)
    await citizen('cici', 'batal')
    expect(line.heard('cici').at(-1)).toContain('Percakapan dengan petugas sudah selesai')
    expect(line.shown('general').at(-1)).toBe(`${code}: warga mengakhiri percakapan; bot menjawab lagi.`)
    expect(await desk(`balas ${code} Masih di sana?`)).toContain('Pelapor diberi tahu')
    expect(line.heard('cici').at(-1)).toContain(`Jawaban untuk laporan ${code}`)
    expect(await desk(`selesai bicara ${code}`)).toContain('tidak ada percakapan')
  })

  it('ends after a working day without a word, counted in working time, and both are told', async () => {
    const code = codeIn(await fileComplaint(line, 'dina'))
    await desk(`bicara ${code}`, '2026-11-20T15:00')
    await tickTalks('2026-11-23T14:00')
    expect(await talks()).toBe(1)
    await tickTalks('2026-11-23T16:00')
    expect(line.heard('dina').at(-1)).toContain('Sudah lama tidak ada pesan')
    expect(line.shown('general').at(-1)).toContain(`${code}: lama tidak ada pesan`)
    expect(await talks()).toBe(0)
  })

  it('cannot reach who is anonymous, nor who talks to another desk', async () => {
    const code = codeIn(await fileComplaint(line, 'edi'))
    await citizen('edi', 'pengaduan')
    const heavy = codeIn(
      await fileComplaint(line, 'edi', ORDINARY.with(3, 'Ada pungli di loket tiga setiap hari Senin')),
    )
    await work(NOW, `bicara ${heavy}`, 'pengawasan')
    await line.quiet()
    expect(line.heard('edi').at(-1)).toContain('Petugas ingin berbicara langsung')
    const answer = await desk(`bicara ${code}`)
    expect(answer).toContain('belum dapat diajak bicara')
    expect(answer).not.toContain(heavy)
    await citizen('edi', 'batal')
  })
})

describe('a citizen who calls a person', () => {
  it('is answered as in a talk, with what they send, until staff say selesai', async () => {
    await citizen('fani', 'petugas')
    const shown = line.shown('general').at(-1) ?? ''
    await citizen('fani', 'Berkas saya sudah sampai mana ya?')
    const code = codeIn(shown)
    expect(shown).toContain('Warga minta dihubungkan')
    expect(await desk(`ambil ${code}`)).toContain('Warga menunggu dihubungi: tekan Bicara')
    const joined = await desk(`balas ${code} Sudah di meja kepala.`)
    expect(joined).toContain('Rina tersambung dengan pelapor')
    expect(joined).toContain('yang ditulis Rina di topik laporan ini langsung sampai')
    expect(line.groups.sent.at(-1)?.options?.map(({ label }) => label)).toContain('Selesai bicara')
    expect(line.heard('fani').at(-1)).toBe('Sudah di meja kepala.')
    // Said once; the rest is the talk itself.
    const lines = line.shown('general').length
    await desk(`balas ${code} Mohon ditunggu.`)
    expect(line.shown('general')).toHaveLength(lines)
    await desk(`selesai ${code}`)
    expect(line.heard('fani').at(-1)).toContain('Percakapan dengan petugas sudah selesai')
  })

  it('is told that somebody is there now, not that they want to talk; the end is a button', async () => {
    await citizen('mimi', 'petugas')
    const code = codeIn(line.shown('general').at(-1) ?? '')
    await desk(`bicara ${code}`)
    expect(line.heard('mimi').at(-1)).toBe(
      'Petugas sekarang membaca percakapan ini dan akan menjawab Bapak/Ibu di sini.',
    )
    await citizen('mimi', 'Halo?')
    const { options = [] } = line.groups.sent.at(-1) ?? {}
    // Below each line of a talk there is no room for nine buttons.
    expect(options.map(({ label }) => label)).toEqual(['Balas', 'Catatan', 'Selesai bicara'])
    await desk(`selesai bicara ${code}`)
    await citizen('mimi', `status ${code}`)
    expect(line.heard('mimi').at(-1)).toContain('Bapak/Ibu, dalam percakapan. Halo?')
  })

  it.each([
    ['photo', 'image/jpeg'],
    ['voice', 'audio/ogg'],
  ] as const)('is seen and heard at the desk: a %s comes along', async (kind, mime) => {
    const who = `lala-${kind}`
    await citizen(who, 'petugas')
    const id = randomUUID()
    await db.pool.query(
      `insert into files (id, office, conversation_id, mime, size, wrapped_key, stored_at)
       select $1, 'lhokseumawe', id, $2, 1, ''::bytea, now() from conversations where address_hash = $3`,
      [id, mime, line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)],
    )
    await citizen(who, '', { kind, file: { id, name: 'kiriman', mime } })
    expect(line.groups.sent.at(-1)).toMatchObject({
      text: expect.stringContaining('Pelapor menulis'),
      file: id,
    })
    await citizen(who, 'batal')
  })

  it('outside working hours is told at once, and once, when somebody reads it', async () => {
    await citizen('gita', 'petugas', {}, '2026-11-21T20:00')
    await citizen('gita', 'Halo?', {}, '2026-11-21T20:01')
    await citizen('gita', 'Ada orang?', {}, '2026-11-21T20:02')
    expect(line.heard('gita').slice(1)).toEqual([
      'Kantor sedang tutup. Pesan Bapak/Ibu tetap sampai; petugas membacanya mulai Senin, 23 November 2026 pukul 07.30 WIB (jam contoh).\nSilakan tinggalkan pesan di sini.',
    ])
    expect(await tickTalks('2026-11-22T10:00')).toBe(0)
    expect(await tickTalks('2026-11-23T08:01')).toBe(1)
    expect(line.heard('gita').at(-1)).toContain('belum ada petugas yang menjawab')
    expect(line.heard('gita').at(-1)).toContain('paling lambat')
    expect(line.shown('general').at(-1)).toContain('warga menunggu petugas lebih dari 30 menit')
    expect(await tickTalks('2026-11-23T09:30')).toBe(0)
    await citizen('gita', 'batal')
  })

  it('is told in their own language, and while nobody is at the desk', async () => {
    await db.pool.query(`update inbox set received_at = now() - interval '1 day'`)
    await citizen('hana', 'talk to staff', { language: 'en' })
    expect(line.heard('hana').at(-1)).toContain('Nobody seems to be at the desk right now')
    await citizen('hana', 'cancel')
    await desk('siapa yang jaga?')
    await citizen('hana', 'talk to staff')
    expect(line.heard('hana').at(-1)).toContain('we are passing you on to staff')
  })
})

it('a report filed outside hours says from when it is read, in the same message', async () => {
  for (const text of ORDINARY) await citizen('indra', text, {}, '2026-11-21T20:00')
  const filed = line.heard('indra').at(-1) ?? ''
  expect(filed).toContain('mulai Senin, 23 November 2026 pukul 07.30 WIB (jam contoh).')
  expect(await fileComplaint(line, 'joni')).not.toContain('tutup')
})

describe('in a group with topics', () => {
  it('only who talks is heard without a gesture; what colleagues write stays among them', async () => {
    const office = 'medan'
    const group = { office, channel: 'telegram' as const, address: '-100900', desk: 'general', forum: true }
    const sealing = createSealing(keyring)
    await settleGroup(db.pool, sealing, group)
    for (const [name, account] of [
      ['Rina', '11'],
      ['Joko', '22'],
    ] as const) {
      const id = await addStaff(db.pool, sealing, { office, name, role: 'staff', desks: null })
      const word = await linkForStaff(db.pool, sealing, { id, office })
      await bindAccount(db, sealing, { office, channel: 'telegram', account }, word)
    }
    const inGroup = async (account: string, text: string, more = {}) => {
      const from = { is: 'desk' as const, desk: 'general', staff: 'x', account }
      await line.inbox.receive(message({ office, address: group.address, from, text, thread: '77', ...more }))
      await line.quiet()
    }
    for (const text of ORDINARY) await line.inbox.receive(message({ office, address: 'kiki', text }))
    await line.quiet()
    const code = codeIn(line.heard('kiki').at(-1) ?? '')
    await db.pool.query(
      `insert into topics (conversation_id, ticket_id, thread)
       select g.conversation_id, t.id, '77' from groups g, tickets t where g.office = 'medan' and t.code = $1`,
      [code],
    )
    const heard = () => line.heard('kiki').length
    let before = heard()
    await inGroup('11', 'ini kasus lama, ya?')
    expect(heard()).toBe(before)
    await inGroup('11', 'bicara')
    before = heard()
    await inGroup('22', 'jangan janji apa-apa dulu')
    expect(heard()).toBe(before)
    await inGroup('11', 'Selamat pagi, Pak.')
    expect(line.heard('kiki').at(-1)).toBe('Selamat pagi, Pak.')
    // The other answers by the gesture of the platform, on what the citizen wrote.
    await line.inbox.receive(message({ office, address: 'kiki', text: 'Pagi juga' }))
    await line.quiet()
    const theirs = line.citizens.sent.findLastIndex(({ address }) => address === group.address) + 1
    await inGroup('22', 'Ada yang bisa dibantu?', { replyTo: `r${theirs}` })
    expect(line.heard('kiki').at(-1)).toBe('Ada yang bisa dibantu?')
    // Who talks goes on being heard, and the other is not: nobody told them so.
    await inGroup('11', 'Berkasnya sudah lengkap, Pak.')
    expect(line.heard('kiki').at(-1)).toBe('Berkasnya sudah lengkap, Pak.')
    before = heard()
    await inGroup('22', 'biar saya saja')
    expect(heard()).toBe(before)
    // Taking over is said, so that the first does not write into the air.
    await inGroup('22', 'bicara')
    expect(line.citizens.sent.at(-1)?.text).toContain('Joko melanjutkan percakapan')
    expect(heard()).toBe(before)
    await inGroup('11', 'saya makan dulu')
    expect(heard()).toBe(before)
    await inGroup('22', 'Besok boleh diambil.')
    expect(line.heard('kiki').at(-1)).toBe('Besok boleh diambil.')
    await inGroup('11', 'selesai bicara')
    before = heard()
    await inGroup('11', 'beres juga')
    expect(heard()).toBe(before)
  })
})
