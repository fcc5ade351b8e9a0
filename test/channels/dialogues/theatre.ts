import { randomUUID } from 'node:crypto'
import type { Action, Outcome, Request } from '../../../src/actions/action.ts'
import { actions } from '../../../src/actions/actions.ts'
import type { Channel, OnMessage } from '../../../src/channels/channel.ts'
import type { FileQuota, Files } from '../../../src/channels/ports.ts'
import { restingState } from '../../../src/conversation/state.ts'
import { counted } from '../../../src/counted.ts'
import { storeTold } from '../../../src/inbox/store-told.ts'
import { type Log, openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import type { Db } from '../../../src/records/db.ts'
import { makeKeyring } from '../../../src/records/keyring.ts'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { createSealing, type Sealing } from '../../../src/records/sealing.ts'
import { houses } from '../../helpers/line.ts'
import type { Line } from './play-dialogue.ts'

/** What comes of an action one citizen's conversation asks for. */
export type Script = (action: string, request: Request) => Outcome

/** By conversation; of all theatres, since the actions are those of the whole house. */
const scripts = new Map<string, Script>()

/** Puts a script in the place of every action; gives back how the house gets its own again. */
export function actByScript(): () => void {
  const table = actions as Record<string, Action>
  const own = { ...table }
  for (const name of Object.keys(table)) {
    table[name] = async (_room, requests) =>
      requests.map(
        request => scripts.get(request.conversation.id)?.(name, request) ?? { failed: 'no script' },
      )
  }
  return () => void Object.assign(table, own)
}

/** Offices that can be written to here. */
export const OFFICES = ['lhokseumawe', 'medan']

export type Said = Extract<Line, { citizen: unknown }>['citizen']

/** Somebody who writes to one office. */
export type Actor = {
  /** Where the records know them. */
  address: string
  does(said: Said): void
  /** All that the bot has said, oldest first, as the transcripts write it. */
  hears(): string[]
}

/** A channel with its platform, whose clock stands still. */
export type Scene = {
  channel: Channel
  /** Called when the channel is started. */
  opened(): Promise<void>
  actor(office: string, language: string): Actor
  /** What no real platform would have let pass. */
  violations: readonly unknown[]
  close(): Promise<void>
}

export type SceneParts = {
  db: Db
  address: DatabaseAddress
  sealing: Sealing
  at: Date
  /** Files are what their bytes say they are: `{"id":"f1","name":"lampu.jpg","mime":"image/jpeg"}`. */
  files: Files
  quota: FileQuota
  log: Log
  wake(): void
}

export type Theatre = Awaited<ReturnType<typeof openTheatre>>

/** The whole line behind a channel at the moment `at`. Actions do nothing: each citizen's script says what comes of them. */
export async function openTheatre(
  { db, address }: { db: Db; address: DatabaseAddress },
  at: Date,
  openScene: (parts: SceneParts) => Promise<Scene>,
) {
  const keyring = makeKeyring()
  const sealing = createSealing(keyring)
  const log = openLog((process.env.TEST_LOG ?? 'silent') as 'silent')
  const taken = new Map<string, number>()
  let tells = 0
  const wake: { now: () => void } = { now: () => undefined }
  const files = filesAsTheySay
  const full = new Set<string>()
  const quota: FileQuota = { admit: async sent => !full.has(sent.address) }
  const scene = await openScene({ db, address, sealing, at, files, quota, log, wake: () => wake.now() })
  const channel: Channel = {
    ...scene.channel,
    // A platform's own pace is the outbox's affair, and would make minutes of this.
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    start: (onMessage, onOutcome) => scene.channel.start(counting(taken, onMessage), onOutcome),
  }
  const line = buildLine({
    db,
    keyring,
    houses: houses.houses,
    channels: new Map([[channel.name, channel]]),
    log,
    alone: true,
    counters: counted(),
  })
  wake.now = () => line.delivery.wake()
  await line.start()
  await scene.opened()

  return {
    scene,
    /** Messages from this address that are durably ours. */
    taken: (from: string) => taken.get(from) ?? 0,
    /** From now on this citizen has sent all the files of a day, or none. */
    fill(from: string, isFull: boolean): void {
      if (isFull) full.add(from)
      else full.delete(from)
    },
    /** Opens a conversation that stands at rest; what it asks for is answered by the script. */
    async open(office: string, from: string, language: string, script: Script): Promise<string> {
      const where = { office, channel: channel.name, address: from }
      const id = await insertConversation(db, sealing, where, { language, at })
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
      await scene.close()
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
  where: { office: string; channel: string; address: string },
  { language, at }: { language: string; at: Date },
): Promise<string> {
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`conversations.${id}`)
  await db.pool.query(
    `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq,
       language, updated_at)
     values ($1, $2, $3, $4, 'citizen', $5, $6, $7, 0, 0, $8, $9)`,
    [
      id,
      where.office,
      where.channel,
      hashOfAddress(sealing, where),
      sealing.seal(key, `conversations.address.${id}`, where.address),
      wrapped,
      sealing.seal(key, `conversations.state.${id}`, JSON.stringify(restingState(language))),
      language,
      at,
    ],
  )
  return id
}
