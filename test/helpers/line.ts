import { setTimeout as pause } from 'node:timers/promises'
import { afterAll } from 'vitest'
import type {
  Channel,
  ChannelName,
  InboundMessage,
  OnOutcome,
  OutboundMessage,
} from '../../src/channels/channel.ts'
import type { Flow } from '../../src/conversation/flow.ts'
import { counted } from '../../src/counted.ts'
import { type Knowledge, NO_KNOWLEDGE } from '../../src/knowledge/books.ts'
import type { Counters } from '../../src/lib/counters.ts'
import { openLog } from '../../src/lib/log.ts'
import { buildLine, type Line } from '../../src/line.ts'
import type { House } from '../../src/offices/house.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import type { Db } from '../../src/records/db.ts'
import { type Keyring, makeKeyring } from '../../src/records/keyring.ts'
import { NO_VACANCIES, type Vacancies } from '../../src/vacancies/books.ts'

export const houses = await openHouses(
  { flowsDir: 'flows', offices: undefined, mode: 'trial' },
  openLog('silent'),
)

/** A platform that keeps what it was sent, and fails when told to. */
export type FakePlatform = Channel & {
  sent: OutboundMessage[]
  /** Called before each send; may throw a SendError. */
  before: (message: OutboundMessage) => void | Promise<void>
  /** Says what became of messages, once it was started. */
  tell: OnOutcome
}

export function fakePlatform(name: ChannelName): FakePlatform {
  const platform: FakePlatform = {
    name,
    sent: [],
    before: () => undefined,
    tell: async () => undefined,
    capabilities: { buttons: 100, labelMax: 200, textMax: 4096 },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      await platform.before(message)
      platform.sent.push(message)
      return { ref: `r${platform.sent.length}` }
    },
    async start(_onMessage, onOutcome) {
      platform.tell = onOutcome ?? platform.tell
    },
    stop: async () => undefined,
  }
  return platform
}

export type TestLine = Line & {
  counters: Counters
  citizens: FakePlatform
  groups: FakePlatform
  keyring: Keyring
  /** A citizen of Lhokseumawe says something; resolves when it is durably ours. */
  say(who: string, text: string, more?: Partial<InboundMessage>): Promise<{ repeat: boolean }>
  /** Somebody in a desk's group says something, or presses a button. */
  work(desk: string, staff: string, text: string, choice?: string): Promise<{ repeat: boolean }>
  /** Everything taken and everything due delivered. */
  quiet(): Promise<void>
  /** What this citizen was told, oldest first. */
  heard(who: string): string[]
  /** What a desk's group was shown, oldest first. */
  shown(desk: string): string[]
}

let count = 0

/** It is always noon of a Monday for what is said first: tests run at night as well. */
export const NOON = new Date('2026-11-23T05:00:00Z')

/** The real line on a test's database, with fake platforms at its ends. */
export async function testLine(
  db: Db,
  keyring: Keyring = makeKeyring(),
  citizens: FakePlatform = fakePlatform('telegram'),
  knowledge: Knowledge = NO_KNOWLEDGE,
  vacancies: Vacancies = NO_VACANCIES,
  served: ReadonlyMap<string, House> = houses.houses,
  learn: (flows: Flow[]) => void = houses.remember,
): Promise<TestLine> {
  const groups = fakePlatform('web')
  const counters = counted()
  const line = buildLine({
    db,
    keyring,
    houses: served,
    learn,
    knowledge,
    vacancies,
    channels: new Map([
      [citizens.name, citizens],
      ['web', groups],
    ]),
    log: openLog((process.env.TEST_LOG ?? 'silent') as 'silent'),
    alone: true,
    counters,
    now: () => NOON,
  })
  await line.start()
  afterAll(() => line.stop())
  return {
    ...line,
    counters,
    citizens,
    groups,
    keyring,
    say: (who, text, more = {}) =>
      line.inbox.receive(message({ channel: citizens.name, address: who, text, ...more })),
    work: (desk, staff, text, choice) =>
      line.inbox.receive(
        message({
          channel: 'web',
          address: `desk:${desk}`,
          from: { is: 'desk', desk, staff },
          text,
          ...(choice === undefined ? {} : { choice }),
        }),
      ),
    quiet: () => quiet(db),
    heard: who => citizens.sent.filter(({ address }) => address === who).map(({ text }) => text),
    shown: desk => groups.sent.filter(({ address }) => address === `desk:${desk}`).map(({ text }) => text),
  }
}

export function message(more: Partial<InboundMessage>): InboundMessage {
  count += 1
  return {
    office: 'lhokseumawe',
    channel: 'telegram',
    address: 'citizen',
    externalId: `m${count}`,
    from: { is: 'citizen' },
    kind: 'text',
    text: '',
    sentAt: new Date('2026-11-23T02:00:00Z'),
    ...more,
  }
}

async function quiet(db: Db): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query<{ open: number }>(
      `select (select count(*) from outbox where status in ('waiting', 'sending') and due_at <= now())
         + (select count(*) from inbox where status = 'pending' and due_at <= now()) as open`,
    )
    if (rows[0]?.open === 0) return
    await pause(5)
  }
}

/** The answers that file an ordinary complaint, in the order of the questions. */
export const ORDINARY = [
  'lapor',
  'layanan',
  'terbuka',
  'Antrean loket lama sekali, tiga jam belum dipanggil',
  'kemarin',
  'Loket 3',
  'lewati',
  'lewati',
  'Budi Contoh',
  'kirim',
]

/** Files a complaint by those answers, some of them replaced; returns what the last reply said. */
export async function fileComplaint(
  line: TestLine,
  who: string,
  answers: string[] = ORDINARY,
): Promise<string> {
  for (const answer of answers) await line.say(who, answer)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

export function codeIn(text: string): string {
  const code = /[A-Z]{3}-\d{4}-[0-9A-Z]{6}/.exec(text)?.[0]
  if (code === undefined) throw new Error(`No ticket code in: ${text}`)
  return code
}
