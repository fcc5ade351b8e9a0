import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { translate } from '../../../src/channels/telegram/translate.ts'
import { isUpdate } from '../../../src/channels/telegram/update-shape.ts'

const NOW = new Date('2026-11-23T02:00:00Z')
const DATE = 1_795_399_200
const siti = { id: 5001, is_bot: false, first_name: 'Siti', language_code: 'en-GB' }
const chat = { id: 5001, type: 'private', first_name: 'Siti' }
const group = { id: -1002001, type: 'supergroup', title: 'Meja', is_forum: true }
const file = (id: string, more = {}) => ({ file_id: id, file_unique_id: `u${id}`, ...more })

const heard = (update: object) => {
  const whole: unknown = { update_id: 1, ...update }
  if (!isUpdate(whole)) throw new Error('This is no update.')
  return translate(whole, 'medan', 'balai_bot', NOW)
}
const message = (more: object) => ({ message: { message_id: 7, date: DATE, chat, from: siti, ...more } })
const inGroup = (more: object) => message({ chat: group, ...more })
const words = (update: object) => {
  const result = heard(update)
  if (result.is !== 'said') throw new Error(result.is)
  return result.words
}

describe('what a citizen sends', () => {
  it('becomes a message in our words', () => {
    expect(heard(message({ text: 'ha\u202elo\r\n\u0007dunia' }))).toEqual({
      is: 'said',
      place: { chat: '5001', isPrivate: true, isForum: false, thread: undefined },
      person: { account: '5001', called: 'Siti', language: 'en' },
      words: {
        office: 'medan',
        channel: 'telegram',
        address: '5001',
        externalId: 'm:5001:7',
        kind: 'text',
        text: 'halo\ndunia',
        language: 'en',
        ref: '7',
        sentAt: new Date(DATE * 1000),
      },
    })
  })

  it.each([
    ['a long text', { text: 'x'.repeat(5000) }, { text: `${'x'.repeat(4095)}…` }],
    ['a command', { text: '/Status@Balai_Bot LSM-1' }, { text: '/status LSM-1' }],
    ['a command of two words', { text: '/data_saya' }, { text: '/data saya' }],
    [
      'a place',
      { location: { latitude: 3.5, longitude: 98.6 } },
      { kind: 'location', location: { latitude: 3.5, longitude: 98.6 } },
    ],
    [
      'a venue',
      { venue: { location: { latitude: 1, longitude: 2 }, title: 'Pasar', address: 'x' } },
      { kind: 'location', text: '' },
    ],
    [
      'their own number',
      { contact: { phone_number: '62 812-0000', first_name: 'x', user_id: 5001 } },
      { kind: 'contact', text: '+628120000' },
    ],
    [
      'somebody’s number',
      { contact: { phone_number: '62812', first_name: 'x', user_id: 9 } },
      { kind: 'contact', text: '' },
    ],
    ['a sticker', { sticker: file('s') }, { kind: 'other', text: '' }],
    ['something new', { hologram: {} }, { kind: 'other', text: '' }],
    ['an answer', { text: 'ya', reply_to_message: { message_id: 3, date: 1, chat } }, { replyTo: '3' }],
    [
      'an album',
      { photo: [file('a')], caption: 'dua', media_group_id: '99' },
      { kind: 'photo', text: 'dua', album: '99' },
    ],
  ])('%s', (_, given, expected) => expect(words(message(given))).toMatchObject(expected))

  it.each([
    [
      'the largest picture',
      { photo: [file('s'), file('l', { file_size: 9 })] },
      { id: 'l', size: 9, name: 'foto.jpg' },
    ],
    [
      'a document',
      { document: file('d', { file_name: '../../e\u202etc/surat.pdf' }) },
      { id: 'd', name: 'surat.pdf' },
    ],
    ['a voice note', { voice: file('v') }, { id: 'v', name: 'suara.ogg' }],
    ['a film, which is never kept', { video: file('f'), caption: 'x' }, { unknown: true }],
    [
      'an animation, which comes as a document too',
      { animation: file('f'), document: file('f') },
      { unknown: true },
    ],
  ])('is fetched as %s', (_, given, media) => expect(heard(message(given))).toMatchObject({ media }))

  it('may be changed, and is then a message of its own that names the first', () => {
    const { message: first } = message({ text: 'lampu jalan', edit_date: DATE + 60 })
    expect(words({ edited_message: first })).toMatchObject({
      externalId: `e:5001:7:${DATE + 60}`,
      edits: '7',
      ref: '7',
      text: 'lampu jalan',
      sentAt: new Date((DATE + 60) * 1000),
    })
    const moving = message({ location: { latitude: 1, longitude: 2, live_period: 60 }, edit_date: DATE })
    expect(heard({ edited_message: moving.message })).toEqual({ is: 'nothing' })
  })

  it('may be a press', () => {
    const query = { id: '123', from: siti, chat_instance: 'x', data: 'o:4.ya' }
    const pressed = { callback_query: { ...query, message: { message_id: 3, date: DATE, chat } } }
    expect(heard(pressed)).toMatchObject({
      is: 'said',
      words: { externalId: 'c:123', text: '', replyTo: '3', sentAt: NOW },
      press: { query: '123', token: 'o:4.ya' },
    })
    expect(heard({ callback_query: query })).toEqual({ is: 'nothing', query: '123' })
  })

  it.each([
    ['a pinned message', { pinned_message: { message_id: 1, date: 0, chat } }],
    ['a new title', { new_chat_title: 'x' }],
    ['a bot', { from: { ...siti, is_bot: true }, text: 'x' }],
    ['a channel', { chat: { ...group, type: 'channel' }, text: 'x' }],
    ['nobody', { from: undefined, text: 'x' }],
  ])('is nothing when it is of %s', (_, given) => expect(heard(message(given))).toEqual({ is: 'nothing' }))
})

