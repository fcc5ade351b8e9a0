import { expect, it } from 'vitest'
import { createStandings, watched } from '../src/channel-standings.ts'
import { SendError } from '../src/channels/channel.ts'
import { openLog } from '../src/lib/log.ts'
import { standingsOf } from '../src/records/channel-standings.ts'
import { testDatabase } from './helpers/database.ts'
import { fakePlatform } from './helpers/line.ts'

const { db } = await testDatabase()
const platform = fakePlatform('whatsapp-cloud')
const standings = createStandings({ db, log: openLog('silent') })
const channel = watched(platform, standings, office => office === 'medan')
const message = {
  office: 'medan',
  channel: 'whatsapp-cloud',
  address: '1',
  key: 'k',
  seq: 1,
  from: 'bot',
  text: 'Halo.',
} as const
const stands = async () => (await standingsOf(db.pool, 'medan')).get('whatsapp-cloud')

async function send(failure?: ConstructorParameters<typeof SendError>[0], office = 'medan'): Promise<void> {
  platform.before = () => {
    if (failure !== undefined) throw new SendError(failure, 'as told')
  }
  await channel.send({ ...message, office }).catch(error => expect(error).toBeInstanceOf(SendError))
}

it('notes down what each send says of its platform, and since when', async () => {
  await send(undefined, 'lhokseumawe')
  await send('unknown')
  expect(await stands()).toBeUndefined()
  await send()
  await expect.poll(stands).toMatchObject({ state: 'up', reason: '' })
  const since = (await stands())?.since
  await send('blocked')
  expect((await stands())?.since).toEqual(since)
  await send('unreachable')
  await expect.poll(stands).toMatchObject({ state: 'down', reason: 'unreachable' })
  expect((await stands())?.since.getTime()).toBeGreaterThan(since?.getTime() ?? 0)
  await send('refused')
  await expect.poll(stands).toMatchObject({ state: 'up' })
  expect((await standingsOf(db.pool, 'lhokseumawe')).size).toBe(0)
})
