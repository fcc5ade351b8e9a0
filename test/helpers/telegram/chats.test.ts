import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, get } from './caller.ts'
import { type FakeTelegram, startFakeTelegram } from './fake.ts'
import type { Message } from './shapes.ts'

let telegram: FakeTelegram
let clock = 0

beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00Z')
  telegram = await startFakeTelegram({ now: () => clock, secondMs: 10 })
})
afterEach(async () => {
  expect(telegram.violations).toEqual([])
  await telegram.close()
})

const updates = (kind: string) => telegram.bot.pending.flatMap(update => update[kind] ?? [])
const keyboard = (...labels: string[]) => ({
  inline_keyboard: [labels.map(text => ({ text, callback_data: `data of ${text}` }))],
})

describe('a private chat', () => {
  it('shows what was said, edited and put below it', async () => {
    const siti = telegram.user('Siti')
    siti.starts('kode-1')
    const reply_markup = keyboard('Lapor', 'Tanya')
    const sent = await get<Message>(telegram, 'sendMessage', { chat_id: siti.id, text: 'Halo', reply_markup })
    expect(siti.sees()).toBe(
      'Siti: /start kode-1\nbalai_bot: Halo\n  [Lapor] [Tanya]'.replace('balai_bot', 'Balai'),
    )
    await get(telegram, 'editMessageText', {
      chat_id: siti.id,
      message_id: sent.message_id,
      text: 'Selamat pagi',
    })
    expect(siti.sees()).toBe('Siti: /start kode-1\nBalai: Selamat pagi (edited)')
    expect(() => siti.presses('Lapor')).toThrow('no button "Lapor"')
  })

  it('takes presses of buttons that are there, answered once and in time', async () => {
    const siti = telegram.user('Siti')
    siti.starts()
    await get(telegram, 'sendMessage', { chat_id: siti.id, text: 'Halo', reply_markup: keyboard('Ya') })
    const id = siti.presses('Ya')
    expect(updates('callback_query')).toMatchObject([{ id, data: 'data of Ya', message: { text: 'Halo' } }])
    await get(telegram, 'answerCallbackQuery', { callback_query_id: id, text: 'Baik' })
    expect(telegram.bot.answerTo(id)).toMatchObject({ text: 'Baik' })
    const late = siti.presses(/^Y/)
    clock += 16_000
    expect((await ask(telegram, 'answerCallbackQuery', { callback_query_id: late })).description).toMatch(
      /too old/,
    )
  })

  it('tells of edits, blocking, coming back and new names', () => {
    const siti = telegram.user('Siti')
    siti.edits(siti.says('lampu mati'), 'lampu jalan mati')
    siti.blocks()
    expect(() => siti.says('lagi')).toThrow('blocked')
    siti.unblocks()
    siti.renames({ first_name: 'Petugas' })
    siti.says('lagi')
    expect(updates('edited_message')).toMatchObject([{ text: 'lampu jalan mati', edit_date: clock / 1000 }])
    expect(updates('my_chat_member')).toMatchObject([
      { new_chat_member: { status: 'kicked' } },
      { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
    ])
    expect(updates('message').at(-1)).toMatchObject({ from: { id: siti.id, first_name: 'Petugas' } })
  })

  it('keeps what a text cannot hold out of it, and the entities where they belong', async () => {
    const siti = telegram.user('Siti')
    siti.starts()
    const text = '  \u202eabc\r\ttebal '
    const entities = [{ type: 'bold', offset: text.indexOf('tebal'), length: 6 }]
    const sent = await get<Message>(telegram, 'sendMessage', { chat_id: siti.id, text, entities })
    expect(sent.text).toBe('abc tebal')
    expect(sent.entities).toEqual([{ type: 'bold', offset: 4, length: 5 }])
  })
})

describe('the keys a bot lays out', () => {
  it('are pressed by their label, and gone when the bot takes them', async () => {
    const siti = telegram.user('Siti')
    siti.starts()
    const keys = [{ text: 'Kirim lokasi', request_location: true }, 'Lewati']
    const reply_markup = { keyboard: [keys] }
    await get(telegram, 'sendMessage', { chat_id: siti.id, text: 'Di mana?', reply_markup })
    expect(siti.sees()).toMatch(/\n {2}<Kirim lokasi> <Lewati>$/)
    expect(siti.taps('Kirim lokasi').location).toEqual({ latitude: 3.5952, longitude: 98.6722 })
    expect(siti.taps('Lewati').text).toBe('Lewati')
    const gone = { remove_keyboard: true }
    await get(telegram, 'sendMessage', { chat_id: siti.id, text: 'Baik', reply_markup: gone })
    expect(() => siti.taps('Lewati')).toThrow('no key')
  })
})

describe('a group', () => {
  it('lets a bot hear everything only as administrator', () => {
    const group = telegram.group('Meja')
    const ani = telegram.user('Ani')
    group.adds(ani)
    group.adds(telegram.bot)
    const heard = () => updates('message').map(message => (message as Message).text)
    ani.in(group).says('antar kita')
    ani.in(group).says('/ambil')
    ani.in(group).says('/ambil@bot_lain')
    expect(heard().filter(Boolean)).toEqual(['/ambil'])
    group.promotes(telegram.bot)
    ani.in(group).says('antar kita')
    expect(heard().filter(Boolean)).toEqual(['/ambil', 'antar kita'])
    group.removes(ani)
    expect(() => ani.in(group).says('masih di sini')).toThrow('is not in Meja')
  })

  it('shows strangers for what they are', () => {
    const group = telegram.group('Meja')
    const ani = telegram.user('Ani')
    group.adds(telegram.bot, 'administrator')
    group.adds(ani, 'administrator')
    const words = telegram.user('Budi').says('/ambil')
    group.anonymously(ani).says('/ambil')
    group.asChannel(ani, 'Kanal').says('/ambil')
    group.linkedChannelPosts('Kanal', '/ambil')
    ani.in(group).forwards(words)
    expect(updates('message').slice(-4)).toMatchObject([
      { from: { username: 'GroupAnonymousBot' }, sender_chat: { id: group.id } },
      { from: { username: 'Channel_Bot' }, sender_chat: { type: 'channel' } },
      { from: { id: 777000 }, is_automatic_forward: true },
      { from: { id: ani.id }, forward_origin: { type: 'user', sender_user: { first_name: 'Budi' } } },
    ])
  })

  it('has topics, each with its own talk, that may be closed and opened', async () => {
    const forum = telegram.group('Meja', 'forum')
    const ani = telegram.user('Ani')
    forum.adds(ani)
    forum.adds(telegram.bot, 'administrator')
    const made = await get<{ message_thread_id: number }>(telegram, 'createForumTopic', {
      chat_id: forum.id,
      name: 'MDN-1',
    })
    const topic = made.message_thread_id
    await get(telegram, 'sendMessage', { chat_id: forum.id, message_thread_id: topic, text: 'Kartu' })
    ani.in(forum, topic).says('ambil')
    expect(telegram.transcript(forum.place, topic)).toBe(
      'Balai: (forum topic created)\nBalai: Kartu\nAni: ambil',
    )
    expect(updates('message').slice(-2)).toMatchObject([
      { from: { is_bot: true }, forum_topic_created: { name: 'MDN-1' }, message_thread_id: topic },
      {
        text: 'ambil',
        message_thread_id: topic,
        reply_to_message: { forum_topic_created: { name: 'MDN-1' } },
      },
    ])
    forum.closesTopic(topic)
    await get(telegram, 'reopenForumTopic', { chat_id: forum.id, message_thread_id: topic })
    await get(telegram, 'sendMessage', { chat_id: forum.id, message_thread_id: topic, text: 'Lagi' })
  })

  it('calls a thread of replies a thread, and not a topic', () => {
    const group = telegram.group('Meja')
    const ani = telegram.user('Ani')
    group.adds(ani)
    group.adds(telegram.bot, 'administrator')
    const first = ani.in(group).says('satu')
    const reply = ani.in(group).replies(first, 'dua')
    expect(reply).toMatchObject({ message_thread_id: first.message_id, reply_to_message: { text: 'satu' } })
    expect(reply.is_topic_message).toBeUndefined()
  })

  it('names the new id of a group that became a supergroup', async () => {
    const old = telegram.group('Meja', 'group')
    old.adds(telegram.bot)
    const next = old.migrates()
    const reply = await ask(telegram, 'sendMessage', { chat_id: old.id, text: 'a' })
    expect(reply).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: next.id } })
    expect(telegram.bot.pending.slice(-2)).toMatchObject([
      { message: { chat: { id: old.id }, migrate_to_chat_id: next.id } },
      { message: { chat: { id: next.id }, migrate_from_chat_id: old.id } },
    ])
    expect((await ask(telegram, 'sendMessage', { chat_id: next.id, text: 'a' })).ok).toBe(true)
  })
})