describe('what is said in a group', () => {
  it('carries its topic, and whom it answers', () => {
    const topic = { message_thread_id: 40, is_topic_message: true }
    const begin = { message_id: 40, date: DATE, chat: group }
    expect(words(inGroup({ text: 'ambil', ...topic, reply_to_message: begin }))).toMatchObject({
      address: '-1002001',
      thread: '40',
    })
    expect(words(inGroup({ text: 'ambil', ...topic, reply_to_message: begin })).replyTo).toBeUndefined()
    const reply = { ...begin, message_id: 44 }
    expect(words(inGroup({ text: 'ambil', ...topic, reply_to_message: reply })).replyTo).toBe('44')
  })

  it.each([
    [
      'an anonymous administrator',
      { sender_chat: group, from: { id: 1087968824, is_bot: true, first_name: 'Group' } },
    ],
    ['a channel', { sender_chat: { id: -1009, type: 'channel', title: 'x' } }],
    [
      'the linked channel',
      {
        from: { id: 777000, is_bot: false, first_name: 'Telegram' },
        sender_chat: { id: -1009, type: 'channel' },
        is_automatic_forward: true,
      },
    ],
    ['somebody else, forwarded', { forward_origin: { type: 'user', date: 1, sender_user: siti } }],
    ['another bot, through somebody', { via_bot: { id: 9, is_bot: true, first_name: 'b' } }],
    ['somebody who speaks to another bot', { text: '/ambil@bot_lain' }],
  ])('is nothing when it comes from %s', (_, given) =>
    expect(heard(inGroup({ text: '/ambil LSM-2611-7K4QXH', ...given }))).toEqual({ is: 'nothing' }),
  )

  it.each([
    ['administrator', 'joined'],
    ['member', 'joined'],
    ['kicked', 'removed'],
    ['left', 'removed'],
  ])('tells that we are %s there', (status, is) => {
    const change = { chat: group, from: siti, date: DATE, old_chat_member: {}, new_chat_member: { status } }
    expect(heard({ my_chat_member: change })).toMatchObject({ is, place: { chat: '-1002001' } })
  })

  it('tells that it moved, from either side', () => {
    const moved = { is: 'moved', from: '-5', to: '-1002001' }
    expect(heard(message({ chat: { id: -5, type: 'group' }, migrate_to_chat_id: -1002001 }))).toEqual(moved)
    expect(heard(inGroup({ migrate_from_chat_id: -5 }))).toEqual(moved)
  })
})

describe('the shape of an update', () => {
  const good: Update = { update_id: 1, ...message({ text: 'x' }) } as Update
  it.each([
    null,
    [],
    'x',
    {},
    { update_id: '1' },
    { update_id: 2 ** 60 },
    { update_id: 1, message: null },
    { update_id: 1, ...message({ text: 5 }) },
    { update_id: 1, ...message({ chat: null }) },
    { update_id: 1, ...message({ date: 1e300 }) },
    { update_id: 1, ...message({ date: -1 }) },
    { update_id: 1, edited_message: { ...message({ text: 'x' }).message, edit_date: 2 ** 52 } },
    { update_id: 1, ...message({ new_chat_members: 'x' }) },
    { update_id: 1, ...message({ new_chat_members: [null] }) },
    { update_id: 1, ...message({ photo: [null] }) },
    { update_id: 1, ...message({ location: { latitude: '1', longitude: 2 } }) },
    { update_id: 1, ...message({ location: { latitude: 91, longitude: 2 } }) },
    { update_id: 1, callback_query: { id: 1, from: siti } },
    { update_id: 1, my_chat_member: { chat } },
    JSON.parse('{"update_id":1,"message":{"__proto__":{"text":"x"}}}'),
  ])('%j is none', given => expect(isUpdate(given)).toBe(false))

  it('may hold what nobody knows yet', () => {
    expect(isUpdate(good)).toBe(true)
    expect(isUpdate({ update_id: 1, hologram: {} })).toBe(true)
    expect(heard({ hologram: {} })).toEqual({ is: 'nothing' })
  })
})
