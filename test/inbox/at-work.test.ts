import { expect, it } from 'vitest'
import { comeToWork, forgetLeft, leaveWork } from '../../src/inbox/at-work.ts'
import { createCareful } from '../../src/inbox/careful.ts'
import { openLog } from '../../src/lib/log.ts'
import { type Db, openDb } from '../../src/records/db.ts'
import { testDatabase } from '../helpers/database.ts'

const { address } = await testDatabase()

const openProcess = () => openDb(address, { max: 1 })

/** Careful until the minute after a death is over, or from the start at ease. */
async function isCareful(db: Db): Promise<boolean> {
  const careful = createCareful(
    { db, log: openLog('silent') },
    async () => undefined,
    () => new Error('stopping'),
  )
  await careful.start()
  const watching = careful.isWatching()
  await careful.stop()
  return watching
}

it('takes nobody beside it for dead, and sees a death whoever stopped cleanly since', async () => {
  const [first, second, third] = [openProcess(), openProcess(), openProcess()]
  expect(await comeToWork(first)).toEqual([])
  // The second of several, or the first after an ended one of a rolling restart.
  expect(await isCareful(second)).toBe(false)
  await first.close()
  await expect.poll(() => comeToWork(second)).toHaveLength(1)
  await leaveWork(second)
  expect(await isCareful(third)).toBe(true)
  // Until somebody has been careful for a minute, whoever starts must know.
  const [died] = await comeToWork(second)
  expect(await isCareful(third)).toBe(true)
  await forgetLeft(third, [died ?? ''])
  expect(await isCareful(third)).toBe(false)
  for (const db of [second, third]) await db.close()
})
