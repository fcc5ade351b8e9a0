import { describe, expect, it } from 'vitest'
import { readPostponed } from '../../src/desk/postponed-day.ts'
import { returnPostponed } from '../../src/jobs/postponed.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { work, dueOf } = clockLine(line, db)

async function desk(text: string): Promise<string> {
  await work('2026-11-23T09:00', text)
  await line.quiet()
  return line.shown('general').at(-1) ?? ''
}

async function tick(local: string): Promise<number> {
  const returned = await returnPostponed(db, line.room, ['lhokseumawe'], at(local))
  await line.quiet()
  return returned
}

describe('a ticket that is put off', () => {
  it('says so on its card and to the citizen, with the reason; its promise goes on', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    const due = await dueOf(code)
    const done = await desk(`tunda ${code} 2 Desember menunggu berkas dari kecamatan`)
    expect(done).toContain(`${code} ditunda Rina sampai 2 Desember 2026`)
    expect(line.heard('ani').at(-1)).toBe(
      `Penanganan laporan ${code} ditunda sampai 2 Desember 2026. Alasannya: menunggu berkas dari kecamatan`,
    )
    expect(await desk(`lihat ${code}`)).toContain('Ditunda sampai 2 Desember 2026')
    expect(await dueOf(code)).toEqual(due)
  })

  it('comes back to its desk on that day, once, in working hours', async () => {
    const code = codeIn(await fileComplaint(line, 'beni'))
    await desk(`tunda ${code} sampai 5 Desember, pejabatnya cuti`)
    await tick('2026-12-04T10:00')
    const before = line.shown('general').length
    expect(await tick('2026-12-05T10:00')).toBe(0)
    expect(await tick('2026-12-07T06:00')).toBe(0)
    // A Saturday: the next working morning.
    expect(await tick('2026-12-07T08:00')).toBe(1)
    expect(line.shown('general').slice(before)).toEqual([
      `${code} kembali: ditunda sampai 5 Desember 2026. Untuk membacanya: lihat ${code}`,
    ])
    expect(await tick('2026-12-07T09:00')).toBe(0)
    expect(await desk(`lihat ${code}`)).not.toContain('Ditunda sampai')
  })

  it('does not come back once it is done', async () => {
    const code = codeIn(await fileComplaint(line, 'cici'))
    await desk(`tunda ${code} besok menunggu kepala`)
    await desk(`selesai ${code} Sudah ditangani.`)
    const withdrawn = codeIn(await fileComplaint(line, 'cita'))
    await desk(`tunda ${withdrawn} besok menunggu kepala`)
    await db.pool.query(`update tickets set status = 'withdrawn' where code = $1`, [withdrawn])
    expect(await tick('2026-11-24T10:00')).toBe(0)
  })

  it('needs a day to come and a reason', async () => {
    const code = codeIn(await fileComplaint(line, 'dedi'))
    expect(await desk(`tunda ${code} menunggu berkas`)).toContain('sampai tanggal berapa?')
    expect(await desk(`tunda ${code} 2 Desember`)).toContain('apa alasannya?')
    expect(await desk(`tunda ${code} 2 Juni 2027 menunggu berkas`)).toContain('paling lama 60 hari')
    expect(await desk(`tunda ${code} 1 November 2026 menunggu berkas`)).toContain('sampai tanggal berapa?')
  })
})

describe('a day to come, as staff write it', () => {
  // A Monday.
  const today = '2026-11-23T09:00:00+07:00'
  it.each([
    ['2 Desember menunggu berkas', '2026-12-02', 'menunggu berkas'],
    ['sampai 2/12/2026: menunggu berkas', '2026-12-02', 'menunggu berkas'],
    ['besok karena rapat', '2026-11-24', 'rapat'],
    ['Kamis menunggu kepala', '2026-11-26', 'menunggu kepala'],
    ['Senin menunggu kepala', '2026-11-30', 'menunggu kepala'],
    ['hari Senin depan menunggu kepala', '2026-11-30', 'menunggu kepala'],
    ['3 hari lagi, pejabat cuti', '2026-11-26', 'pejabat cuti'],
    ['5 Januari menunggu anggaran', '2027-01-05', 'menunggu anggaran'],
  ])('%s', (words, day, reason) => {
    expect(readPostponed(words, today)).toEqual({ day, reason })
  })

  it.each(['kemarin lupa', '1 November 2026 menunggu', 'hari ini sibuk', '0 hari', 'menunggu', ''])(
    'not: %s',
    words => {
      expect(readPostponed(words, today)).toBeUndefined()
    },
  )

  it('is none in a year of two digits that has gone by', () => {
    expect(readPostponed('2 Desember 20 menunggu', today)).toBeUndefined()
  })

  it('is none where the next year has no such day', () => {
    const leapYear = '2028-03-05T08:00:00+07:00'
    expect(readPostponed('29 Februari rapat', leapYear)).toBeUndefined()
    expect(readPostponed('28 Februari rapat', leapYear)?.day).toBe('2029-02-28')
  })
})
