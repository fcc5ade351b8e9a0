import { expect, it } from 'vitest'
import { arrivalOf } from '../../src/inbox/arrival.ts'
import { createCareful } from '../../src/inbox/careful.ts'
import { openLog } from '../../src/lib/log.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()

it('sends ten thousand of one address home when it stops, however long they stood behind one another', async () => {
  const arrival = arrivalOf(
    {
      office: 'medan',
      channel: 'web',
      address: 'ani',
      externalId: 'm1',
      from: { is: 'citizen' },
      kind: 'text',
      text: 'menu',
      sentAt: new Date(),
    },
    createSealing(makeKeyring()),
  )
  let letGo: () => void = () => undefined
  const first = new Promise<void>(done => {
    letGo = done
  })
  const careful = createCareful(
    { db, log: openLog('silent') },
    () => first,
    () => new Error('stopping'),
  )
  let sentHome = 0
  const waiting = { arrival, resolve: () => undefined, reject: () => void sentHome++ }
  for (let n = 0; n < 10_000; n++) careful.add(waiting)
  const stopping = careful.stop()
  letGo()
  await stopping
  expect(sentHome).toBe(9_999)
})
