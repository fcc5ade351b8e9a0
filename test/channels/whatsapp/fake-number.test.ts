import { setTimeout as pause } from 'node:timers/promises'
import type { WAMessage } from '@whiskeysockets/baileys'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>
let siti: ReturnType<FakeWhatsApp['citizen']>

beforeAll(async () => {
  whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
  bot = client(whatsapp)
  await bot.links()
})
beforeEach(async () => {
  bot.got.length = 0
  siti = whatsapp.citizen('Siti')
  siti.says('halo')
  await whatsapp.until(() => bot.got.length === 1)
})
afterEach(() => expect(whatsapp.problems).toEqual([]))
afterAll(async () => {
  await bot.closes()
  await whatsapp.close()
})

const nth = (index: number) => whatsapp.until(() => bot.got[index]?.message)
const sees = (line: string) => whatsapp.until(() => siti.sees().at(-1) === line)
const send = (content: Parameters<typeof bot.sock.sendMessage>[1], options = {}) =>
  bot.sock.sendMessage(siti.lid, content, options)
/** What the platform answered to a message of ours: 'accepted', an error, or 'nothing'. */
async function answerTo(id: string, { jid = siti.lid, patience = 10_000 } = {}): Promise<string> {
  const ack = bot.sock.waitForMessage(id, patience)
  await bot.sock.sendMessage(jid, { text: 'apa kabar' }, { messageId: id })
  const node = (await ack) as { attrs: Record<string, string> } | undefined
  return node === undefined ? 'nothing' : (node.attrs.error ?? 'accepted')
}

describe('the number', () => {
  it('sends whatever WhatsApp has, and changes its mind', async () => {
    const first = (await send({ text: 'Selamat pagi' })) as WAMessage
    await send({ text: 'Selamat siang', edit: first.key })
    await sees('Balai: Selamat siang (edited)')
    await send({ react: { text: '🙏', key: first.key } })
    await sees('Balai: Selamat siang (edited) {🙏}')
    await send({ delete: first.key })
    await sees('Balai: (deleted) {🙏}')
    await send({ location: { degreesLatitude: 1, degreesLongitude: 2 } })
    await sees('Balai: (location) 1,2')
    await send({ poll: { name: 'Pilih', values: ['Ya', 'Tidak'] } })
    await sees('Balai: (poll) Pilih\n  [Ya]\n  [Tidak]')
    expect(siti.messages().map(one => one.by.name)).toEqual(['Siti', 'Balai', 'Balai', 'Balai'])
  })

  it('is copied to its own phone, which may also write by itself', async () => {
    const { account } = whatsapp.number
    await send({ text: 'salinan' })
    await sees('Balai: salinan')
    await whatsapp.settled()
    expect(account.copies.at(-1)?.content.extendedTextMessage?.text).toBe('salinan')
    whatsapp.number.in(siti).says('dari telepon')
    const copy = await nth(1)
    expect(copy.key).toMatchObject({ remoteJid: siti.lid, fromMe: true })
    expect(copy.message?.conversation).toBe('dari telepon')
    expect(siti.sees().at(-1)).toBe('Balai: dari telepon')
  })

  it('learns what became of a message from the acknowledgement alone', async () => {
    expect(await answerTo('3EB0AA')).toBe('accepted')
    whatsapp.breaks({ on: 'message', to: siti.lid, times: 2, harm: { error: 463 } })
    expect(await answerTo('3EB0AB')).toBe('463')
    whatsapp.world.faults.length = 0
    whatsapp.breaks({ on: 'message', times: 1, harm: { error: 420 } })
    expect(await answerTo('3EB0AC')).toBe('420')
    whatsapp.breaks({ on: 'message', times: 1, harm: { silence: 'before' } })
    expect(await answerTo('3EB0AD', { patience: 300 })).toBe('nothing')
    await whatsapp.settled()
    expect(siti.sees()).toHaveLength(2)
    whatsapp.breaks({ on: 'message', times: 1, harm: { silence: 'after' } })
    siti.switchesOff()
    expect(await answerTo('3EB0AE', { patience: 300 })).toBe('nothing')
    siti.switchesOn()
    whatsapp.breaks({ on: 'message', times: 1, harm: { slow: 50 } })
    expect(await answerTo('3EB0AE')).toBe('accepted')
    await whatsapp.until(() => siti.messages().at(-1)?.copies === 2)
    expect(siti.sees()).toHaveLength(3)
    expect(whatsapp.number.posted.slice(-6).map(one => one.ack)).toEqual([
      'accepted',
      '463',
      '420',
      'silence before',
      'silence after',
      'accepted',
    ])
    expect(await answerTo('3EB0AF', { jid: '6200000999998@s.whatsapp.net' })).toBe('404')
  })

  it('hears nothing of whom it has blocked', async () => {
    await bot.sock.updateBlockStatus(siti.lid, 'block')
    siti.says('dengar?')
    await whatsapp.settled()
    expect(whatsapp.number.queue).toEqual([])
    await bot.sock.updateBlockStatus(siti.lid, 'unblock')
    siti.says('sekarang?')
    expect((await nth(1)).message?.conversation).toBe('sekarang?')
  })

  it('is told when it may begin no new chats', async () => {
    whatsapp.number.locksNewChats(new Date('2026-12-01T00:00:00Z'))
    const lock = () => bot.events.map(one => one['connection.update']?.reachoutTimeLock).findLast(one => one)
    await whatsapp.until(() => lock()?.isActive)
    expect(lock()?.timeEnforcementEnds).toEqual(new Date('2026-12-01T00:00:00Z'))
    expect(await bot.sock.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true })
    whatsapp.number.locksNewChats()
    await whatsapp.until(() => lock()?.isActive === false)
  })

  it('may be open and hear nothing', async () => {
    whatsapp.number.falls('inbound')
    siti.says('ada orang?')
    await whatsapp.settled()
    expect(await answerTo('3EB0BA')).toBe('accepted')
    await pause(50)
    expect(bot.got).toHaveLength(1)
    whatsapp.number.falls()
    await bot.closes()
    bot.connects()
    expect((await nth(1)).message?.conversation).toBe('ada orang?')
    expect(bot.got[1]?.type).toBe('append')
  })

  it('asks five times for what is no message at all, then no more', async () => {
    const { id } = siti.sendsBytes(Buffer.from([0xff, 0xff, 0xff, 1]))
    const asked = () => whatsapp.number.receipts.filter(one => one.id === id && one.type === 'retry')
    await whatsapp.until(() => asked().length === 5)
    siti.says('lalu')
    await whatsapp.until(() => bot.heard().at(-1) === 'lalu')
    expect(asked()).toHaveLength(5)
    expect(bot.got.find(one => one.message.key.id === id)?.message.messageStubType).toBe(2)
  })
})
