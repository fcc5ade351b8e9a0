import { describe, expect, it } from 'vitest'
import { forgetOld } from '../../src/jobs/keeping.ts'
import { tellSilences } from '../../src/jobs/silences.ts'
import { tellTalks } from '../../src/jobs/talks.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const forget = () => forgetOld(db, line.room)
const hashOf = (who: string) => line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)

async function age(who: string, days: number): Promise<void> {
  await db.pool.query(
    `update conversations set updated_at = now() - $2 * interval '1 day' where address_hash = $1`,
    [hashOf(who), days],
  )
}

async function rowOf(who: string) {
  const { rows } = await db.pool.query<{
    waiting: string | null
    version: string
    parked: string
    stopped: boolean
  }>('select waiting, version, parked, stopped from conversations where address_hash = $1', [hashOf(who)])
  return rows[0]
}

describe('a draft', () => {
  it('is forgotten 7 days after its citizen last wrote, though they were reminded of it meanwhile', async () => {
    await line.say('ani', 'lapor')
    await line.say('ani', 'layanan')
    await line.quiet()
    await age('ani', 8)
    await tellSilences(db, line.room, new Date())
    await line.quiet()
    expect(line.heard('ani').at(-1)).toContain('7 hari')
    expect((await forget()).drafts).toBe(1)
  })

  it('that was put aside is forgotten as well', async () => {
    for (const text of ['lapor', 'layanan', 'hapus data', 'Simpan dahulu', 'batal'])
      await line.say('bayu', text)
    await line.quiet()
    expect(await rowOf('bayu')).toMatchObject({
      waiting: 'parked',
      version: null,
      parked: expect.any(String),
    })
    await age('bayu', 6)
    expect((await forget()).drafts).toBe(0)
    await age('bayu', 8)
    expect((await forget()).drafts).toBe(1)
    expect(await rowOf('bayu')).toMatchObject({ waiting: null, parked: null })
  })
})

describe('STOP', () => {
  it('ends reminders, though it was the first thing ever said', async () => {
    await line.say('cici', 'STOP')
    await line.quiet()
    expect(await rowOf('cici')).toMatchObject({ stopped: true })
    for (const text of ['lapor', 'layanan']) await line.say('cici', text)
    await line.quiet()
    const heard = line.heard('cici').length
    await age('cici', 2)
    await tellSilences(db, line.room, new Date())
    await line.quiet()
    expect(line.heard('cici')).toHaveLength(heard)
  })

  it('leaves nobody with staff for ever: a silence still ends that', async () => {
    for (const text of ['STOP', 'petugas']) await line.say('dedi', text)
    await line.quiet()
    expect(await rowOf('dedi')).toMatchObject({ stopped: true, waiting: 'staff' })
    await age('dedi', 2)
    // A talk is closed by working time, not by the clock of drafts.
    await tellSilences(db, line.room, new Date('2026-11-24T02:00:00Z'))
    await line.quiet()
    expect(await rowOf('dedi')).toMatchObject({ waiting: 'staff' })
    await tellTalks(db, line.room, new Date('2026-11-24T03:00:00Z'))
    await line.quiet()
    expect(await rowOf('dedi')).toMatchObject({ waiting: null })
  })
})
