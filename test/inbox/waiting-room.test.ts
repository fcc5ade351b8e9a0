import { expect, it } from 'vitest'
import type { Arrival } from '../../src/inbox/arrival.ts'
import { storeTold } from '../../src/inbox/store-told.ts'
import { arrivalOfTell } from '../../src/inbox/tell.ts'
import { createWaitingRoom } from '../../src/inbox/waiting-room.ts'
import { openLog } from '../../src/lib/log.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const sealing = createSealing(makeKeyring())
const TOLD = 700

/** Takes what it is given a dozen at a time, in order, as the inbox does for a desk. */
function slowTaker() {
  const queue: { arrival: Arrival; resolve(receipt: { repeat: boolean }): void }[] = []
  const rows: unknown[] = []
  let most = 0
  const add = (arrival: Arrival) =>
    new Promise<{ repeat: boolean }>(resolve => {
      queue.push({ arrival, resolve })
      most = Math.max(most, queue.length)
    })
  const takeSome = async () => {
    const batch = queue.slice(0, 12)
    for (const { arrival } of batch) rows.push(arrival.said.row)
    await db.pool.query(`update inbox set status = 'done' where message_hash = any($1::bytea[])`, [
      batch.map(({ arrival }) => arrival.messageHash),
    ])
    for (const { resolve } of queue.splice(0, batch.length)) resolve({ repeat: false })
  }
  return { add, takeSome, rows, most: () => most }
}

it('holds a part of what desks have yet to hear, and all of it is heard in order', async () => {
  const taker = slowTaker()
  const room = createWaitingRoom({ db, sealing, log: openLog('silent'), add: taker.add })
  const tells = Array.from({ length: TOLD }, (_, row) => ({
    key: `told/${row}`,
    office: 'medan',
    to: { desk: 'general' },
    said: { type: 'quarantined', row },
    at: new Date(),
  }))
  for (const tell of tells) await storeTold(db.pool, sealing, tell)
  for (const tell of tells) room.hold(arrivalOfTell(tell, sealing))
  room.open()
  await expect
    .poll(() => taker.takeSome().then(() => new Set(taker.rows).size), { timeout: 8_000, interval: 5 })
    .toBe(TOLD)
  room.close()
  expect(taker.most()).toBeLessThan(TOLD)
  expect([...new Set(taker.rows)]).toEqual(tells.map(({ said }) => said.row))
})
