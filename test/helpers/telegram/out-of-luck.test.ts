import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from './caller.ts'
import { type FakeTelegram, startFakeTelegram } from './fake.ts'
import type { Group } from './group.ts'
import type { Person } from './person.ts'
import type { Fields, Message } from './shapes.ts'

let telegram: FakeTelegram
let clock = 0

beforeEach(async () => {
  clock = Date.parse('2026-11-23T02:00:00Z')
  telegram = await startFakeTelegram({ now: () => clock, secondMs: 10 })
})
afterEach(() => telegram.close())

type Scene = { warga: Person; forum: Group; topic: number; said: Message }

type Call = (scene: Scene) => [method: string, fields: Fields]
type Row = [name: string, change: (scene: Scene) => unknown, call: Call, code: number, words: RegExp]

const rows: Row[] = []

/** `change` brings the world to where a call that is right is refused all the same. */
function when(...row: Row): void {
  rows.push(row)
}

const nothing = () => undefined
const toWarga: Call = ({ warga }) => ['sendMessage', { chat_id: warga.id, text: 'a' }]
const toTopic: Call = ({ forum, topic }) => [
  'sendMessage',
  { chat_id: forum.id, message_thread_id: topic, text: 'a' },
]
/** A call in the private chat, and one about the group's topics. */
const inChat =
  (method: string, fields: Fields): Call =>
  ({ warga }) => [method, { chat_id: warga.id, ...fields }]
const inGroup =
  (method: string, fields: Fields): Call =>
  ({ forum }) => [method, { chat_id: forum.id, ...fields }]

when('nobody of that id', nothing, () => ['sendMessage', { chat_id: 4, text: 'a' }], 400, /chat not found/)
when(
  'somebody who never wrote',
  nothing,
  () => ['sendMessage', { chat_id: telegram.user('Baru').id, text: 'a' }],
  400,
  /chat not found/,
)
when(
  'a member who never wrote',
  ({ forum }) => forum.adds(telegram.user('Baru', { id: 42 })),
  () => ['sendMessage', { chat_id: 42, text: 'a' }],
  403,
  /can't initiate/,
)
when('who blocked the bot', ({ warga }) => warga.blocks(), toWarga, 403, /blocked by the user/)
when('who is gone', ({ warga }) => warga.deactivates(), toWarga, 403, /deactivated/)
when(
  'a group the bot was put out of',
  ({ forum }) => forum.removes(telegram.bot),
  toTopic,
  403,
  /kicked from the supergroup/,
)
when(
  'a group the bot has left',
  ({ forum }) => ask(telegram, 'leaveChat', { chat_id: forum.id }),
  toTopic,
  403,
  /not a member/,
)
when(
  'a topic that never was',
  nothing,
  inGroup('sendMessage', { message_thread_id: 99, text: 'a' }),
  400,
  /message thread not found/,
)
when(
  'a topic in a chat without',
  nothing,
  inChat('sendMessage', { message_thread_id: 1, text: 'a' }),
  400,
  /message thread not found/,
)
when(
  'a deleted topic',
  ({ forum, topic }) => forum.deletesTopic(topic),
  toTopic,
  400,
  /message thread not found/,
)
when('a closed topic', ({ forum, topic }) => forum.closesTopic(topic), toTopic, 400, /TOPIC_CLOSED/)
when(
  'closing it twice',
  ({ forum, topic }) => forum.closesTopic(topic),
  ({ forum, topic }) => ['closeForumTopic', { chat_id: forum.id, message_thread_id: topic }],
  400,
  /TOPIC_NOT_MODIFIED/,
)
when(
  'renaming a topic that never was',
  nothing,
  inGroup('editForumTopic', { message_thread_id: 99, name: 'b' }),
  400,
  /TOPIC_ID_INVALID/,
)
when(
  'a topic without the right',
  ({ forum }) => forum.adds(telegram.bot),
  inGroup('createForumTopic', { name: 'b' }),
  400,
  /not enough rights/,
)
when('a topic where there are none', nothing, inChat('createForumTopic', { name: 'b' }), 400, /not a forum/)
when(
  'a reply to nothing',
  nothing,
  inChat('sendMessage', { text: 'a', reply_parameters: { message_id: 99 } }),
  400,
  /message to be replied not found/,
)
when(
  'an edit of nothing',
  nothing,
  inChat('editMessageText', { message_id: 99, text: 'a' }),
  400,
  /message to edit not found/,
)
when(
  "an edit of another's words",
  nothing,
  ({ warga, said }) => ['editMessageText', { chat_id: warga.id, message_id: said.message_id, text: 'a' }],
  400,
  /can't be edited/,
)
when(
  'an edit that changes nothing',
  nothing,
  inChat('editMessageText', { message_id: 2, text: ' lama ' }),
  400,
  /message is not modified/,
)
when(
  'deleting nothing',
  nothing,
  inChat('deleteMessage', { message_id: 99 }),
  400,
  /message to delete not found/,
)
when(
  'deleting after two days',
  () => {
    clock += 49 * 3600_000
  },
  inChat('deleteMessage', { message_id: 2 }),
  400,
  /can't be deleted/,
)
when(
  'copying nothing',
  nothing,
  ({ warga, forum }) => ['copyMessage', { chat_id: warga.id, from_chat_id: forum.id, message_id: 99 }],
  400,
  /message to copy not found/,
)
when(
  'a press that never was',
  nothing,
  () => ['answerCallbackQuery', { callback_query_id: '99' }],
  400,
  /query is too old/,
)
when('a file that never was', nothing, () => ['getFile', { file_id: 'x' }], 400, /wrong file_id/)
when(
  'a token taken back',
  () => telegram.bot.revokes(),
  () => ['getMe', {}],
  401,
  /^Unauthorized$/,
)

describe('a call that is only out of luck', () => {
  it.each(rows)('%s', async (_, change, call, code, words) => {
    const warga = telegram.user('Warga')
    const forum = telegram.group('Meja', 'forum')
    forum.adds(telegram.bot, 'administrator')
    const said = warga.starts()
    const sent = await ask(telegram, 'sendMessage', { chat_id: warga.id, text: 'lama' })
    expect(sent.result).toMatchObject({ message_id: 2, text: 'lama' })
    const scene = { warga, forum, topic: forum.createsTopic('Jalan'), said }
    await change(scene)
    const [method, fields] = call(scene)
    const reply = await ask(telegram, method, fields)
    expect(reply.error_code).toBe(code)
    expect(reply.description).toMatch(words)
    expect(telegram.violations).toEqual([])
  })
})
