import { describe, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { createAnnouncer } from '../../src/outreach/announcer.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, houses, NOON, testLine } from '../helpers/line.ts'
import { announcementIn, outreachOn } from '../helpers/outreach.ts'

const office = 'lhokseumawe'
const own = houses.houses.get(office)?.office
if (own === undefined) throw new Error('No such office.')

describe('in trial mode', async () => {
  const { db } = await testDatabase()
  const line = await testLine(db)
  const { subscribers, work } = outreachOn(line, db)

  it('only people on the list of staff are told anything first', async () => {
    await subscribers(['501', '502'])
    const id = await addStaff(db.pool, line.room.sealing, {
      office,
      name: 'Rina',
      role: 'staff',
      desks: null,
    })
    const code = await linkForStaff(db.pool, line.room.sealing, { id, office })
    await bindAccount(db, line.room.sealing, { office, channel: 'telegram', account: '502' }, code)
    const trial = createAnnouncer({
      db,
      room: { ...line.room, isTrial: true },
      offices: () => [office],
      wake: line.delivery.wake,
      log: openLog('silent'),
      now: () => NOON,
    })
    const announcement = announcementIn(await work('Rina', 'umumkan: Uji coba pengumuman kantor hari ini.'))
    await work('Budi', `setujui ${announcement}`)
    await work('Budi', `kirim ${announcement}`)
    while (await trial.look()) await line.quiet()
    const told = (who: string) => line.heard(who).filter(text => text.includes('Uji coba pengumuman')).length
    expect([told('501'), told('502')]).toEqual([0, 1])
  })
})

describe('a linked number', async () => {
  const { db } = await testDatabase()
  const line = await testLine(db, undefined, fakePlatform('whatsapp'))
  const { subscribers, work, run, turnTo, states } = outreachOn(line, db)
  const told = () => line.citizens.sent.filter(({ text }) => text.includes('Uji coba pengumuman')).length

  async function announce(): Promise<string> {
    const code = announcementIn(await work('Rina', 'umumkan: Uji coba pengumuman kantor hari ini.'))
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    return code
  }

  it('writes to nobody first, and staff read so beforehand', async () => {
    await subscribers(['628a', '628b', '628c'])
    const code = await announce()
    expect(await work('Budi', `pratinjau ${code}`)).toContain('Tidak dijangkau: 3')
    await run()
    expect(told()).toBe(0)
  })

  it('where the office turned that on, writes to so many a day', async () => {
    Object.assign(own, { linked_number_first_a_day: 2 })
    await announce()
    await run(5)
    expect(told()).toBe(2)
    expect(await states()).toEqual({ planned: 1, sent: 2 })
    // The outbox's rows of today are yesterday's then.
    await db.pool.query(`update outbox set created_at = created_at - interval '2 days'`)
    turnTo(new Date(NOON.getTime() + 60_000))
    await run(5)
    expect(told()).toBe(3)
    Object.assign(own, { linked_number_first_a_day: 0 })
  })
})
