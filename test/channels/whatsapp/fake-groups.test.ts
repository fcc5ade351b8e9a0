import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { client } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>
let desk: ReturnType<FakeWhatsApp['group']>
let budi: ReturnType<FakeWhatsApp['citizen']>
let ani: ReturnType<FakeWhatsApp['citizen']>

beforeAll(async () => {
  whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
  bot = client(whatsapp)
  await bot.links()
  budi = whatsapp.citizen('Budi')
  ani = whatsapp.citizen('Ani', { lid: false })
})
beforeEach(() => {
  bot.got.length = 0
  bot.events.length = 0
  desk = whatsapp.group('Meja Pengaduan')
  desk.adds(budi)
  desk.adds(whatsapp.number)
})
afterEach(() => expect(whatsapp.problems).toEqual([]))
afterAll(async () => {
  await bot.closes()
  await whatsapp.close()
})

const heard = (words: string) => whatsapp.until(() => bot.heard().at(-1) === words)
const send = (text: string, more = {}) => bot.sock.sendMessage(desk.jid, { text }, more)
const sees = (who: typeof budi, line: string) => whatsapp.until(() => who.sees(desk).at(-1) === line)
const told = <T>(look: (event: (typeof bot.events)[number]) => T | undefined | false) =>
  whatsapp.until(() => bot.events.map(look).find(found => found !== undefined && found !== false))

describe('a group', () => {
  it('carries words both ways, by LID, with the number beside it', async () => {
    budi.in(desk).says('siap')
    await heard('siap')
    expect(bot.got.at(-1)?.message.key).toMatchObject({
      remoteJid: desk.jid,
      participant: budi.lid,
      participantAlt: budi.pn,
      addressingMode: 'lid',
    })
    const card = await send('Kartu LSM-2611-ABCDEF')
    await sees(budi, 'Balai: Kartu LSM-2611-ABCDEF')
    const shown = budi.in(desk).messages().at(-1)
    if (shown === undefined) throw new Error('no card')
    budi.in(desk).quotes(shown, 'selesai')
    await heard('selesai')
    const info = bot.got.at(-1)?.message.message?.extendedTextMessage?.contextInfo
    expect(info).toMatchObject({ stanzaId: card?.key.id, participant: whatsapp.number.lid })
  })

  it('gives somebody new what they need to read, and nobody what they had left for', async () => {
    await send('sebelum')
    await sees(budi, 'Balai: sebelum')
    desk.adds(ani)
    await send('sesudah')
    await sees(ani, 'Balai: sesudah')
    expect(ani.sees(desk)).toEqual(['Balai: sesudah'])
    ani.in(desk).says('halo')
    await heard('halo')
    desk.removes(ani)
    await send('tanpa Ani')
    await sees(budi, 'Balai: tanpa Ani')
    expect(ani.sees(desk).at(-1)).toBe('Ani: halo')
    expect(() => ani.in(desk).says('masih di sini?')).toThrow('not in')
  })

  it('is asked for what cannot be read, and gets it', async () => {
    await send('satu')
    await sees(budi, 'Balai: satu')
    await budi.forgets()
    expect(budi.sees(desk)).toEqual(['Balai: satu'])
    await send('dua')
    await sees(budi, 'Balai: dua')
  })

  it('tells of everything that happens in it', async () => {
    expect(await told(event => event['groups.upsert']?.[0])).toMatchObject({
      id: desk.jid,
      subject: 'Meja Pengaduan',
    })
    const change = (action: string) =>
      told(
        event => event['group-participants.update']?.action === action && event['group-participants.update'],
      )
    desk.adds(ani)
    expect(await change('add')).toMatchObject({
      id: desk.jid,
      participants: [{ id: ani.lid, phoneNumber: ani.pn }],
    })
    desk.promotes(ani)
    expect(await change('promote')).toBeTruthy()
    desk.demotes(ani)
    expect(await change('demote')).toBeTruthy()
    desk.renames('Meja Satu')
    expect(await told(event => event['groups.update']?.[0]?.subject)).toBe('Meja Satu')
    desk.loses(ani)
    expect(await change('remove')).toMatchObject({ author: ani.lid })
    desk.removes(whatsapp.number)
    await told(
      event =>
        event['group-participants.update']?.participants.some(one => one.id === whatsapp.number.lid) ===
          true && event,
    )
  })

  it('is described to those in it, refused to others', async () => {
    const about = await bot.sock.groupMetadata(desk.jid)
    expect(about).toMatchObject({ subject: 'Meja Pengaduan', addressingMode: 'lid', size: 3 })
    expect(about.participants.map(one => one.phoneNumber)).toContain(budi.pn)
    expect(Object.keys(await bot.sock.groupFetchAllParticipating())).toContain(desk.jid)
    desk.removes(whatsapp.number)
    await expect(bot.sock.groupMetadata(desk.jid)).rejects.toThrow('forbidden')
    await expect(bot.sock.groupMetadata('120000000000000001@g.us')).rejects.toThrow('item-not-found')
  })

  it('refuses a message of a number that is no longer in it', async () => {
    const stale = client(whatsapp, { cachedGroupMetadata: async () => metadata }, bot.auth)
    const metadata = await bot.sock.groupMetadata(desk.jid)
    await bot.closes()
    stale.connects()
    await whatsapp.until(() => stale.isOpen)
    desk.removes(whatsapp.number)
    const ack = stale.sock.waitForMessage('3EB0CD', 10_000)
    await stale.sock.sendMessage(desk.jid, { text: 'x' }, { messageId: '3EB0CD' })
    expect(await ack).toMatchObject({ attrs: { error: '403' } })
    await stale.closes()
    bot.connects()
    await whatsapp.until(() => bot.isOpen)
  })

  it('can be made, filled and left by the number itself', async () => {
    const made = await bot.sock.groupCreate('Meja Baru', [budi.lid])
    await bot.sock.groupUpdateSubject(made.id, 'Meja Lain')
    await bot.sock.groupParticipantsUpdate(made.id, [ani.lid], 'add')
    const about = await bot.sock.groupMetadata(made.id)
    expect(about).toMatchObject({ subject: 'Meja Lain', size: 3 })
    await bot.sock.groupLeave(made.id)
    expect(whatsapp.world.groups.get(made.id)?.members.size).toBe(2)
    whatsapp.breaks({ on: 'iq', xmlns: 'w:g2', times: 1, harm: { error: 429 } })
    await expect(bot.sock.groupMetadata(desk.jid)).rejects.toThrow('rate-overlimit')
  })
})
