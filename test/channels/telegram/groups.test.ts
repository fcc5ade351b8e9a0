import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { FAST, failureOf, stage } from './fixture.ts'

describe('a desk’s group', () => {
  it('brings what members say, with their account, and nothing said in anybody else’s name', async () => {
    const { telegram, deskGroup, hears, heard } = await stage()
    const group = deskGroup()
    const topic = group.createsTopic('LSM-1')
    const [rina, budi] = [telegram.user('Rina\u202e\nPutri'), telegram.user('Budi')]
    for (const one of [rina, budi]) group.adds(one, 'administrator')
    const order = budi.says('/ambil LSM-1')
    await hears(1)
    group.anonymously(rina).says('/ambil LSM-1')
    group.asChannel(rina, 'Kanal').says('/ambil LSM-1')
    group.linkedChannelPosts('Kanal', '/ambil LSM-1')
    rina.in(group).forwards(order)
    rina.in(group).says('/ambil@bot_lain LSM-1')
    rina.in(group, topic).says('/minta_data@balai_bot LSM-1')
    await hears(2)
    await telegram.until(() => telegram.bot.pending.length === 0)
    expect(heard.slice(1)).toMatchObject([
      {
        from: { is: 'desk', desk: 'umum', staff: 'Rina Putri', account: String(rina.id) },
        address: String(group.id),
        text: '/minta data LSM-1',
        thread: String(topic),
      },
    ])
  })

  it('lets buttons be pressed by whoever sees them, under their own account', async () => {
    const { telegram, deskGroup, send, hears } = await stage()
    const group = deskGroup()
    const rina = telegram.user('Rina')
    group.adds(rina)
    const { ref } = await send(group.id, 'Kartu', {
      matter: { id: 'm1', title: 'LSM-1' },
      options: [{ id: 'd.take.LSM-1', label: 'Ambil' }],
    })
    const [topic] = [...group.place.topics.keys()]
    rina.in(group).presses('Ambil')
    expect(await hears(1)).toMatchObject([
      {
        choice: 'd.take.LSM-1',
        replyTo: ref,
        thread: String(topic),
        from: { desk: 'umum', account: String(rina.id) },
      },
    ])
  })

  it('is told of people who come in, and nobody else’s group is', async () => {
    const { telegram, deskGroup, done } = await stage()
    const group = deskGroup()
    const elsewhere = telegram.group('Arisan', 'supergroup')
    elsewhere.adds(telegram.bot)
    elsewhere.adds(telegram.user('Tamu'))
    group.adds(telegram.user('Tamu'))
    await telegram.until(() => done.some(one => one.startsWith('newcomers')))
    expect(done.filter(one => one.startsWith('newcomers'))).toEqual([`newcomers ${group.id}`])
  })

  it('may get topics, lose the bot, and get it back', async () => {
    const { telegram, deskGroup, send, hears, desks, done } = await stage()
    const group = deskGroup('supergroup')
    const rina = telegram.user('Rina')
    group.adds(rina)
    group.place.chat = { ...group.place.chat, is_forum: true }
    rina.in(group).says('halo')
    await hears(1)
    expect(desks.get(String(group.id))?.forum).toBe(true)
    await telegram.until(() => done.length > 0)
    group.removes(telegram.bot)
    await telegram.until(() => done.includes(`removed ${group.id}`))
    // To be tried again, and not given up as what is for a citizen would be.
    expect((await failureOf(send(group.id, 'Kartu'))).failure).toBe('throttled')
    const before = done.length
    group.adds(telegram.bot, 'administrator')
    await telegram.until(() => done.slice(before).includes(`back ${group.id}`))
  })

  it('that moves is followed only once somebody with the right confirms it', async () => {
    const { telegram, desks, send, done, heard, hears, setHead } = await stage()
    const old = telegram.group('Meja', 'group')
    desks.set(String(old.id), { desk: 'umum', forum: false, conversationId: 'c' })
    old.adds(telegram.bot, 'administrator')
    const [rina, kepala] = [telegram.user('Rina'), telegram.user('Kepala')]
    for (const one of [rina, kepala]) old.adds(one)
    setHead(kepala.id)
    const group = old.migrates()
    await telegram.until(() => done.includes(`moved ${old.id} ${group.id}`))
    const found = await failureOf(send(old.id, 'Kartu'))
    expect([found.failure, found.retryAfterMs]).toEqual(['throttled', 60_000])
    rina.in(group).says('/ambil LSM-1')
    rina.in(group).says('/konfirmasi')
    await telegram.until(() => telegram.transcript(group.place).includes('Hanya kepala meja atau admin'))
    expect(heard).toEqual([])
    kepala.in(group).says('/konfirmasi')
    await telegram.until(() => telegram.transcript(group.place).includes('sudah dikonfirmasi'))
    rina.in(group).says('/ambil LSM-1')
    expect((await hears(1))[0]).toMatchObject({ address: String(group.id), text: '/ambil LSM-1' })
    expect(telegram.callsOf('leaveChat')).toEqual([])
  })
})

