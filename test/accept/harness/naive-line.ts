import type { Channel, ChannelName, InboundMessage, Receipt } from '../../../src/channels/channel.ts'
import { killPoint } from '../../../src/lib/kill-point.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Control } from './wire.ts'

const TABLES = `
create table if not exists naive_seen (id text primary key);
create table if not exists naive_tickets (id serial primary key, chat text not null, said text not null)`

type Parts = { db: Db; channels: ReadonlyMap<ChannelName, Channel> }

/**
 * What one would write first, and what the checks must catch. `naive`: look, insert, send, then mark as seen. `any-order`:
 * replies leave when they can, each for itself. `ack-first`: acknowledged at once, worked on afterwards, and a stop order
 * ends it on the spot. `one-queue`: one after another over all chats, and what fails is tried again before the next.
 */
export function buildNaiveLine({ db, channels }: Parts, control: Control) {
  const said = new Map<string, number>()
  let last: Promise<unknown> = Promise.resolve()

  async function reply(message: InboundMessage, text: string): Promise<void> {
    const seq = (said.get(message.address) ?? 0) + 1
    said.set(message.address, seq)
    const { office, channel, address } = message
    const key = `${address}/${process.pid}/${seq}`
    for (;;) {
      try {
        await channels.get(channel)?.send({ office, channel, address, key, seq, from: 'bot', text })
        return
      } catch {
        // Whoever failed tries again; nobody behind waits for it.
        await new Promise(done => setTimeout(done, 50))
      }
    }
  }

  async function take(message: InboundMessage): Promise<Receipt> {
    const id = message.externalId
    const seen = await db.pool.query('select 1 from naive_seen where id = $1', [id])
    killPoint('control looked')
    if (seen.rowCount === 1) return { repeat: true }
    await db.pool.query('insert into naive_tickets (chat, said) values ($1, $2)', [message.address, id])
    killPoint('control inserted')
    await reply(message, `Terima kasih: ${message.text}`)
    killPoint('control sent')
    await db.pool.query('insert into naive_seen values ($1) on conflict do nothing', [id])
    killPoint('control marked')
    return { repeat: false }
  }

  async function takeUntilDone(message: InboundMessage): Promise<Receipt> {
    for (;;) {
      if (!message.text.includes('racun')) return take(message)
      await new Promise(done => setTimeout(done, 100))
    }
  }

  const ways: Record<Control, (message: InboundMessage) => Promise<Receipt>> = {
    naive: take,
    'any-order': async message => {
      for (const part of ['satu', 'dua', 'tiga']) void reply(message, `${part}: ${message.text}`)
      return { repeat: false }
    },
    'ack-first': async message => {
      void new Promise(done => setTimeout(done, 20)).then(() => take(message))
      return { repeat: false }
    },
    'one-queue': message => {
      const taken = last.then(() => takeUntilDone(message))
      last = taken
      return taken
    },
  }

  return {
    async start(): Promise<void> {
      await db.pool.query(TABLES)
      for (const channel of channels.values()) await channel.start(ways[control])
      if (control === 'ack-first') process.prependListener('SIGTERM', () => process.exit(0))
    },
    async stop(): Promise<void> {
      for (const channel of channels.values()) await channel.stop()
    },
  }
}
