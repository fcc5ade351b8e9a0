import { staffLeaves } from '../../../src/records/staff.ts'
import type { Group } from '../../helpers/telegram/group.ts'
import type { Message } from '../../helpers/telegram/shapes.ts'
import type { TelegramHouse } from './telegram-house.ts'

/** Somebody without the right: writes, perhaps in answer to a card, and presses, where their kind can. */
export type Stranger = {
  kind: string
  says(text: string, to?: Message): void
  presses?(data: string, on: Message): void
}

type Stage = { house: TelegramHouse; group: Group; rina: ReturnType<TelegramHouse['telegram']['user']> }

/** What the listed person is called, on the list and on Telegram. */
export const LISTED = 'Rina Contoh'

/** Eight kinds of stranger in the desk's own group, and staff of another desk and of another office. */
export async function strangersIn(stage: Stage): Promise<Stranger[]> {
  const { house, group, rina } = stage
  const { telegram } = house
  const member = (name: string) => {
    const one = telegram.user(name)
    group.adds(one)
    return one
  }
  const own = (kind: string, one: ReturnType<typeof member>): Stranger => ({
    kind,
    says: (text, to) => (to === undefined ? one.in(group).says(text) : one.in(group).replies(to, text)),
    presses: (data, on) => one.in(group).forges(data, on),
  })

  const renamed = member('Joko')
  renamed.renames({ first_name: LISTED })
  const [admin, owner, editor] = [member('Admin'), member('Pemilik'), member('Penyunting')]
  group.promotes(admin, { anonymous: true })
  const passer = member('Penerus')
  const [left, elsewhere, distant] = [member('Sari Contoh'), member('Dewi Contoh'), member('Tono Contoh')]
  const leaving = await house.listed('Sari Contoh', left.id)
  await house.listed('Dewi Contoh', elsewhere.id, { desks: ['pengawasan'] })
  await house.listed('Tono Contoh', distant.id, { office: 'medan' })
  await staffLeaves(house.records.db, leaving)

  return [
    notThere(stage),
    own('renamed', renamed),
    {
      kind: 'anonymous admin',
      says: (text, to) => {
        const hidden = group.anonymously(admin)
        if (to === undefined) hidden.says(text)
        else hidden.replies(to, text)
      },
      presses: (data, on) => admin.in(group).forges(data, on),
    },
    {
      kind: 'channel',
      says: (text, to) => {
        if (to === undefined) group.linkedChannelPosts('Kanal Kota', text)
        else group.asChannel(owner, 'Kanal Kota').replies(to, text)
      },
    },
    {
      kind: 'forwarded',
      // By a stranger what staff might have said, and by staff what a stranger said.
      says: text => {
        const said = passer.in(group).says(text)
        rina.in(group).forwards(said)
        passer.in(group).forwards({ ...said, from: rina.user })
      },
    },
    {
      kind: 'edited',
      says: (text, to) => {
        const before = to === undefined ? editor.in(group).says('halo') : editor.in(group).replies(to, '👍')
        editor.in(group).edits(before, text)
      },
    },
    own('removed from the list', left),
    own('of another desk', elsewhere),
    own('of another office', distant),
  ]
}

/** Updates as a platform would give them that let somebody write who is no member. */
function notThere({ house, group }: Stage): Stranger {
  const { bot, world } = house.telegram
  const from = house.telegram.user(LISTED).user
  const date = () => Math.floor(world.now() / 1000)
  return {
    kind: 'no member',
    says: (text, to) => {
      const message = {
        message_id: group.place.nextMessageId(),
        from,
        chat: group.place.chat,
        date: date(),
        text,
      }
      bot.receives({ message: to === undefined ? message : { ...message, reply_to_message: to } })
    },
    presses: (data, on) => {
      bot.receives({
        callback_query: { id: `${world.nextId()}`, from, message: on, chat_instance: '1', data },
      })
    },
  }
}
