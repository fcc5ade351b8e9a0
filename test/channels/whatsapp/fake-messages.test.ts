import { decryptPollVote, sha256, type WAMessage } from '@whiskeysockets/baileys'
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
describe('a citizen', () => {
  it('quotes, shares a place and a contact, reacts', async () => {
    await send({ text: 'Di mana?' })
    await sees('Balai: Di mana?')
    const question = siti.messages().at(-1)
    if (question === undefined) throw new Error('no question')
    siti.quotes(question, 'di sini')
    const info = (await nth(1)).message?.extendedTextMessage
    expect(info?.text).toBe('di sini')
    expect(info?.contextInfo).toMatchObject({ stanzaId: question.id, quotedMessage: {} })
    siti.sendsLocation(3.5952, 98.6722)
    expect((await nth(2)).message?.locationMessage).toMatchObject({ degreesLatitude: 3.5952 })
    siti.sendsContact('Budi', '6200000999999')
    expect((await nth(3)).message?.contactMessage?.displayName).toBe('Budi')
    siti.reacts(question, '👍')
    expect((await nth(4)).message?.reactionMessage).toMatchObject({ text: '👍', key: { id: question.id } })
    expect(siti.sees()[1]).toBe('Balai: Di mana? {👍}')
  })

  it('may be called anything', async () => {
    const names = ['Siti @', '@', 'a@b', 'budi_1:5@s.whatsapp.net', '~~@~', `${'n'.repeat(300)}@`]
    for (const [n, name] of names.entries()) {
      whatsapp.citizen(name).says('halo')
      expect((await nth(n + 1)).pushName).toBe(name)
    }
  })

  it('edits and takes back', async () => {
    const message = siti.says('jalan rusk')
    await nth(1)
    siti.edits(message, 'jalan rusak')
    const edit = await whatsapp.until(() =>
      bot.updates.find(one => one.key.id === message.id && one.update.message),
    )
    expect(edit.update.message?.editedMessage?.message?.conversation).toBe('jalan rusak')
    siti.deletes(message)
    await whatsapp.until(() =>
      bot.updates.find(one => one.key.id === message.id && one.update.message === null),
    )
    expect(siti.sees().at(-1)).toBe('Siti: (deleted)')
  })

  it('may send the same twice, nothing at all, or something of their own making', async () => {
    const message = siti.says('sekali')
    siti.repeats(message)
    expect([(await nth(1)).key.id, (await nth(2)).key.id]).toEqual([message.id, message.id])
    siti.sends({})
    siti.sends({ listResponseMessage: { title: 'x' } })
    expect((await nth(4)).message?.listResponseMessage?.title).toBe('x')
    const garbage = { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(80, 3) }
    siti.forges('message', { id: 'FORGED', t: 1, type: 'text' }, [garbage])
    expect((await nth(5)).messageStubType).toBe(2)
    expect(whatsapp.number.receipts.at(-1)).toMatchObject({ id: 'FORGED', type: 'retry' })
  })

  it('chooses from a numbered menu or a poll', async () => {
    await send({ text: 'Menu:\n1. Buat pengaduan\n*2.* Status laporan' })
    await whatsapp.until(() => siti.sees().length === 2)
    siti.picks('Status laporan')
    expect((await nth(1)).message?.conversation).toBe('2')
    const poll = (await send({ poll: { name: 'Puas?', values: ['Ya', 'Tidak'] } })) as WAMessage
    await whatsapp.until(() => siti.sees().at(-1)?.startsWith('Balai: (poll)'))
    siti.picks('Tidak')
    const update = (await nth(2)).message?.pollUpdateMessage
    const vote = decryptPollVote(update?.vote ?? {}, {
      pollCreatorJid: whatsapp.number.lid,
      pollMsgId: poll.key.id ?? '',
      pollEncKey: poll.message?.messageContextInfo?.messageSecret ?? Buffer.alloc(0),
      voterJid: siti.lid,
    })
    expect(vote.selectedOptions?.map(one => Buffer.from(one))).toEqual([sha256(Buffer.from('Tidak'))])
    expect(() => siti.picks('Mungkin')).toThrow('no Mungkin')
  })

  it('types, is read, and is seen typing to', async () => {
    await bot.sock.presenceSubscribe(siti.lid)
    siti.types()
    await whatsapp.until(() => bot.events.some(one => one['presence.update'] !== undefined))
    await bot.sock.sendPresenceUpdate('composing', siti.lid)
    await bot.sock.sendPresenceUpdate('recording', siti.lid)
    await whatsapp.until(() => whatsapp.number.presence.at(-1)?.state === 'recording')
    expect(whatsapp.number.presence.slice(-2).map(one => one.state)).toEqual(['composing', 'recording'])
  })

  it('may hide the number, switch the phone off, block, or be gone', async () => {
    const shy = whatsapp.citizen('Ani', { hidesNumber: true })
    shy.says('rahasia')
    expect((await nth(1)).key).toMatchObject({ remoteJid: shy.lid })
    expect((await nth(1)).key.remoteJidAlt).toBeFalsy()
    shy.goesBy({ lid: false })
    shy.says('dengan nomor')
    expect((await nth(2)).key).toMatchObject({ remoteJid: shy.pn, remoteJidAlt: shy.lid })
    siti.switchesOff()
    const sent = await send({ text: 'satu' })
    await whatsapp.settled()
    expect(bot.updates.some(one => one.key.id === sent?.key.id)).toBe(false)
    siti.switchesOn()
    await sees('Balai: satu')
    siti.blocks()
    await send({ text: 'dua' })
    await whatsapp.until(() => whatsapp.number.posted.at(-1)?.ack === 'accepted')
    await whatsapp.settled()
    expect(siti.sees()).toHaveLength(2)
    siti.leaves()
    expect(await bot.sock.onWhatsApp(siti.pn, shy.pn)).toEqual([{ jid: shy.pn, exists: true }])
  })
})
