import { randomUUID } from 'node:crypto'
import type { Action, Outcome, Request } from '../../../src/actions/action.ts'
import { actions } from '../../../src/actions/actions.ts'
import type { ChannelName, OnMessage } from '../../../src/channels/channel.ts'
import type { Files } from '../../../src/channels/ports.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import { type TelegramChannel, telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { restingState } from '../../../src/conversation/state.ts'
import { counted } from '../../../src/counted.ts'
import { storeTold } from '../../../src/inbox/store-told.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import { isAway } from '../../../src/records/away.ts'
import type { Db } from '../../../src/records/db.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { createSealing, type Sealing } from '../../../src/records/sealing.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import { houses } from '../../helpers/line.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { FAST } from './fixture.ts'

/** What comes of an action one citizen's conversation asks for. */
export type Script = (action: string, request: Request) => Outcome

/** By conversation; of all theatres, since the actions are those of the whole house. */
const scripts = new Map<string, Script>()
const table = actions as Record<string, Action>
for (const name of Object.keys(table)) {
  table[name] = async (_room, requests) =>
    requests.map(request => scripts.get(request.conversation.id)?.(name, request) ?? { failed: 'no script' })
}

/** Offices with a bot here. */
const OFFICES = ['lhokseumawe', 'medan']
export type Theatre = Awaited<ReturnType<typeof openTheatre>>

/**
 * The whole line behind a Telegram whose clock stands at `at`. Actions do nothing: each citizen's script says what comes of them.
 * Files are what their bytes say they are, `{"id":"f1","name":"lampu.jpg","mime":"image/jpeg"}`.
 */
export async function openTheatre({ db, address }: { db: Db; address: DatabaseAddress }, at: Date) {
  const telegram = await startFakeTelegram({
    now: () => at.getTime(),
    secondMs: 20,
    bots: OFFICES.map(office => ({ username: `balai_${office}_bot` })),
  })
  const keyring = makeKeyring()
  const sealing = createSealing(keyring)
  const log = openLog((process.env.TEST_LOG ?? 'silent') as 'silent')
  const taken = new Map<string, number>()
  let tells = 0
  const wake: { now: () => void } = { now: () => undefined }
  const adapter = telegramChannel({
    bots: OFFICES.map((office, n) => ({ office, token: telegram.bots[n]?.token ?? '', by: 'poll' })),
    apiRoot: telegram.url,
    ...telegramRecords({ db, sealing, address, wake: () => wake.now() }),
    files: filesAsTheySay,
    away: isAway,
    log,
    counters: createCounters(telegramCounts),
    times: FAST,
    now: () => at,
  })
  const channel: TelegramChannel = {
    ...adapter,
    // Telegram's own pace is the outbox's affair, and would make minutes of this.
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    start: onMessage => adapter.start(counting(taken, onMessage)),
  }
  const line = buildLine({
    db,
    keyring,
    houses: houses.houses,
    channels: new Map<ChannelName, TelegramChannel>([['telegram', channel]]),
    log,
    alone: true,
    counters: counted(),
  })
  wake.now = () => line.delivery.wake()
  await line.start()

  return {
    telegram,
    botOf: (office: string) => telegram.bots[OFFICES.indexOf(office)] ?? telegram.bot,
    /** Messages of this citizen that are durably ours. */
    taken: (citizen: number) => taken.get(String(citizen)) ?? 0,
    /** Opens a conversation that stands at rest; what it asks for is answered by the script. */
    async open(office: string, citizen: number, language: string, script: Script): Promise<string> {
      const id = await insertConversation(db, sealing, { office, citizen, language, at })
      scripts.set(id, script)
      return id
    },
    /** What happens to a conversation from elsewhere: staff write, nobody does for a day. */
    async tell(office: string, conversationId: string, said: { type: string } & Record<string, unknown>) {
      tells += 1
      const tell = { key: `theatre/${conversationId}/${tells}`, office, to: { conversationId }, said, at }
      await storeTold(db.pool, sealing, tell)
    },
    /** Nothing is left to be taken, and nothing to be said here. */
    async quiet(conversationId: string): Promise<boolean> {
      const { rows } = await db.pool.query<{ open: number }>(
        `select (select count(*) from inbox where status = 'pending')
           + (select count(*) from outbox where conversation_id = $1 and status in ('waiting', 'sending')) as open`,
        [conversationId],
      )
      return Number(rows[0]?.open) === 0
    },
    async close(): Promise<void> {
      await line.stop()
      await telegram.close()
    },
  }
}

const filesAsTheySay: Files = {
  put: async (_office, bytes) => JSON.parse(Buffer.from(bytes).toString()),
  open: async () => undefined,
}

function counting(taken: Map<string, number>, onMessage: OnMessage): OnMessage {
  return async message => {
    const receipt = await onMessage(message)
    taken.set(message.address, (taken.get(message.address) ?? 0) + 1)
    return receipt
  }
}

async function insertConversation(
  db: Db,
  sealing: Sealing,
  { office, citizen, language, at }: { office: string; citizen: number; language: string; at: Date },
): Promise<string> {
  const id = randomUUID()
  const address = String(citizen)
  const { key, wrapped } = sealing.newKey(`conversations.${id}`)
  await db.pool.query(
    `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq,
       language, updated_at)
     values ($1, $2, 'telegram', $3, 'citizen', $4, $5, $6, 0, 0, $7, $8)`,
    [
      id,
      office,
      hashOfAddress(sealing, { office, channel: 'telegram', address }),
      sealing.seal(key, `conversations.address.${id}`, address),
      wrapped,
      sealing.seal(key, `conversations.state.${id}`, JSON.stringify(restingState(language))),
      language,
      at,
    ],
  )
  return id
}
