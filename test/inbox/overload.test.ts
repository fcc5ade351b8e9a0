import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { InboundMessage } from '../../src/channels/channel.ts'
import { counted } from '../../src/counted.ts'
import { createInbox } from '../../src/inbox/inbox.ts'
import { Overloaded } from '../../src/inbox/overloaded.ts'
import { NO_KNOWLEDGE } from '../../src/knowledge/books.ts'
import { LIMITS } from '../../src/lib/limits.ts'
import { openLog } from '../../src/lib/log.ts'
import { isAway, openDb } from '../../src/records/db.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { NO_VACANCIES } from '../../src/vacancies/books.ts'

const sealing = createSealing(makeKeyring())
const message = (office: string, n: number): InboundMessage => ({
  office,
  channel: 'web',
  address: `chat-${n}`,
  externalId: `m${n}`,
  from: { is: 'citizen' },
  kind: 'text',
  text: 'menu',
  sentAt: new Date(0),
})

/** Records that never answer, so that everything waits. */
function stuckInbox(counters = counted()) {
  const db = openDb('postgres://nobody@127.0.0.1:9/none', { max: 1 })
  db.pool.connect = () => new Promise(() => undefined)
  const house = (id: string): never => {
    throw new Error(`No office ${id}.`)
  }
  return createInbox({
    db,
    room: {
      sealing,
      pinKey: Buffer.alloc(32),
      knowledge: NO_KNOWLEDGE,
      vacancies: NO_VACANCIES,
      houseOf: house,
      shown: [],
    },
    log: openLog('silent'),
    outbox: {
      offer: () => ({ take: () => undefined, drop: () => undefined }) as never,
      wake: () => undefined,
    },
    counters,
  })
}

it('refuses what is too much for an office, and lets the others go on until it is too much for all', async () => {
  const counters = counted()
  const inbox = stuckInbox(counters)
  let n = 0
  const fill = (office: string, count: number) => {
    for (let m = 0; m < count; m++) void inbox.receive(message(office, ++n))
  }
  const refused = (office: string) => inbox.receive(message(office, ++n)).catch((error: unknown) => error)
  // The first of each of two lanes is under way and waits no more.
  for (const _lane of [1, 2]) {
    fill('medan', 1)
    await vi.waitUntil(() => inbox.waiting() === 0)
  }
  fill('medan', LIMITS.officeWaiting.most)
  const own = await Promise.race([refused('medan'), pause(50, 'taken')])
  expect(own).toBeInstanceOf(Overloaded)
  expect(inbox.waiting()).toBe(LIMITS.officeWaiting.most)
  fill('lhokseumawe', LIMITS.allWaiting.most - LIMITS.officeWaiting.most)
  expect(inbox.waiting()).toBe(LIMITS.allWaiting.most)
  expect(await Promise.race([refused('tanjungbalai'), pause(50, 'taken')])).toBeInstanceOf(Overloaded)
  expect(counters.text()).toContain('balai_messages_refused_total 2\n')
})

it('says so as records do that are away: channels try again for as long as it lasts, and leave nothing out', () => {
  expect(isAway(new Overloaded('Too many messages are waiting.'))).toBe(true)
})
