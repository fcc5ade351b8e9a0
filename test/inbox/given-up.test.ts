import { describe, expect, it } from 'vitest'
import { arrivalOf } from '../../src/inbox/arrival.ts'
import { setAside } from '../../src/inbox/set-aside.ts'
import { testDatabase } from '../helpers/database.ts'
import { message, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

/** A message whose last attempt just failed. */
async function giveUp(more: Parameters<typeof message>[0]): Promise<void> {
  const arrival = arrivalOf(message(more), line.room.sealing)
  const { quarantined } = await setAside(
    db,
    line.room,
    { ...arrival, row: { id: 0, attempts: 4 } },
    new TypeError('x'),
  )
  expect(quarantined).toBe(true)
  line.delivery.wake()
  await line.quiet()
}

describe('who hears of a message that was given up', () => {
  it.each([
    ['id', 'pesan Bapak/Ibu'],
    ['en', 'your last message'],
  ])(
    'its citizen, even when it was the first ever, in the language asked for: %s',
    async (language, words) => {
      await giveUp({ address: `new-${language}`, text: 'lapor', language })
      expect(line.heard(`new-${language}`)).toEqual([expect.stringContaining(words)])
      await line.say(`new-${language}`, 'menu')
      await line.quiet()
      expect(line.heard(`new-${language}`)).toHaveLength(2)
    },
  )

  it('its citizen in the language of the chat', async () => {
    await line.say('carol', 'language')
    await line.say('carol', 'English')
    await line.quiet()
    await giveUp({ address: 'carol', text: 'complaint' })
    expect(line.heard('carol').at(-1)).toContain('your last message')
  })

  it('the restricted desk alone, of its own', async () => {
    await line.work('pengawasan', 'Rina', 'bantuan')
    await line.quiet()
    const general = line.shown('general').length
    await giveUp({
      channel: 'web',
      address: 'desk:pengawasan',
      from: { is: 'desk', desk: 'pengawasan', staff: 'Rina' },
      text: 'catatan',
    })
    await expect.poll(() => line.shown('pengawasan').at(-1), { timeout: 8_000 }).toContain('disisihkan')
    expect(line.shown('general')).toHaveLength(general)
  })
})

describe('messages_received_total', () => {
  it('counts what people send, not what conversations tell one another', async () => {
    const received = () => Number(/messages_received_total (\d+)/.exec(line.counters.text())?.[1])
    const before = received()
    await line.say('dedi', 'petugas')
    await line.quiet()
    expect(line.shown('general').length).toBeGreaterThan(0)
    expect(received()).toBe(before + 1)
  })
})
