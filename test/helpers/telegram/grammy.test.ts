import { Api, InputFile } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeTelegram, startFakeTelegram } from './fake.ts'

let telegram: FakeTelegram
let api: Api

beforeEach(async () => {
  telegram = await startFakeTelegram({ secondMs: 10 })
  api = new Api(telegram.bot.token, { apiRoot: telegram.url })
})
afterEach(async () => {
  expect(telegram.violations).toEqual([])
  await telegram.close()
})

describe('a client that was not written for this fake', () => {
  it('gets on with it: texts, files, albums, topics, commands, errors', async () => {
    const siti = telegram.user('Siti')
    siti.starts()
    const forum = telegram.group('Meja', 'forum')
    forum.adds(telegram.bot, 'administrator')
    const [first] = await api.getUpdates({ allowed_updates: ['message', 'callback_query'] })
    expect(first?.message).toMatchObject({ text: '/start' })
    const bytes = new TextEncoder().encode('foto')
    const photo = await api.sendPhoto(siti.id, new InputFile(bytes, 'a.jpg'), { caption: 'satu' })
    await api.sendPhoto(siti.id, photo.photo.at(-1)?.file_id ?? '', { caption: 'lagi' })
    await api.sendMediaGroup(siti.id, [
      { type: 'photo', media: new InputFile(bytes, 'b.jpg') },
      { type: 'photo', media: new InputFile(bytes, 'c.jpg') },
    ])
    const topic = await api.createForumTopic(forum.id, 'MDN-1')
    await api.sendMessage(forum.id, 'Kartu', { message_thread_id: topic.message_thread_id })
    await api.copyMessage(forum.id, siti.id, photo.message_id, { message_thread_id: topic.message_thread_id })
    await api.setMyCommands([{ command: 'bantuan', description: 'Bantuan' }], {
      scope: { type: 'chat', chat_id: forum.id },
      language_code: 'id',
    })
    expect(siti.sees().split('\n').slice(1)).toEqual(
      ['balai_bot: (photo) satu', 'balai_bot: (photo) lagi', 'balai_bot: (photo)', 'balai_bot: (photo)'].map(
        line => line.replace('balai_bot', 'Balai'),
      ),
    )
    siti.blocks()
    await expect(api.sendMessage(siti.id, 'a')).rejects.toMatchObject({ error_code: 403 })
  })
})
