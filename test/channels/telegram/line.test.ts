import { describe, expect, it } from 'vitest'
import type { ChannelName } from '../../../src/channels/channel.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { counted } from '../../../src/counted.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine, type Line } from '../../../src/line.ts'
import { isAway } from '../../../src/records/away.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { issueCode } from '../../../src/records/single-use.ts'
import { addStaff, linkForStaff } from '../../../src/records/staff.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import { testDatabase } from '../../helpers/database.ts'
import { codeIn, fakePlatform, houses, ORDINARY } from '../../helpers/line.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'

const { db, address } = await testDatabase()
const office = 'lhokseumawe'
const log = openLog((process.env.TEST_LOG ?? 'silent') as 'silent')

/** The whole line with a fake Telegram at its end. */
async function house() {
  const telegram = await startFakeTelegram({ secondMs: 20 })
  const keyring = makeKeyring()
  const sealing = createSealing(keyring)
  const wake: { now: () => void } = { now: () => undefined }
  const channel = telegramChannel({
    bots: [{ office, token: telegram.bot.token, by: 'poll' }],
    apiRoot: telegram.url,
    ...telegramRecords({ db, sealing, address, wake: () => wake.now() }),
    files: { put: async () => ({ refused: 'no_room' }), open: async () => undefined },
    away: isAway,
    log,
    counters: createCounters(telegramCounts),
  })
  const line: Line = buildLine({
    db,
    keyring,
    houses: houses.houses,
    // Telegram's own pace is the outbox's affair, and would make minutes of this.
    channels: new Map<ChannelName, typeof channel>([
      ['telegram', { ...channel, pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 } }],
      ['web', { ...channel, ...fakePlatform('web') }],
    ]),
    log,
    alone: true,
    counters: counted(),
  })
  wake.now = () => line.delivery.wake()
  await line.start()
  return { telegram, line, sealing }
}

describe('the line on Telegram', () => {
  it('takes a complaint from a citizen to the topic of a desk’s group, and the answer back', async () => {
    const { telegram, line, sealing } = await house()
    try {
      const group = telegram.group('Meja Umum', 'forum')
      const [rina, siti] = [telegram.user('Rina'), telegram.user('Siti')]
      group.adds(rina)
      group.adds(telegram.bot, 'administrator')
      const code = await issueCode(db.pool, sealing, { office, opens: 'group', whose: 'general' }, 1)
      rina.in(group).says(`/pasang ${code}`)
      await telegram.until(() => telegram.transcript(group.place).includes('menjadi grup meja layanan'))
      const staff = { office, name: 'Rina Contoh', role: 'staff' as const, desks: null }
      const id = await addStaff(db.pool, sealing, staff)
      rina.starts(await linkForStaff(db.pool, sealing, { id, office }))
      await telegram.until(() => rina.sees().includes('terdaftar sebagai petugas'))

      const answered = (count: number) =>
        telegram.until(() => siti.messages().filter(({ from }) => from?.is_bot).length >= count, 10_000)
      let answers = 0
      for (const words of ORDINARY) {
        siti.says(words)
        answers += 1
        await answered(answers)
      }
      const ticket = codeIn(siti.sees())
      const topic = await telegram.until(
        () => [...group.place.topics.values()].find(({ name }) => name.includes(ticket)),
        10_000,
      )
      await telegram.until(() => telegram.transcript(group.place, topic.id).includes(ticket), 10_000)
      expect(telegram.transcript(group.place)).not.toMatch(/Siti|Budi Contoh/)

      rina.in(group, topic.id).says(`/balas ${ticket} Loket 3 sudah dibuka.`)
      await telegram.until(() => siti.sees().includes('Loket 3 sudah dibuka.'), 10_000)

      // Thrown out before anybody heard of it: the answer is refused, waits, and comes when the bot is back.
      const forbidden = { error: 403, description: 'Forbidden: bot was kicked from the supergroup chat' }
      telegram.breaks({ method: 'sendMessage', chat: group.id, times: 1, harm: forbidden })
      rina.in(group, topic.id).says(`/siapa ${ticket}`)
      const statusOf = async () => (await db.pool.query('select status from groups')).rows[0]?.status
      await expect.poll(statusOf, { timeout: 5000 }).toBe('removed')
      group.removes(telegram.bot)
      group.adds(telegram.bot, 'administrator')
      await telegram.until(
        () => telegram.transcript(group.place, topic.id).includes('ditangani Rina Contoh'),
        10_000,
      )

      // A button of a question that is long over.
      const before = siti.messages().length
      const old = siti.messages().find(({ reply_markup: keys }) => keys !== undefined)
      const label = old?.reply_markup?.inline_keyboard[0]?.[0]?.text ?? ''
      siti.presses(label, old)
      await telegram.until(() => siti.messages().length > before)
      expect(siti.sees()).toContain('pilihan itu sudah tidak berlaku')
      expect(telegram.violations).toEqual([])
    } finally {
      await line.stop()
      await telegram.close()
    }
  })
})
