import { describe, expect, it } from 'vitest'
import { remindMe } from '../../src/actions/remind-me.ts'
import { sendReminders } from '../../src/jobs/reminders.ts'
import { transaction } from '../../src/records/db.ts'
import { lockListings, putListings } from '../../src/records/listing-changes.ts'
import type { Identified } from '../../src/records/listings.ts'
import { setZone } from '../../src/records/zones.ts'
import { act, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { anAgendaItem, aVacancy } from '../helpers/listings.ts'
import { outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { announcer, chatOf, run, turnTo } = outreachOn(line, db)
/** A moment on the walls of Lhokseumawe. */
const at = (local: string) => new Date(`${local}:00+07:00`)
const told = (who: string) =>
  line.heard(who).filter(text => /Pengingat|Ralat|ditarik|Yang berubah/.test(text))

async function put(listings: Identified<'vacancy'>[], events: Identified<'agenda'>[] = []) {
  await transaction(db, async client => {
    await lockListings(client)
    const by = { name: 'import', at: new Date() }
    await putListings(client, 'vacancy', 'lhokseumawe', listings, by)
    await putListings(client, 'agenda', 'lhokseumawe', events, by)
  })
  await run()
  await run()
}
async function wish(who: string, about: string, now = at('2026-11-23T10:00')) {
  await line.say(who, 'menu')
  await line.quiet()
  return resultOf(await act({ line, db, who, at: now }, remindMe, { about }))
}
async function tick(local: string) {
  const count = await sendReminders(db, line.room, ['lhokseumawe'], at(local))
  line.delivery.wake()
  await line.quiet()
  return count
}

describe('a reminder', () => {
  it('goes out once, the morning before, with the real time of closing', async () => {
    await announcer.look()
    await put([aVacancy({})])
    expect(await wish('ani', 'vacancy/analis-hukum')).toMatchObject({
      kind: 'noted',
      when: '9 Desember 2026 pukul 09.00 WIB',
    })
    expect(await tick('2026-12-09T08:59')).toBe(0)
    expect(await tick('2026-12-09T09:00')).toBe(1)
    expect(await tick('2026-12-09T09:01')).toBe(0)
    expect(told('ani')).toHaveLength(1)
    expect(told('ani')[0]).toContain('ditutup 10 Desember 2026 pukul 23.59 WIB')
    expect(told('ani')[0]).toContain('Hati-hati calo')
  })

  it('tells the time where the citizen is, where it is the next day already', async () => {
    await line.say('wita', 'menu')
    await line.quiet()
    await setZone(db.pool, await chatOf('wita'), 'Asia/Makassar')
    expect(await wish('wita', 'vacancy/analis-hukum')).toMatchObject({
      text: 'lowongan *Analis Hukum (contoh)* ditutup 10 Desember 2026 pukul 23.59 WIB (11 Desember 2026 pukul 00.59 WITA)',
      // The day before, there.
      when: '10 Desember 2026 pukul 09.00 WITA',
    })
    expect(await tick('2026-12-10T07:59')).toBe(0)
    expect(await tick('2026-12-10T08:00')).toBe(1)
  })

  it('moves with its date, and what was told is corrected and told again', async () => {
    turnTo(at('2026-12-09T10:00'))
    await wish('belum', 'vacancy/analis-hukum')
    const before = { ani: told('ani').length, belum: told('belum').length }
    await put([aVacancy({ closes_at: '2026-12-20T16:59:00.000Z' })])
    expect(told('ani')).toHaveLength(before.ani + 1)
    expect(told('ani').at(-1)).toContain('*Ralat.*')
    expect(told('ani').at(-1)).toContain('sekarang 20 Desember 2026 pukul 23.59 WIB')
    // Who was not reminded yet asked about it as well: they hear it, but have nothing to be corrected.
    expect(told('belum')).toHaveLength(before.belum + 1)
    expect(told('belum').at(-1)).not.toContain('Ralat')
    await tick('2026-12-10T09:00')
    expect(told('belum')).toHaveLength(before.belum + 1)
    expect(await tick('2026-12-19T09:00')).toBe(2)
    expect(await tick('2026-12-20T08:00')).toBe(1)
    expect(told('ani')).toHaveLength(before.ani + 2)
  })

  it('is not sent for what was withdrawn, nor after its time', async () => {
    const event = anAgendaItem({
      id: 'batal',
      title: 'Bursa Kerja (contoh)',
      starts_at: '2026-12-27T02:00:00.000Z',
      ends_at: '2026-12-27T05:00:00.000Z',
    })
    await put([], [event])
    await wish('citra', 'agenda/batal')
    await put([], [{ ...event, withdrawn: 'hujan deras' }])
    expect(told('citra').at(-1)).toContain('ditarik: hujan deras')
    expect(await tick('2026-12-26T09:00')).toBe(0)
    await put(
      [],
      [
        anAgendaItem({
          id: 'lewat',
          starts_at: '2026-12-28T02:00:00.000Z',
          ends_at: '2026-12-28T05:00:00.000Z',
        }),
      ],
    )
    await wish('dedi', 'agenda/lewat')
    expect(await tick('2026-12-29T09:00')).toBe(0)
    expect(told('dedi')).toEqual([])
  })

  it('ends with stop', async () => {
    await put([aVacancy({ id: 'lain', closes_at: '2027-01-10T16:59:00.000Z' })])
    await wish('eka', 'vacancy/lain')
    await line.say('eka', 'stop')
    await line.quiet()
    expect(await tick('2027-01-09T09:00')).toBe(0)
    const { rowCount } = await db.pool.query('select 1 from reminders where conversation_id = $1', [
      await chatOf('eka'),
    ])
    expect(rowCount).toBe(0)
  })

  it('is told at once where it is too late for one', async () => {
    await put([aVacancy({ id: 'segera', closes_at: '2026-11-23T05:00:00.000Z' })])
    expect(await wish('fajar', 'vacancy/segera', at('2026-11-23T10:00'))).toMatchObject({ kind: 'late' })
    expect(await wish('fajar', 'vacancy/segera', at('2026-11-23T13:00'))).toMatchObject({ kind: 'gone' })
    expect(await wish('fajar', 'vacancy/tidak-ada')).toMatchObject({ kind: 'gone' })
  })
})
