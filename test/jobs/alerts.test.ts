import { describe, expect, it } from 'vitest'
import { judge, tellAlerts } from '../../src/jobs/alerts.ts'
import { needsNow, needsOfOffice } from '../../src/jobs/needs-a-person.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const MINUTE = 60_000
const START = Date.parse('2026-11-23T02:00:00Z')
const down = [{ name: 'channel/telegram', words: 'Kanal telegram tidak menerima' }]

describe('what needs a person', () => {
  it('is told once when it has lasted, and once when it is over, however often it comes and goes', () => {
    let standing: ReturnType<typeof judge>['standing'] = {}
    const told: [minute: number, line: string][] = []
    for (let minute = 0; minute < 200; minute += 1) {
      // Two minutes that are nobody's business; then an hour; then it comes and goes every third minute.
      const isDown = minute < 2 || (minute >= 10 && minute < 70) || (minute > 90 && minute % 3 === 0)
      const judged = judge(standing, isDown ? down : [], START + minute * MINUTE)
      standing = judged.standing
      for (const one of judged.lines) told.push([minute, one])
    }
    expect(told).toEqual([
      [15, '⚠ Kanal telegram tidak menerima'],
      [75, '✔ Selesai: Kanal telegram tidak menerima'],
      [135, '⚠ Kanal telegram tidak menerima'],
    ])
  })

  it('forgets what nobody was told of, and a day later what was', () => {
    const first = judge({}, down, START)
    const gone = judge(first.standing, [], START + MINUTE)
    expect(judge(gone.standing, [], START + 7 * MINUTE).standing).toEqual({})
    const told = judge(first.standing, down, START + 6 * MINUTE)
    const left = judge(told.standing, [], START + 7 * MINUTE)
    const over = judge(left.standing, [], START + 13 * MINUTE)
    expect(over.lines).toHaveLength(1)
    expect(judge(over.standing, [], START + 25 * 60 * MINUTE).standing).toEqual({})
  })

  it('is seen in the line, by counts and names of ours alone', async () => {
    await fileComplaint(line, 'ani')
    expect(await needsOfOffice(db.pool, 'lhokseumawe')).toEqual([])
    await db.pool.query(
      `update outbox set status = 'waiting', attempts = 3, due_at = now() + interval '50 minutes', created_at = now() - interval '20 minutes'
       where id = (select max(id) from outbox where channel = 'telegram')`,
    )
    await db.pool.query(
      `insert into inbox (office, channel, message_hash, status, sealed, received_at)
       values ('lhokseumawe', 'telegram', '\\x01', 'quarantined', '\\x00', now())`,
    )
    const needs = await needsOfOffice(db.pool, 'lhokseumawe')
    expect(needs.map(({ name }) => name)).toEqual(['channel/telegram', 'quarantine'])
    expect(needs.map(({ words }) => words).join()).not.toMatch(/ani|LSM|Budi/)
    await db.pool.query(`delete from outbox where status = 'waiting'`)
    await db.pool.query(`delete from inbox where status = 'quarantined'`)
    expect(await needsOfOffice(db.pool, 'lhokseumawe')).toEqual([])
  })

  it('comes from the disk, the backups and the keys as well, for every office', async () => {
    const parts = {
      db,
      space: async () => ({ free: 2 ** 30, total: 2 ** 40 }),
      warnings: async () => [{ about: 'backup' as const, words: 'for the server' }],
    }
    const live = await needsNow({ ...parts, mode: 'live' }, ['lhokseumawe', 'medan'])
    expect(live.get('medan')?.map(({ name }) => name)).toEqual(['disk', 'warning/backup'])
    const busy = await needsNow({ ...parts, load: { level: () => 2 }, mode: 'live' }, ['medan'])
    expect(busy.get('medan')?.map(({ name }) => name)).toContain('load')
    expect(live.get('medan')?.map(({ name }) => name)).not.toContain('load')
    const trial = await needsNow({ ...parts, mode: 'trial' }, ['medan'])
    expect(trial.get('medan')?.map(({ name }) => name)).toEqual(['disk'])
  })

  it('reaches administrators in their chat with the bot, and the general desk where none has one', async () => {
    const at = (minute: number) => new Date(START + minute * MINUTE)
    const alert = (minute: number, found: typeof down | []) =>
      tellAlerts(db, line.room, new Map([['lhokseumawe', [...found]]]), at(minute))
    await alert(0, down)
    expect(await alert(6, down)).toBe(1)
    await line.quiet()
    expect(line.shown('general').at(-1)).toContain('⚠ Kanal telegram tidak menerima')

    const { sealing } = line.room
    for (const [name, role] of [
      ['Sari', 'admin'],
      ['Tono', 'staff'],
    ] as const) {
      const who = { office: 'lhokseumawe', name, role, desks: null }
      const id = await addStaff(db.pool, sealing, who)
      const code = await linkForStaff(db.pool, sealing, { id, office: 'lhokseumawe' })
      await bindAccount(db, sealing, { office: 'lhokseumawe', channel: 'telegram', account: name }, code)
      await line.say(name, 'menu')
    }
    await line.quiet()
    await alert(20, [])
    expect(await alert(26, [])).toBe(1)
    await line.quiet()
    expect(line.heard('Sari').at(-1)).toContain('✔ Selesai: Kanal telegram tidak menerima')
    expect(line.heard('Tono').join()).not.toContain('Selesai')
  })
})
