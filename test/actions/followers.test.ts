import { beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { firstLamp, followLamp, LAMP, LAMP_TOO, offered, wholeOf } from '../helpers/lamp.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
let n = 0
/** A citizen nobody has met. */
const somebody = () => `citizen${++n}`

async function work(text: string, desk = 'general'): Promise<string> {
  await line.work(desk, 'Rina', text)
  await line.quiet()
  return line.shown(desk).at(-1) ?? ''
}

async function say(who: string, ...texts: string[]): Promise<string> {
  for (const text of texts) await line.say(who, text)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

const count = async (sql: string, ...values: unknown[]) =>
  Number((await db.pool.query(`select count(*) as n from ${sql}`, values)).rows[0]?.n)

beforeEach(async () => {
  await owner.db.pool.query('truncate tickets cascade')
})

describe('a second report of the same matter', () => {
  it('is offered the first before it is sent: its code and day, and no word of whoever wrote it', async () => {
    const first = await firstLamp(line, somebody())
    const who = somebody()
    const offer = await fileComplaint(line, who, LAMP_TOO)
    expect(offer).toContain('Ada laporan serupa')
    expect(offered(line, who)).toEqual([
      `Ikut ${first}, masuk 23 November 2026`,
      'Kirim sebagai laporan sendiri',
    ])
    expect(offer).not.toMatch(/Merdeka|padam|penerangan|Budi/i)
    expect(await count('tickets')).toBe(1)
  })

  it('is filed by itself when that is wanted', async () => {
    const first = await firstLamp(line, somebody())
    const who = somebody()
    await fileComplaint(line, who, LAMP_TOO)
    const code = codeIn(await say(who, 'Kirim sebagai laporan sendiri'))
    expect(code).not.toBe(first)
    expect(await wholeOf(db, code)).toMatchObject({ status: 'received', merged_into: null })
  })

  it.each([
    ['rahasia', LAMP.with(2, 'rahasia')],
    ['anonim', LAMP.with(2, 'anonim').toSpliced(8, 1)],
    ['berkadar pengawasan', LAMP.with(3, 'Lampu penerangan simpang Merdeka padam, ada pungli')],
    ['of another topic', LAMP.with(1, 'aspirasi')],
    ['of a queue', ORDINARY],
  ])('is not offered one that is %s, of which no word is kept', async (what, answers) => {
    await fileComplaint(line, somebody(), answers)
    expect(await count('tickets')).toBe(1)
    const closed = !what.startsWith('of ')
    if (closed) expect(await count('ticket_words')).toBe(0)
    const same = what === 'of a queue' ? ORDINARY : LAMP_TOO
    expect(await fileComplaint(line, somebody(), same)).toContain('sudah kami terima')
  })

  it.each([
    ['rahasia', LAMP_TOO.with(2, 'rahasia')],
    ['anonim', LAMP_TOO.with(2, 'anonim').toSpliced(8, 1)],
  ])('that is %s itself finds nothing', async (_, answers) => {
    await firstLamp(line, somebody())
    expect(await fileComplaint(line, somebody(), answers)).toContain('sudah kami terima')
  })

  it('is not offered what was answered, sent to the restricted desk, or filed by the same citizen', async () => {
    const who = somebody()
    const first = await firstLamp(line, who)
    expect(await fileComplaint(line, who, LAMP_TOO)).toContain('sudah kami terima')
    await work(`teruskan ${first} pengawasan`)
    await db.pool.query('delete from tickets where code <> $1', [first])
    expect(await count('ticket_words')).toBe(0)
    expect(await fileComplaint(line, somebody(), LAMP_TOO)).toContain('sudah kami terima')
  })

  it('keeps hashes alone', async () => {
    await firstLamp(line, somebody())
    const { rows } = await db.pool.query('select words::text from ticket_words')
    expect(rows[0]?.words).toMatch(/^\{-?\d+(,-?\d+){3,}\}$/)
  })
})

describe('who follows', () => {
  it('is answered once each in their own chat, about their own report, and sees nobody else', async () => {
    const [one, two, three] = [somebody(), somebody(), somebody()]
    const first = await firstLamp(line, one)
    const second = await followLamp(line, two, first)
    const third = await followLamp(line, three, first)
    expect(line.shown('general').at(-1)).toContain(`(ikut *${first}*, diikuti 2 warga)`)
    expect(await work(`lihat ${first}`)).toContain('diikuti 2 warga')
    const before = [one, two, three].map(who => line.heard(who).length)
    await work(`balas ${first} Lampu sudah kami ganti.`)
    for (const [k, [who, code]] of [
      [one, first],
      [two, second],
      [three, third],
    ].entries()) {
      const heard = line.heard(who ?? '').slice(before[k])
      expect(heard.filter(text => text.includes('Lampu sudah kami ganti.'))).toHaveLength(1)
      expect(heard.join('\n')).toContain(code)
      for (const other of [first, second, third].filter(any => any !== code))
        expect(heard.join('\n')).not.toContain(other)
    }
    expect(await say(two, `status ${second}`)).toContain('*sudah ditanggapi*')
    expect(line.heard(two).at(-1)).toContain('Lampu sudah kami ganti.')
  })

  it('has their own words kept, and adds to them as themselves, wherever the report has gone', async () => {
    const two = somebody()
    const first = await firstLamp(line, somebody())
    const second = await followLamp(line, two, first)
    expect(line.shown('general').join('\n')).toContain('lampunya padam pak')
    await work(`minta data ${first} Tiang nomor berapa?`)
    await say(two, 'Tiang tujuh')
    expect(line.shown('general').at(-1)).toMatch(
      new RegExp(`Pelapor menambahkan\\n\\*${second}\\*.*: Tiang tujuh`),
    )
    expect(await wholeOf(db, first)).toMatchObject({ status: 'in_progress' })
    expect(await work(`balas ${second} Baik`)).toContain(`sudah digabung ke ${first}`)
  })

  it('reopens it for all with "belum", and does not close it for others with "sudah"', async () => {
    const two = somebody()
    const first = await firstLamp(line, somebody())
    const second = await followLamp(line, two, first)
    await work(`balas ${first} Sudah`)
    await line.say(two, '', { choice: `t.${second}.ok` })
    await line.quiet()
    expect(await wholeOf(db, first)).toMatchObject({ status: 'answered' })
    await line.say(two, '', { choice: `t.${second}.no` })
    await say(two, 'Masih gelap')
    expect(await wholeOf(db, first)).toMatchObject({ status: 'in_progress' })
    expect(line.shown('general').at(-1)).toContain('Masih gelap')
  })

  it('may stop, after which nothing of the other report reaches them', async () => {
    const two = somebody()
    const first = await firstLamp(line, somebody())
    const second = await followLamp(line, two, first)
    expect(await say(two, 'berhenti ikut', second)).toContain('tidak ikut lagi')
    const heard = line.heard(two).length
    expect(await work(`balas ${first} Sudah diganti.`)).toContain('Pelapor diberi tahu')
    expect(line.heard(two)).toHaveLength(heard)
    expect(await work(`lihat ${first}`)).not.toContain('diikuti')
  })

  it('who erases their data erases theirs alone', async () => {
    const [two, three] = [somebody(), somebody()]
    const first = await firstLamp(line, somebody())
    const second = await followLamp(line, two, first)
    const third = await followLamp(line, three, first)
    const before = [await wholeOf(db, first), await wholeOf(db, third)]
    await say(two, 'hapus data', 'HAPUS')
    expect([await wholeOf(db, first), await wholeOf(db, third)]).toEqual(before)
    expect(await wholeOf(db, second)).toMatchObject({ wrapped_key: null, fields: null, merged_into: null })
    expect(await count('outbox o join tickets t on t.id = o.about where t.code = $1', second)).toBe(0)
    await work(`balas ${first} Sudah`)
    expect(line.heard(three).at(-1)).toContain('Sudah')
  })

  it('has their own report back when the first is erased or becomes restricted', async () => {
    const [one, two] = [somebody(), somebody()]
    const first = await firstLamp(line, one)
    const second = await followLamp(line, two, first)
    await say(one, 'hapus data', 'HAPUS')
    expect(line.heard(two).at(-1)).toContain('kembali ditangani tersendiri')
    expect(await wholeOf(db, second)).toMatchObject({
      status: 'received',
      merged_into: null,
      closed_at: null,
    })
    expect(line.shown('general').at(-1)).toContain('Kembali menjadi laporan tersendiri')

    const [three, four] = [somebody(), somebody()]
    await work(`selesai ${second} Sudah ditangani.`)
    const other = await firstLamp(line, three)
    const follower = await followLamp(line, four, other)
    await say(three, `tindak lanjut ${other}`)
    await say(three, 'Petugasnya minta uang dua juta, pungli')
    expect(await wholeOf(db, other)).toMatchObject({ desk: 'pengawasan' })
    expect(await wholeOf(db, follower)).toMatchObject({
      status: 'received',
      desk: 'general',
      merged_into: null,
    })
  })
})

describe('staff', () => {
  it('join reports, answer all through the first, and part them into exactly what they were', async () => {
    const [one, two, three] = [somebody(), somebody(), somebody()]
    const first = codeIn(await fileComplaint(line, one))
    const second = await firstLamp(line, two)
    const third = await followLamp(line, three, second)
    await work(`ambil ${second}`)
    const before = [await wholeOf(db, first), await wholeOf(db, second), await wholeOf(db, third)]
    expect(await work(`gabung ${first} ${second}`)).toContain(`${second} digabung ke ${first} oleh Rina`)
    expect(line.heard(two).at(-1)).toContain('ditangani bersama')
    expect(line.heard(three).at(-1)).toContain('ditangani bersama')
    expect(await work(`lihat ${first}`)).toContain('diikuti 2 warga')
    await work(`balas ${first} Jawaban bersama`)
    for (const who of [one, two, three])
      expect(line.heard(who).filter(text => text.includes('Jawaban bersama'))).toHaveLength(1)
    expect(await work(`pisah ${second}`)).toContain('seperti sebelum digabung')
    expect([await wholeOf(db, second), await wholeOf(db, third)]).toEqual(before.slice(1))
    await work(`balas ${second} Hanya dua`)
    expect(line.heard(one).join('\n')).not.toContain('Hanya dua')
    expect(line.heard(three).at(-1)).toContain('Hanya dua')
  })

  it('answer a citizen once whose two reports they joined', async () => {
    const [one, two] = [somebody(), somebody()]
    const first = codeIn(await fileComplaint(line, one))
    const again = codeIn(await fileComplaint(line, one))
    const other = codeIn(await fileComplaint(line, two))
    await work(`gabung ${first} ${again}`)
    await work(`gabung ${first} ${other}`)
    expect(await work(`lihat ${first}`)).toContain('diikuti 1 warga')
    await work(`balas ${first} Sekali saja`)
    for (const who of [one, two])
      expect(line.heard(who).filter(text => text.includes('Sekali saja'))).toHaveLength(1)
  })

  it('cannot join what is restricted, joined already, at another desk, or the report itself', async () => {
    const first = codeIn(await fileComplaint(line, somebody()))
    const second = codeIn(await fileComplaint(line, somebody()))
    const heavy = codeIn(
      await fileComplaint(line, somebody(), ORDINARY.with(3, 'Ada pungli di loket tiga setiap Senin')),
    )
    expect(await work(`gabung ${first} ${heavy}`)).toContain(`Tidak ada laporan ${heavy} di meja ini`)
    expect(await work(`gabung ${first} ${first}`)).toContain('dirinya sendiri')
    await work(`gabung ${first} ${second}`)
    expect(await work(`gabung ${first} ${second}`)).toContain('sudah digabung')
    expect(await work(`gabung ${second} ${first}`)).toContain('sudah digabung')
    expect(await work(`pisah ${first}`)).toContain('tidak sedang digabung')
  })

  it('who pass the first on to the restricted desk leave those that follow behind', async () => {
    const first = await firstLamp(line, somebody())
    const second = await followLamp(line, somebody(), first)
    await work(`teruskan ${first} pengawasan`)
    expect(await wholeOf(db, second)).toMatchObject({
      desk: 'general',
      merged_into: null,
      status: 'received',
    })
  })
})
