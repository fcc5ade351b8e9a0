import { expect, it } from 'vitest'
import { askFor } from '../../../src/records/whatsapp-session.ts'
import { standIn } from '../../../src/whatsapp-stand-in.ts'
import { testDatabase } from '../../helpers/database.ts'
import { eventually, OFFICE, stage } from './fixture.ts'

const database = await testDatabase()

it('links a number while no server runs; what is said meanwhile waits for one; then it is unlinked', async () => {
  const at = await stage(database)
  const officeCalled = () => ({ id: OFFICE, zone: 'Asia/Jakarta', desks: {} }) as never
  await askFor(at.db.pool, at.sealing, OFFICE, { by: 'qr' })
  const end = standIn({ office: OFFICE, db: at.db, sealing: at.sealing, officeCalled }, at.place)
  const qr = await eventually(async () => (await at.session())?.shown?.text)
  expect(at.whatsapp.number.scans(qr)).toBe(true)
  await eventually(async () => (await at.session())?.status === 'linked')
  const said = at.whatsapp.citizen('Sari').says('ada orang?')
  await eventually(() => at.whatsapp.number.deliveredAt(said))
  await end()
  expect(at.heard).toEqual([])
  await at.start()
  await eventually(() => at.heard.length === 1)
  expect(at.heard[0]?.text).toBe('ada orang?')

  await eventually(() => at.channel.holds(OFFICE))
  await askFor(at.db.pool, at.sealing, OFFICE, { by: 'unlink' })
  await eventually(async () => (await at.session())?.status === 'unlinked')
  expect(at.whatsapp.number.devices()).toEqual([])
  expect((await at.db.pool.query('select 1 from whatsapp_keys')).rowCount).toBe(0)
})
