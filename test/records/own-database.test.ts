import { expect, it } from 'vitest'
import { checkMode } from '../../src/records/own-database.ts'
import { testDatabase } from '../helpers/database.ts'

const [trial, live] = [await testDatabase(), await testDatabase()]

it('never serves trial data live, nor a live house as a trial', async () => {
  await checkMode(trial.db, 'trial')
  await checkMode(trial.db, 'trial')
  await expect(checkMode(trial.db, 'live')).rejects.toThrow(/begun in trial mode.*another DATA_DIR/)
  await checkMode(live.db, 'live')
  await expect(checkMode(live.db, 'trial')).rejects.toThrow(/begun in live mode.*MODE=live/)
})
