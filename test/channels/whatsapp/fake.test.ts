import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>

beforeAll(async () => {
  whatsapp = await startFakeWhatsApp()
  bot = client(whatsapp)
  await bot.links()
})
beforeEach(() => {
  bot.got.length = 0
})
afterEach(() => expect(whatsapp.problems).toEqual([]))
afterAll(async () => {
  await bot.closes()
  await whatsapp.close()
})

/** The last message that came in. */
const last = () => bot.got.at(-1)?.message
const heard = (words: string) => whatsapp.until(() => bot.heard().at(-1) === words)
/** Answers in the chat the last message came from. */
const answers = (text: string, more = {}) =>
  bot.sock.sendMessage(last()?.key.remoteJid ?? '', { text, ...more })
const sees = (who: { sees(): string[] }, line: string) => whatsapp.until(() => who.sees().at(-1) === line)

describe.each([
  ['by LID', { lid: true }],
  ['by number', { lid: false }],
])('a citizen who writes %s', (_, how) => {
  it('is heard, answered, and heard again', async () => {
    const siti = whatsapp.citizen('Siti', how)
    siti.says('halo')
    await heard('halo')
    expect(last()?.key).toMatchObject(
      how.lid
        ? { remoteJid: siti.lid, remoteJidAlt: siti.pn }
        : { remoteJid: siti.pn, remoteJidAlt: siti.lid },
    )
    expect(last()?.pushName).toBe('Siti')
    await answers('Selamat datang')
    await sees(siti, 'Balai: Selamat datang')
    siti.says('lagi')
    await heard('lagi')
    await answers('Ya?')
    await sees(siti, 'Balai: Ya?')
    expect(whatsapp.number.queue.filter(one => one.tag === 'message')).toEqual([])
  })

  it('gives and gets receipts', async () => {
    const siti = whatsapp.citizen('Siti', how)
    const message = siti.says('halo')
    const before = Date.now()
    await whatsapp.until(() => message.receipts.length === 1)
    expect(whatsapp.number.deliveredAt(message)).toBeGreaterThan(before - 1000)
    const sent = await answers('Selamat datang')
    const status = () => bot.updates.filter(one => one.key.id === sent?.key.id).map(one => one.update.status)
    await whatsapp.until(() => status().includes(3))
    siti.reads()
    await whatsapp.until(() => status().includes(4))
    await bot.sock.readMessages([last()?.key ?? {}])
    await whatsapp.until(() => message.receipts.some(one => one.type === 'read'))
  })

  it('may be unable to read it, and then gets it again', async () => {
    const siti = whatsapp.citizen('Siti', how)
    siti.says('halo')
    await heard('halo')
    expect(siti.sees()).toEqual(['Siti: halo'])
    await answers('satu')
    await sees(siti, 'Balai: satu')
    await siti.forgets()
    await answers('dua')
    await sees(siti, 'Balai: dua')
  })
})