describe('a group that is no desk’s', () => {
  it('is told once what to do, and left when nobody does it', async () => {
    const { telegram, heard } = await stage()
    const group = telegram.group('Orang lain')
    group.adds(telegram.bot, 'administrator')
    const ani = telegram.user('Ani')
    group.adds(ani)
    ani.in(group).says('/ambil LSM-2611-7K4QXH')
    await telegram.until(() => telegram.callsOf('leaveChat').length > 0)
    expect(telegram.transcript(group.place).match(/hanya bekerja di grup meja layanan/g)).toHaveLength(1)
    expect(heard).toEqual([])
  })

  it('we found ourselves in without being told is left at its first word', async () => {
    const { telegram, heard } = await stage({ times: { ...FAST, explain: 60_000, leave: 60_000 } })
    const group = telegram.group('Orang lain')
    group.place.members.set(telegram.bot.user.id, { user: telegram.bot.user, status: 'administrator' })
    const ani = telegram.user('Ani')
    group.adds(ani)
    ani.in(group).says('halo')
    await telegram.until(() => telegram.callsOf('leaveChat').length > 0)
    expect(telegram.transcript(group.place)).toContain('hanya bekerja di grup meja layanan')
    expect(heard).toEqual([])
  })

  it('that threw us out before we could leave keeps nobody else waiting', async () => {
    const { telegram, hears } = await stage({ times: { ...FAST, explain: 60_000, leave: 60_000 } })
    const group = telegram.group('Orang lain')
    group.place.members.set(telegram.bot.user.id, { user: telegram.bot.user, status: 'administrator' })
    const ani = telegram.user('Ani')
    group.adds(ani)
    telegram.breaks({
      method: 'leaveChat',
      harm: { error: 403, description: 'Forbidden: bot is not a member of the supergroup chat' },
    })
    ani.in(group).says('halo')
    telegram.user('Budi').says('menu')
    expect((await hears(1))[0]).toMatchObject({ text: 'menu' })
    await telegram.until(() => telegram.bot.pending.length === 0)
  })

  it('is not left when another process of ours made it a desk’s meanwhile', async () => {
    const { telegram, desks } = await stage()
    const group = telegram.group('Meja', 'forum')
    group.adds(telegram.bot, 'administrator')
    await telegram.until(() =>
      telegram.transcript(group.place).includes('hanya bekerja di grup meja layanan'),
    )
    desks.set(String(group.id), { desk: 'umum', forum: true, conversationId: 'c' })
    await pause(2 * FAST.leave)
    expect(telegram.callsOf('leaveChat')).toEqual([])
  })

  it('becomes one by a code that works once', async () => {
    const { telegram, codes, desks, hears, done } = await stage()
    codes.set('KODE-GRUP', 'umum')
    const [first, second] = [telegram.group('Meja', 'forum'), telegram.group('Lain', 'forum')]
    const rina = telegram.user('Rina')
    for (const group of [first, second]) {
      group.adds(rina)
      group.adds(telegram.bot, 'administrator')
    }
    rina.in(first).says('/start@balai_bot KODE-GRUP')
    await telegram.until(() =>
      telegram.transcript(first.place).includes('sekarang menjadi grup meja layanan'),
    )
    rina.in(second).says('/pasang KODE-GRUP')
    await telegram.until(() => telegram.transcript(second.place).includes('tidak berlaku'))
    await telegram.until(() => telegram.callsOf('leaveChat').length > 0)
    expect(telegram.callsOf('leaveChat').map(({ fields }) => fields.chat_id)).toEqual([second.id])
    expect(desks.get(String(first.id))).toMatchObject({ desk: 'umum', forum: true })
    rina.in(first).says('/bantuan')
    expect((await hears(1))[0]).toMatchObject({ text: '/bantuan' })
    expect(done.some(one => one.startsWith('bound'))).toBe(false)
  })
})

describe('a code in a private chat', () => {
  it('opens an account of the staff, and is not told on', async () => {
    const { telegram, done, hears } = await stage()
    const rina = telegram.user('Rina')
    rina.starts('KODE-PETUGAS')
    await telegram.until(() => rina.sees().includes('terdaftar sebagai petugas'))
    expect(done).toEqual([`bound ${rina.id}`])
    rina.starts('salah')
    expect(await hears(1)).toMatchObject([{ text: '/start', start: 'salah', from: { is: 'citizen' } }])
  })
})
