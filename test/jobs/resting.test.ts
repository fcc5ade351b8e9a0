import { describe, expect, it } from 'vitest'
import type { Flow } from '../../src/conversation/flow.ts'
import { forgetOld } from '../../src/jobs/keeping.ts'
import { archivedFlows, archiveFlows } from '../../src/records/flow-versions.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const age = (days: number) =>
  db.pool.query(`update conversations set updated_at = now() - $1 * interval '1 day'`, [days])
const left = async () =>
  (await db.pool.query<{ n: number }>(`select count(*)::int as n from conversations where party = 'citizen'`))
    .rows[0]?.n

describe('a conversation at rest', () => {
  it('is deleted 90 days after its last use, unless a ticket answers to it', async () => {
    await line.say('ani', 'makasih')
    await line.say('visitor', 'makasih', { channel: 'web' })
    await fileComplaint(line, 'bayu')
    await age(89)
    expect(await forgetOld(db, line.room)).toMatchObject({ chats: 0 })
    await age(91)
    expect(await forgetOld(db, line.room)).toMatchObject({ chats: 2 })
    expect(await left()).toBe(1)
    expect((await db.pool.query(`select 1 from conversations where party = 'desk'`)).rowCount).toBe(1)
  })

  it('stays when STOP was said there, or we would speak first again; a session of the web does not', async () => {
    await line.say('cici', 'stop')
    await line.say('visitor', 'stop', { channel: 'web' })
    await line.quiet()
    const before = (await left()) ?? 0
    await age(91)
    await forgetOld(db, line.room)
    expect(await left()).toBe(before - 1)
  })
})

describe('old versions of a flow', () => {
  const [flow] = houses.flows()
  const version = (name: string): Flow[] => (flow === undefined ? [] : [{ ...flow, version: name }])
  const known = async () => (await archivedFlows(db)).map(one => one.version).sort()

  it('are kept while a draft stands in them, open or put aside, and deleted when nobody can', async () => {
    await db.pool.query('delete from flow_versions')
    for (const name of ['gone', 'open', 'parked']) await archiveFlows(db, version(name))
    await db.pool.query(`update flow_versions set archived_at = now() - interval '9 days'`)
    for (const name of ['open', 'parked']) await line.say(name, 'lapor')
    const hashOf = (who: string) => line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
    const change = (who: string, to: string) =>
      db.pool.query(`update conversations set ${to} where address_hash = $1`, [hashOf(who)])
    await change('open', `version = 'open'`)
    await change('parked', `waiting = 'parked', version = null, parked = 'parked'`)
    await archiveFlows(db, version('today'))
    expect(await known()).toEqual(['open', 'parked', 'today'])
    const { rows } = await db.pool.query('select version from flow_versions order by version')
    expect(rows.map(one => one.version)).toEqual(['open', 'parked', 'today'])
  })
})
