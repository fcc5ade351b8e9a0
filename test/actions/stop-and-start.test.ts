import { expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

async function isStopped(who: string): Promise<boolean | undefined> {
  const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
  const { rows } = await db.pool.query<{ stopped: boolean }>(
    'select stopped from conversations where address_hash = $1',
    [hash],
  )
  return rows[0]?.stopped
}

it.each([
  ['id', 'mulai', 'dikirim lagi ke percakapan ini'],
  ['en', 'start', 'come to this chat again'],
])('a word takes STOP back, and no other citizen’s: %s', async (language, word, told) => {
  const [who, other] = [`who-${language}`, `other-${language}`]
  for (const one of [who, other]) await line.say(one, 'stop', { language })
  await line.quiet()
  expect(line.heard(who).at(-1)).toContain(`*${word}*`)
  expect([await isStopped(who), await isStopped(other)]).toEqual([true, true])
  await line.say(who, word, { language })
  await line.quiet()
  expect(line.heard(who).join('\n')).toContain(told)
  expect([await isStopped(who), await isStopped(other)]).toEqual([false, true])
})

it('who never said STOP is told nothing of it', async () => {
  await line.say('new', '/start', { language: 'en' })
  await line.quiet()
  expect(line.heard('new').join('\n')).toContain('How can we help you?')
  expect(line.heard('new').join('\n')).not.toContain('again')
  expect(await isStopped('new')).toBe(false)
})

it('the last word counts, though both came at the same moment', async () => {
  await line.say('quick', 'menu')
  await Promise.all([line.say('quick', 'stop'), line.say('quick', 'mulai')])
  await line.quiet()
  expect(await isStopped('quick')).toBe(false)
  await Promise.all([line.say('quick', 'mulai'), line.say('quick', 'stop')])
  await line.quiet()
  expect(await isStopped('quick')).toBe(true)
})
