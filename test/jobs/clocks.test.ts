import { beforeEach, describe, expect, it } from 'vitest'
import { house } from '../helpers/clock-houses.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const { tick, say, work, clocksOf, dueOf } = clockLine(line, db)
const OFFICER = ORDINARY.map(answer => (answer === 'layanan' ? 'petugas' : answer))

// Each test has the desks to itself. Complaints are filed on Monday, 23 November 2026 at 09.00 and due on the 30th.
beforeEach(async () => {
  await owner.db.pool.query('truncate tickets cascade')
  await db.pool.query(`delete from desk_digests`)
  await db.pool.query(`delete from house where name like 'clocks/%'`)
  await db.pool.query(
    `insert into desk_digests (office, desk, told_on, listed_on)
     values ('lhokseumawe', 'general', '2030-01-01', '2030-01-01'), ('lhokseumawe', 'pengawasan', '2030-01-01', '2030-01-01')`,
  )
})

let count = 0
async function filed(answers = ORDINARY): Promise<{ who: string; code: string }> {
  count += 1
  const who = `citizen${count}`
  return { who, code: codeIn(await fileComplaint(line, who, answers)) }
}

describe('a ticket nobody answers', () => {
  it('is spoken of at half, at four fifths, when its time is over and two working days later, each once', async () => {
    const { code } = await filed()
    expect(await tick('2026-11-23T09:01')).toEqual({})
    expect(await dueOf(code)).toEqual({ answer: '2026-11-30', resolve: '2026-12-11' })
    expect(await tick('2026-11-25T13:00')).toEqual({})
    const said: string[] = []
    for (const local of ['2026-11-26T09:00', '2026-11-27T16:00', '2026-12-01T07:30', '2026-12-03T07:31']) {
      said.push(...Object.values(await tick(local)).flat())
      expect(await tick(local)).toEqual({})
    }
    const told = said.join('\n')
    expect(told).toContain(`${code}, jawaban pertama: 50 % waktu terpakai, paling lambat 30 November 2026`)
    expect(told).toContain('80 % waktu terpakai')
    expect(told).toContain('batas 30 November 2026 sudah lewat, belum diambil')
    expect(told).toContain('lebih dari 2 hari kerja')
  })

  it('climbs to the next desk, which is told where it lies', async () => {
    const { code } = await filed()
    await tick('2026-11-23T09:01')
    const { general = [], pengawasan = [] } = await tick('2026-12-03T07:31')
    expect(general).toHaveLength(1)
    expect(general[0]).toContain('sudah lewat, belum diambil')
    expect(pengawasan.join()).toContain(`${code}, jawaban pertama`)
    expect(pengawasan.join()).toContain('di Loket Pengaduan (contoh)')
  })

  it('can be read by the desk it was raised to from then on, and worked on by its own alone', async () => {
    const { who, code } = await filed()
    await tick('2026-11-23T09:01')
    const head = async (text: string) => {
      await work('2026-12-03T08:00', text, 'pengawasan')
      await line.quiet()
      return line.groups.sent.findLast(({ address }) => address === 'desk:pengawasan')
    }
    expect((await head(`lihat ${code}`))?.text).toContain('Tidak ada laporan')
    await tick('2026-12-03T07:31')
    const seen = await head(`lihat ${code}`)
    expect(seen?.text).toContain('Isi: ')
    expect(seen?.options ?? []).toEqual([])
    expect((await head(`siapa ${code}`))?.text).toContain('belum diambil')
    const heard = line.heard(who).length
    expect((await head(`balas ${code} Halo`))?.text).toContain('Tidak ada laporan')
    expect(line.heard(who)).toHaveLength(heard)
  })

  it('is not spoken of outside hours: what comes due at closing waits for the next opening', async () => {
    await filed()
    await tick('2026-11-23T09:01')
    await tick('2026-11-27T16:00')
    for (const local of ['2026-11-30T15:56', '2026-11-30T16:00', '2026-11-30T23:00', '2026-12-01T07:29'])
      expect(await tick(local)).toEqual({})
    expect((await tick('2026-12-01T07:30')).general).toHaveLength(1)
  })

  it('is told in one message with others of the desk, by two processes as by one', async () => {
    const codes = [(await filed()).code, (await filed()).code]
    await tick('2026-11-23T09:01')
    const both = await Promise.all([tick('2026-11-26T10:00'), tick('2026-11-26T10:00')])
    await line.quiet()
    const texts = line.groups.sent.map(({ text }) => text).filter(text => text.includes('50 %'))
    for (const code of codes) expect(texts.filter(text => text.includes(code))).toHaveLength(1)
    expect(both).toHaveLength(2)
  })

  it('that is restricted is told to the restricted desk alone, at every step', async () => {
    const { code } = await filed(OFFICER)
    await tick('2026-11-23T09:01')
    const shown = await tick('2027-04-01T10:00')
    expect(Object.keys(shown)).toEqual(['pengawasan'])
    expect(shown.pengawasan?.join()).toContain(code)
  })

  it('once erased has no clock any more', async () => {
    const { who } = await filed()
    await tick('2026-11-23T09:01')
    await say(who, '2026-11-23T09:10', 'hapus data')
    await say(who, '2026-11-23T09:10', 'ya')
    await line.quiet()
    await db.pool.query(`update tickets set status = 'withdrawn', closed_at = now()`)
    expect(await tick('2026-12-03T08:00')).toEqual({})
    const { rows } = await db.pool.query('select 1 from ticket_clocks where next_at is not null')
    expect(rows).toEqual([])
  })
})

