import { beforeEach, describe, expect, it } from 'vitest'
import { closeUnanswered } from '../../src/jobs/unanswered.ts'
import { at, clockLine } from '../helpers/clock-line.ts'
import { testDatabase } from '../helpers/database.ts'
import { firstLamp, followLamp } from '../helpers/lamp.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const { say, work } = clockLine(line, db)
let n = 0
const somebody = () => `citizen${++n}`

const eventsOf = async (code: string): Promise<string[]> =>
  (
    await db.pool.query<{ type: string }>(
      'select e.type from ticket_events e join tickets t on t.id = e.ticket_id where t.code = $1 order by e.id',
      [code],
    )
  ).rows.map(({ type }) => type)
const statusOf = async (code: string) =>
  (await db.pool.query('select status from tickets where code = $1', [code])).rows[0]?.status

async function close(local: string): Promise<number> {
  const closed = await closeUnanswered(db, line.room, ['lhokseumawe'], at(local))
  await line.quiet()
  return closed
}

beforeEach(async () => {
  await owner.db.pool.query('truncate tickets cascade')
})

/** Filed and answered on Monday 23 November at nine; the tenth working day after is Monday 7 December. */
async function answered(who: string): Promise<string> {
  const code = codeIn(await fileComplaint(line, who))
  await work('2026-11-23T09:00', `balas ${code} Sudah kami kerjakan`)
  await line.quiet()
  return code
}

describe('an answered report', () => {
  it('is closed when nobody said anything within the period, told once, and notes that a survey may follow', async () => {
    const who = somebody()
    const code = await answered(who)
    expect(await close('2026-12-07T15:00')).toBe(0)
    const heard = line.heard(who).length
    expect(await close('2026-12-08T10:00')).toBe(1)
    expect(await close('2026-12-08T10:10')).toBe(0)
    expect(await statusOf(code)).toBe('closed')
    expect(line.heard(who).slice(heard)).toEqual([expect.stringContaining('jadi laporan ini kami tutup')])
    expect((await eventsOf(code)).slice(-2)).toEqual(['lapsed', 'survey_invited'])
  })

  it('is closed in working hours alone: not at night, and not on a Sunday', async () => {
    const code = await answered(somebody())
    expect(await close('2026-12-08T03:00')).toBe(0)
    expect(await close('2026-12-13T10:00')).toBe(0)
    expect(await statusOf(code)).toBe('answered')
    expect(await close('2026-12-14T10:00')).toBe(1)
  })

  it('stays open while the desk works on it again', async () => {
    const who = somebody()
    const code = await answered(who)
    await say(who, '2026-11-24T09:00', '', { choice: `t.${code}.no` })
    await say(who, '2026-11-24T09:01', 'Loket tetap tutup')
    await line.quiet()
    expect(line.shown('general').at(-1)).toContain('BELUM selesai')
    expect(line.shown('general').at(-1)).toContain('Loket tetap tutup')
    expect(await close('2026-12-14T10:00')).toBe(0)
    expect(await statusOf(code)).toBe('in_progress')
  })

  it('is closed for everyone who follows it, each told once', async () => {
    const [one, two] = [somebody(), somebody()]
    const first = await firstLamp(line, one)
    await followLamp(line, two, first)
    await work('2026-11-23T09:00', `balas ${first} Lampu sudah diganti`)
    await line.quiet()
    expect(await close('2026-12-08T10:00')).toBe(1)
    for (const who of [one, two])
      expect(line.heard(who).filter(text => text.includes('kami tutup'))).toHaveLength(1)
  })
})

describe('"belum" after the period', () => {
  it('is answered honestly, and becomes a new report that names the old one', async () => {
    const who = somebody()
    const code = await answered(who)
    await close('2026-12-08T10:00')
    await say(who, '2026-12-09T09:00', 'belum selesai')
    await say(who, '2026-12-09T09:01', 'Loket tutup lagi')
    await line.quiet()
    expect(line.heard(who).at(-1)).toContain('sudah lewat')
    await say(who, '2026-12-09T09:02', 'Ya, buat laporan baru')
    await line.quiet()
    const told = line.heard(who).at(-1) ?? ''
    expect(told).toContain(`merujuk laporan *${code}`)
    expect(line.shown('general').at(-1)).toContain(`Lanjutan laporan ${code}. Loket tutup lagi`)
    expect(await statusOf(code)).toBe('closed')
  })

  it('leaves everything closed when that is not wanted', async () => {
    const who = somebody()
    await answered(who)
    await close('2026-12-08T10:00')
    for (const text of ['belum selesai', 'Loket tutup lagi', 'Tidak, cukup'])
      await say(who, '2026-12-09T09:00', text)
    await line.quiet()
    expect(line.heard(who).at(-1)).toContain('tetap tertutup')
    expect((await db.pool.query('select 1 from tickets')).rowCount).toBe(1)
  })
})

it('a report the citizen calls solved is closed with the same note', async () => {
  const who = somebody()
  const code = await answered(who)
  await line.say(who, '', { choice: `t.${code}.ok` })
  await line.quiet()
  expect((await eventsOf(code)).slice(-2)).toEqual(['solved', 'survey_invited'])
})
