import { expect, it } from 'vitest'
import { jobsOf } from '../../src/clockwork.ts'
import { openLog } from '../../src/lib/log.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const files = {
  put: async () => ({ refused: 'no_room' as const }),
  open: async () => undefined,
  sweep: async () => 0,
}

it('what nobody waits for is left out while there is too much to do, and what somebody waits for is done', async () => {
  let isBusy = true
  const jobs = jobsOf({
    db,
    room: line.room,
    offices: houses,
    files,
    warnings: async () => [],
    log: openLog('silent'),
    isBusy: () => isBusy,
  })
  const run = async () => {
    for (const job of jobs.filter(({ name }) => ['figures', 'search', 'clocks', 'silences'].includes(name)))
      await job.run()
    const { rows } = await db.pool.query<{ name: string }>('select name from job_runs order by name')
    return rows.map(({ name }) => name)
  }
  expect(await run()).toEqual(['clocks', 'silences'])
  isBusy = false
  expect(await run()).toEqual(['clocks', 'figures', 'search', 'silences'])
})