describe('a clock', () => {
  it('stands still while the citizen is asked for more, and gives back what it took', async () => {
    const { who, code } = await filed()
    await tick('2026-11-23T09:01')
    await work('2026-11-24T10:00', `minta data ${code} Loket yang mana?`)
    await line.quiet()
    expect(await tick('2026-12-08T10:00')).toEqual({})
    const { answer } = await clocksOf(code)
    expect(answer).toMatchObject({ done: false, next_at: null, turns: { length: 2 } })
    await say(who, '2026-12-08T10:00', 'Loket 3')
    await line.quiet()
    await tick('2026-12-08T10:01')
    expect(await dueOf(code)).toEqual({ answer: '2026-12-14', resolve: '2026-12-29' })
    const { answer: after } = await clocksOf(code)
    expect(after?.turns).toEqual([at('2026-11-23T09:00'), at('2026-11-24T10:00'), at('2026-12-08T10:00')])
  })

  it('of the first answer ends with it; reopened it begins anew, and that of the settling goes on', async () => {
    const { code } = await filed()
    await tick('2026-11-23T09:01')
    await work('2026-11-24T10:00', `balas ${code} Sudah kami tambah petugas.`)
    await line.quiet()
    await tick('2026-11-24T10:01')
    const answered = await clocksOf(code)
    expect(answered.answer).toMatchObject({ done: true, next_at: null })
    expect(answered.resolve).toMatchObject({ done: false, next_at: null, turns: { length: 2 } })
    await work('2026-12-01T10:00', `buka lagi ${code}`)
    await line.quiet()
    expect(await dueOf(code)).toEqual({ answer: null, resolve: null })
    await tick('2026-12-01T10:01')
    expect(await dueOf(code)).toEqual({ answer: '2026-12-08', resolve: '2026-12-18' })
    const reopened = await clocksOf(code)
    expect(reopened.answer).toMatchObject({ done: false, stage: 0, turns: [at('2026-12-01T10:00')] })
    await work('2026-12-02T10:00', `selesai ${code} Sudah ditangani.`)
    await line.quiet()
    const ended = await clocksOf(code)
    expect([ended.answer?.done, ended.resolve?.done]).toEqual([true, true])
    expect(await tick('2027-01-20T10:00')).toEqual({})
  })

  it('of an anonymous report holds days and nothing finer, from its first moment to its next', async () => {
    const { code } = await filed(ORDINARY.map(answer => (answer === 'terbuka' ? 'anonim' : answer)))
    const { answer, resolve } = await clocksOf(code)
    for (const clock of [answer, resolve]) {
      expect(clock?.turns).toEqual([at('2026-11-23T00:00')])
      expect(clock?.next_at).toEqual(at('2026-11-23T00:00'))
    }
    await tick('2026-11-23T09:01')
    expect(await dueOf(code)).toMatchObject({ answer: '2026-11-30' })
    // Half of the five days from Tuesday's opening on: Thursday, at the same minute whatever the hour it was filed.
    expect((await clocksOf(code)).answer?.next_at).toEqual(at('2026-11-26T11:15'))
  })
})

describe('a calendar that changes', () => {
  const closed = (...days: string[]) =>
    house('lhokseumawe', { closures: days.map(day => ({ day, why: 'banjir', source: 'contoh' })) })

  it('moves what is due, and the desk is told once, in hours', async () => {
    const { code } = await filed()
    await tick('2026-11-23T09:01')
    expect(await tick('2026-11-23T20:00', closed('2026-11-26'))).toEqual({})
    expect(await dueOf(code)).toMatchObject({ answer: '2026-12-01' })
    const { general = [] } = await tick('2026-11-24T07:30', closed('2026-11-26'))
    expect(general).toHaveLength(1)
    expect(general[0]).toContain(`${code}, jawaban pertama: 30 November 2026 menjadi 1 Desember 2026`)
    expect(await tick('2026-11-24T07:31', closed('2026-11-26'))).toEqual({})
  })

  it('and changes back before anybody heard of it is not spoken of', async () => {
    const { code } = await filed()
    await tick('2026-11-23T09:01')
    await tick('2026-11-23T20:00', closed('2026-11-26'))
    expect(await tick('2026-11-23T21:00')).toEqual({})
    expect(await tick('2026-11-24T07:30')).toEqual({})
    expect(await dueOf(code)).toMatchObject({ answer: '2026-11-30' })
  })

  it('takes a breach back that is none any more, and tells it when it comes', async () => {
    const { code } = await filed()
    await tick('2026-11-23T09:01')
    await tick('2026-12-01T07:30')
    const later = closed('2026-11-24', '2026-11-25', '2026-11-26')
    await tick('2026-12-01T09:00', later)
    expect(await dueOf(code)).toMatchObject({ answer: '2026-12-03' })
    expect((await tick('2026-12-04T07:30', later)).general?.join()).toContain(
      'batas 3 Desember 2026 sudah lewat',
    )
  })
})
