import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { methods } from './telegram/answer-call.ts'
import { botApi } from './telegram/bot-api.ts'
import { ask } from './telegram/caller.ts'
import { type FakeTelegram, startFakeTelegram } from './telegram/fake.ts'
import type { Fields } from './telegram/shapes.ts'

let telegram: FakeTelegram

beforeEach(async () => {
  telegram = await startFakeTelegram({ secondMs: 10 })
})
afterEach(() => telegram.close())

describe('the published list', () => {
  it('has a method behind every name, and a name for every method', () => {
    expect(Object.keys(methods).sort()).toEqual([...botApi.methods.keys()].sort())
  })

  it('knows every object it names', () => {
    const words = [...botApi.methods.values(), ...botApi.objects.values()].flat().map(field => field.words)
    const named = words.flatMap(one => one.replace(/'[^']*'/g, '').match(/[A-Z]\w+/g) ?? [])
    const plain = ['Integer', 'Float', 'String', 'Boolean', 'True', 'InputFile']
    expect(named.filter(name => !plain.includes(name) && !botApi.objects.has(name))).toEqual([])
  })
})

const button = (more: Fields) => ({ inline_keyboard: [[{ text: 'Ya', callback_data: 'a', ...more }]] })
const bold = (offset: number, length: number, type = 'bold') => ({ type, offset, length })

describe('a call that nothing could make right', () => {
  it.each<[name: string, method: string, fields: Fields, words: RegExp]>([
    ['an unknown method', 'sendMesage', {}, /method not found/],
    ['an unknown field', 'sendMessage', { text: 'a', colour: 'red' }, /colour is not a field/],
    ['a deprecated field', 'sendMessage', { text: 'a', reply_to_message_id: 1 }, /not a field/],
    ['a missing field', 'sendMessage', {}, /text is required/],
    ['a number as text', 'sendMessage', { text: 'a', message_thread_id: '3' }, /must be Integer/],
    ['text as a number', 'sendMessage', { text: 1 }, /text must be String/],
    [
      'a field unknown inside',
      'sendMessage',
      { text: 'a', link_preview_options: { off: true } },
      /off is not/,
    ],
    ['an entity of no type', 'sendMessage', { text: 'a', entities: [bold(0, 1, 'big')] }, /type is of none/],
    ['an update of no kind', 'getUpdates', { allowed_updates: ['messages'] }, /none of its types/],
    [
      'a reaction Telegram has not',
      'setMessageReaction',
      { message_id: 1, reaction: [{ type: 'emoji', emoji: 'x' }] },
      /emoji/,
    ],
    ['no text', 'sendMessage', { text: '' }, /text is empty/],
    ['blank text', 'sendMessage', { text: ' \n\u202e' }, /text is empty/],
    ['4097 units of text', 'sendMessage', { text: 'a'.repeat(4097) }, /too long/],
    ['a caption of 1025', 'sendPhoto', { photo: 'x', caption: 'a'.repeat(1025) }, /caption is too long/],
    ['half a character', 'sendMessage', { text: 'a\ud83d' }, /UTF-8/],
    ['a parse mode', 'sendMessage', { text: 'a', parse_mode: 'HTML' }, /parse_mode/],
    ['an entity past the end', 'sendMessage', { text: 'abc', entities: [bold(1, 3)] }, /outside/],
    ['an entity before the start', 'sendMessage', { text: 'abc', entities: [bold(-1, 2)] }, /outside/],
    ['an empty entity', 'sendMessage', { text: 'abc', entities: [bold(1, 0)] }, /outside/],
    ['an entity through a pair', 'sendMessage', { text: 'a😀b', entities: [bold(0, 2)] }, /splits/],
    [
      'entities that cross',
      'sendMessage',
      { text: 'abcdef', entities: [bold(0, 3), bold(2, 3, 'italic')] },
      /overlap/,
    ],
    [
      'code with something in it',
      'sendMessage',
      { text: 'abc', entities: [bold(0, 3, 'code'), bold(0, 1)] },
      /overlap/,
    ],
    [
      'a link to nowhere',
      'sendMessage',
      { text: 'abc', entities: [bold(0, 3, 'text_link')] },
      /no valid url/,
    ],
    [
      'button data of 65 bytes',
      'sendMessage',
      { text: 'a', reply_markup: button({ callback_data: `${'é'.repeat(32)}x` }) },
      /BUTTON_DATA_INVALID/,
    ],
    [
      'button data of none',
      'sendMessage',
      { text: 'a', reply_markup: button({ callback_data: '' }) },
      /BUTTON_DATA_INVALID/,
    ],
    [
      'a button without a label',
      'sendMessage',
      { text: 'a', reply_markup: button({ text: ' ' }) },
      /text is empty/,
    ],
    [
      'a button with two deeds',
      'sendMessage',
      { text: 'a', reply_markup: button({ url: 'https://a.example' }) },
      /exactly one/,
    ],
    [
      '101 buttons',
      'sendMessage',
      { text: 'a', reply_markup: { inline_keyboard: Array(101).fill([{ text: 'a', callback_data: 'a' }]) } },
      /too long/,
    ],
    ['a topic without a name', 'createForumTopic', { name: ' ' }, /topic name/],
    ['a topic name of 129', 'createForumTopic', { name: 'a'.repeat(129) }, /topic name/],
    ['an album of one', 'sendMediaGroup', { media: [{ type: 'photo', media: 'x' }] }, /2 to 10/],
    ['an unknown action', 'sendChatAction', { action: 'thinking' }, /action/],
    [
      'a command with a dash',
      'setMyCommands',
      { commands: [{ command: 'a-b', description: 'x' }] },
      /BOT_COMMAND_INVALID/,
    ],
    ['a secret with a space', 'setWebhook', { url: 'https://a.example', secret_token: 'a b' }, /unallowed/],
    ['a webhook over http', 'setWebhook', { url: 'http://a.example' }, /HTTPS/],
    ['a limit of 101', 'getUpdates', { limit: 101 }, /limit/],
  ])('%s is refused and noted', async (_, method, fields, words) => {
    const forum = telegram.group('Meja', 'forum')
    forum.adds(telegram.bot, 'administrator')
    telegram.user('Warga').in(telegram.bot).says('halo')
    const asked = botApi.methods.get(method)?.some(field => field.name === 'chat_id')
    const reply = await ask(telegram, method, { ...(asked ? { chat_id: forum.id } : {}), ...fields })
    expect(reply.description).toMatch(words)
    expect(telegram.violations.map(one => `${one.method}: ${one.problem}`)).toEqual([
      `${method}: ${reply.description}`,
    ])
  })
})
