import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { client, memory } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>

afterEach(() => expect(whatsapp.problems).toEqual([]))
afterAll(() => whatsapp.close())

const ended = (code: number) => whatsapp.until(() => bot.ends.at(-1) === code)
const opened = () => whatsapp.until(() => bot.isOpen && whatsapp.number.isOnline)
const comesBack = async () => {
  bot.connects()
  await opened()
}

describe('the platform ends it', () => {
  beforeAll(async () => {
    whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
    bot = client(whatsapp)
    await bot.links()
  })

  it.each([428, 440, 500, 503, 515, 408, 411])('%i, and takes the client back', async code => {
    whatsapp.number.kicks(code)
    await ended(code)
    await comesBack()
    expect(bot.ends.at(-1)).toBe(code)
  })

  it('405 at the door, for as long as it says so', async () => {
    whatsapp.number.bars(405)
    whatsapp.number.drops()
    await ended(428)
    bot.connects()
    await ended(405)
    whatsapp.number.bars()
    await comesBack()
    expect(bot.isOpen).toBe(true)
  })

  it('in the middle of a frame, or by going away altogether', async () => {
    whatsapp.number.drops({ midFrame: true })
    await ended(428)
    await comesBack()
    const ends = bot.ends.length
    await whatsapp.goesAway()
    await whatsapp.until(() => bot.ends.length > ends)
    bot.connects()
    await ended(408)
    await whatsapp.comesBack()
    await comesBack()
    expect(bot.isOpen).toBe(true)
  })

  it('for good: 403 to a number that is banned, 401 to a device that was removed', async () => {
    await bot.closes()
    for (const code of [403, 401]) {
      await comesBack()
      whatsapp.number.kicks(code)
      await ended(code)
      const ends = bot.ends.length
      bot.connects()
      await whatsapp.until(() => bot.ends.length > ends)
      expect(bot.ends.at(-1)).toBe(code)
      whatsapp.number.bars()
    }
  })
})

describe('linking', () => {
  beforeAll(async () => {
    await whatsapp.close()
    whatsapp = await startFakeWhatsApp()
  })

  it('by QR code tells of 515, takes 812 keys, and is online as device 1', async () => {
    bot = client(whatsapp)
    await bot.links()
    expect(bot.ends).toEqual([515])
    const [device] = whatsapp.number.devices()
    expect(device?.number).toBe(1)
    expect(device?.bundle.once).toHaveLength(812)
    whatsapp.number.runsLow()
    await whatsapp.until(() => device?.bundle.once.length === 817)
    await bot.closes()
  })

  it('by pairing code works with the right one, and not with another', async () => {
    const { number } = whatsapp
    bot = client(whatsapp)
    const sock = bot.connects()
    await whatsapp.until(() => bot.qrs.length > 0)
    const code = await sock.requestPairingCode(number.digits)
    await whatsapp.until(() => number.isAskedForCode)
    expect(await number.types('ABCDEFGH')).toBe(false)
    expect(await number.types(code)).toBe(true)
    await ended(515)
    await comesBack()
    expect(number.devices().map(one => one.number)).toEqual([1, 2])
    await bot.closes()
  })

  it('fails for a code nobody shows, or with a secret that was retired until the client makes another', async () => {
    bot = client(whatsapp, {}, memory())
    const sock = bot.connects()
    const qr = await whatsapp.until(() => bot.qrs[0])
    expect(whatsapp.number.scans(qr.replace('#2@', '#3@'))).toBe(false)
    let told = false
    sock.ws.on('CB:notification,type:companion_reg_refresh', () => {
      told = true
    })
    const isAcknowledged = whatsapp.number.refreshes(qr)
    await whatsapp.until(() => told)
    expect(whatsapp.number.scans(qr)).toBe(false)
    // Baileys acknowledges nothing before it has an account: whoever wants this done does it themselves.
    expect(isAcknowledged()).toBe(false)
    const fresh = Buffer.alloc(32, 7).toString('base64')
    bot.auth.creds.advSecretKey = fresh
    const fields = qr.split(',')
    fields[3] = fresh
    expect(whatsapp.number.scans(fields.join(','))).toBe(true)
    await ended(515)
  })
})

describe('two connections of one device', () => {
  beforeAll(async () => {
    await whatsapp.close()
    whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
    bot = client(whatsapp)
    await bot.links()
  })

  it('one after the other are one at a time', async () => {
    await bot.closes()
    await whatsapp.until(() => !whatsapp.number.isOnline)
    await comesBack()
    expect(whatsapp.number.logins).toHaveLength(2)
    expect(whatsapp.number.mostAtOnce).toBe(1)
    expect(whatsapp.number.late).toEqual([])
  })

  it('are counted, and what the older one still says is held against it', async () => {
    const older = bot.sock
    older.ws.removeAllListeners('CB:stream:error')
    const newer = client(whatsapp, {}, bot.auth)
    newer.connects()
    await whatsapp.until(() => newer.isOpen)
    expect(whatsapp.number.mostAtOnce).toBe(2)
    expect(whatsapp.number.late).toEqual([])
    await older.sendPresenceUpdate('composing', whatsapp.citizen('Siti').lid)
    await whatsapp.until(() => whatsapp.number.late.length > 0)
    expect(whatsapp.number.late).toMatchObject([{ tag: 'chatstate' }])
    expect(whatsapp.number.presence.map(one => one.state)).not.toContain('composing')
    await bot.closes()
    await newer.closes()
  })

  it('end with 440 for the older one that listens', async () => {
    await comesBack()
    const newer = client(whatsapp, {}, bot.auth)
    newer.connects()
    await ended(440)
    await whatsapp.until(() => newer.isOpen)
    expect(whatsapp.number.late.filter(one => one.tag === 'chatstate')).toHaveLength(1)
    await newer.closes()
  })
})
