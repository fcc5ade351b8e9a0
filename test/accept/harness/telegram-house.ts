import type { Channel, ChannelName, InboundMessage, OutboundMessage } from '../../../src/channels/channel.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { counted } from '../../../src/counted.ts'
import { settleGroup } from '../../../src/desk/groups.ts'
import { createInbox } from '../../../src/inbox/inbox.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine, type Line } from '../../../src/line.ts'
import { openHouses } from '../../../src/offices/open-houses.ts'
import { createDelivery } from '../../../src/outbox/deliver.ts'
import { isAway } from '../../../src/records/away.ts'
import { addStaff, bindAccount, linkForStaff } from '../../../src/records/staff.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import { type FakeTelegram, startFakeTelegram, type Wish } from '../../helpers/telegram/fake.ts'
import type { Group } from '../../helpers/telegram/group.ts'
import type { Records, Server } from './server.ts'
import { createWeb, type Web } from './web.ts'

/** The offices of these checks; each has a bot, in this order. */
export const OFFICES = ['lhokseumawe', 'medan'] as const
export type Office = (typeof OFFICES)[number]

const UNLIMITED: Channel['pace'] = { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 }

export type HouseWish = Wish & {
  /** As fast as it goes; for checks that are not about limits. */
  hasty?: boolean
  /** Wrong on purpose: every card leaves for itself. */
  unmerged?: boolean
  /** Wrong on purpose: what the channel hears before the line does. */
  hears?: (message: InboundMessage) => InboundMessage
  /** Wrong on purpose: how a message is sent. */
  sends?: (send: Channel['send']) => Channel['send']
  pace?: Channel['pace']
}

/** The whole line, with a strict Telegram at one end and a web of its own at the other, on a database of the check's. */
export type TelegramHouse = {
  telegram: FakeTelegram
  line: Line
  records: Records
  web: Web
  /** Everything sent over Telegram, as the line said it. */
  sent: OutboundMessage[]
  /** A group that is an office's desk. */
  deskGroup(desk: string, kind?: 'supergroup' | 'forum', office?: Office): Promise<Group>
  /** Puts an account on the list of an office. */
  listed(name: string, account: number, more?: { office?: Office; desks?: string[] | null }): Promise<string>
  /** Nothing is waiting any more, in the inbox or in the outbox; false when `ms` did not suffice. */
  quiet(ms: number): Promise<boolean>
  stop(): Promise<void>
}

const log = openLog((process.env.LOG_LEVEL ?? 'silent') as 'silent')
const { houses } = await openHouses(
  { flowsDir: 'flows', offices: [...OFFICES], mode: 'trial' },
  openLog('silent'),
)

export async function openTelegramHouse(
  server: Server,
  name: string,
  wish: HouseWish = {},
): Promise<TelegramHouse> {
  const records = await server.database(name)
  const { db, sealing, address } = records
  const bots = OFFICES.map(office => ({ username: `${office}_bot`, name: office }))
  const telegram = await startFakeTelegram({ bots, ...wish })
  const waking: { now: () => void } = { now: () => undefined }
  const real = telegramChannel({
    bots: OFFICES.map((office, n) => ({ office, token: telegram.bots[n]?.token ?? '', by: 'poll' })),
    apiRoot: telegram.url,
    ...telegramRecords({ db, sealing, address, wake: () => waking.now() }),
    files: { put: async () => ({ refused: 'no_room' }), open: async () => undefined },
    away: isAway,
    log,
    counters: createCounters(telegramCounts),
  })
  const sent: OutboundMessage[] = []
  const send: Channel['send'] = message => {
    sent.push(message)
    return real.send(message)
  }
  const { hears = message => message } = wish
  const channel: Channel = {
    ...real,
    pace: wish.pace ?? (wish.hasty === true ? UNLIMITED : real.pace),
    send: wish.sends?.(send) ?? send,
    start: onMessage => real.start(message => onMessage(hears(message))),
  }
  const web = createWeb()
  const parts = {
    db,
    keyring: records.keyring,
    houses,
    channels: new Map<ChannelName, Channel>([
      ['telegram', channel],
      ['web', web.channel],
    ]),
    log,
    alone: true,
    counters: counted(),
  }
  const line = wish.unmerged === true ? buildUnmerged(parts, sealing) : buildLine(parts)
  waking.now = () => line.delivery.wake()
  await line.start()

  return {
    telegram,
    line,
    records,
    web,
    sent,
    async deskGroup(desk, kind = 'supergroup', office = 'lhokseumawe') {
      const group = telegram.group(`Meja ${desk}`, kind)
      await settleGroup(db.pool, sealing, {
        office,
        channel: 'telegram',
        address: String(group.id),
        desk,
        forum: kind === 'forum',
      })
      const bot = telegram.bots[OFFICES.indexOf(office)]
      if (bot !== undefined) group.adds(bot, 'administrator')
      return group
    },
    async listed(name, account, { office = 'lhokseumawe', desks = null } = {}) {
      const id = await addStaff(db.pool, sealing, { office, name, role: 'staff', desks })
      const code = await linkForStaff(db.pool, sealing, { id, office })
      await bindAccount(db, sealing, { office, channel: 'telegram', account: String(account) }, code)
      return id
    },
    async quiet(ms) {
      const until = performance.now() + ms
      while (performance.now() < until) {
        const { rows } = await db.pool.query<{ open: number }>(
          `select (select count(*) from outbox where status in ('waiting', 'sending'))
             + (select count(*) from inbox where status = 'pending' and due_at < now() + interval '1 minute') as open`,
        )
        const pending = telegram.bots.reduce((sum, bot) => sum + bot.pending.length, 0)
        if (Number(rows[0]?.open) === 0 && pending === 0) return true
        await new Promise(done => setTimeout(done, 50))
      }
      return false
    },
    async stop() {
      await line.stop()
      await telegram.close()
    },
  }
}

/** The line with the one part left out that puts cards together. */
function buildUnmerged(parts: Parameters<typeof buildLine>[0], sealing: Records['sealing']): Line {
  const { db, channels, log, alone, counters } = parts
  const { room, steps } = buildLine(parts)
  const delivery = createDelivery({ db, sealing, channels, log, alone, counters })
  const inbox = createInbox({ db, room, log, outbox: delivery, counters })
  return {
    room,
    inbox,
    delivery,
    steps,
    async start() {
      await inbox.start()
      delivery.start()
      for (const channel of channels.values()) await channel.start(inbox.receive)
    },
    async stop() {
      for (const channel of channels.values()) await channel.stop()
      await inbox.stop()
      await delivery.stop()
    },
  }
}
