import { expect, it } from 'vitest'
import { askFor } from '../../../src/records/whatsapp-session.ts'
import { testDatabase } from '../../helpers/database.ts'
import { eventually, OFFICE, type Stage, stage } from './fixture.ts'

const database = await testDatabase()
const { db } = database

async function begun(change: Parameters<typeof stage>[1] = {}): Promise<Stage> {
  const at = await stage(database, change)
  await at.start()
  return at
}

const workers = (at: Stage) => at.whatsapp.number.logins.length
const told = async () => (await db.pool.query(`select 1 from inbox where status = 'pending'`)).rowCount
const written = async () => (await db.pool.query(`select 1 from whatsapp_heard where sealed <> ''`)).rowCount
const keysKept = async () => (await db.pool.query('select 1 from whatsapp_keys')).rowCount

it('does nothing before somebody asks, links by a code, and comes back by itself from what passes', async () => {
  const at = await begun()
  expect(at.channel.holds(OFFICE)).toBe(false)
  // Without a network nobody is told to scan faster.
  await at.whatsapp.goesAway()
  await askFor(db.pool, at.sealing, OFFICE, { by: 'qr' })
  await eventually(async () => (await at.session())?.reason === 'unreachable')
  expect(await at.session()).toMatchObject({ status: 'unlinked', asked: undefined })
  await at.whatsapp.comesBack()
  // Somebody begins with a QR code, and changes their mind.
  await askFor(db.pool, at.sealing, OFFICE, { by: 'qr' })
  await eventually(async () => (await at.session())?.shown?.is === 'qr')
  await askFor(db.pool, at.sealing, OFFICE, { by: 'code', phone: at.whatsapp.number.digits })
  const shown = await eventually(async () => {
    const { shown } = (await at.session()) ?? {}
    return shown?.is === 'code' && shown
  })
  expect(shown).toMatchObject({ is: 'code', text: expect.stringMatching(/^[0-9A-Z]{8}$/) })
  await eventually(() => at.whatsapp.number.isAskedForCode)
  expect(await at.whatsapp.number.types(shown.text)).toBe(true)
  await eventually(() => at.channel.holds(OFFICE))
  expect(await at.session()).toMatchObject({ status: 'linked', shown: undefined, asked: undefined })

  const nia = at.whatsapp.citizen('Nia')
  for (const code of [503, 500, 428]) {
    const before = workers(at)
    at.whatsapp.number.kicks(code)
    await eventually(() => workers(at) > before && at.channel.holds(OFFICE))
  }
  await at.whatsapp.goesAway()
  for (let n = 1; n <= 30; n += 1) nia.says(`pesan ${n}`)
  await at.whatsapp.comesBack()
  await eventually(() => at.heard.length === 30)
  expect(at.heard.map(({ text }) => text)).toEqual(Array.from({ length: 30 }, (_, n) => `pesan ${n + 1}`))
  expect(at.whatsapp.number.mostAtOnce).toBe(1)
  expect(await told()).toBe(0)
})

it('links although WhatsApp took the first secret back; replaced, it stops, tells each desk once, and goes on when asked', async () => {
  const at = await begun()
  await askFor(db.pool, at.sealing, OFFICE, { by: 'qr' })
  const old = await eventually(async () => (await at.session())?.shown?.text)
  at.whatsapp.number.refreshes(old)
  const fresh = await eventually(async () => {
    const text = (await at.session())?.shown?.text
    return text !== old && text
  })
  expect(at.whatsapp.number.scans(old)).toBe(false)
  expect(at.whatsapp.number.scans(fresh)).toBe(true)
  await eventually(() => at.channel.holds(OFFICE))

  const before = workers(at)
  at.whatsapp.number.kicks(440)
  await eventually(async () => (await at.session())?.status === 'stopped')
  expect(await at.session()).toMatchObject({ reason: 'replaced' })
  expect(await told()).toBe(2)
  // Not after a restart either: the number stays stopped until somebody asks.
  await at.channel.stop()
  const next = at.another()
  await at.start(next)
  expect(workers(at)).toBe(before)
  await askFor(db.pool, at.sealing, OFFICE, { by: 'qr' })
  await eventually(() => next.holds(OFFICE))
  expect(await at.session()).toMatchObject({ status: 'linked' })
  expect(await told()).toBe(2)
  await next.stop()
})

it('forgets the account when the phone has removed it', async () => {
  const at = await begun()
  await at.link()
  expect(await keysKept()).toBeGreaterThan(0)
  at.whatsapp.number.kicks(401)
  await eventually(async () => (await at.session())?.status === 'unlinked')
  expect(await at.session()).toMatchObject({ reason: 'logged_out' })
  expect(await keysKept()).toBe(0)
  expect(await told()).toBe(2)
})

it('acknowledges only what is written, takes it in at the next start, and closes its socket while the records are away', async () => {
  let isBroken = true
  const at = await begun({
    times: { away: 500 },
    onMessage: () => {
      if (isBroken) throw new Error('The records fail.')
    },
  })
  await at.link()
  const oki = at.whatsapp.citizen('Oki')
  const said = oki.says('jangan hilang')
  await eventually(() => at.whatsapp.number.deliveredAt(said))
  expect(await written()).toBe(1)
  await at.channel.stop()
  expect(at.heard).toEqual([])
  isBroken = false
  const next = at.another()
  await at.start(next)
  await eventually(async () => (await written()) === 0)
  expect(at.heard.map(({ text }) => text)).toEqual(['jangan hilang'])

  await eventually(() => next.holds(OFFICE))
  const lock = await db.pool.connect()
  await lock.query('begin; lock table polls, whatsapp_keys in access exclusive mode')
  const later = oki.says('selama gangguan')
  await eventually(() => !at.whatsapp.number.isOnline, 4_000)
  expect(at.whatsapp.number.deliveredAt(later)).toBeUndefined()
  await lock.query('rollback')
  lock.release()
  await eventually(() => at.heard.length === 2)
  expect(at.heard[1]?.text).toBe('selama gangguan')
  expect(at.whatsapp.number.mostAtOnce).toBe(1)
  await next.stop()
})
