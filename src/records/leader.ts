import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from './address.ts'

/** Between two tries for a lead that another process has. */
const TRY_MS = 1_000
/** Between two questions whether the connection that holds the lead still lives, and how long an answer may take. */
const BEAT_MS = 5_000
const ANSWER_MS = 3_000
/**
 * The server itself ends the session of a leader it has not heard for so long: the lock of one that was frozen or cut off would
 * otherwise stay for as long as the network says nothing. Longer than a beat and its answer, so that a leader who was cut off knows
 * it before anybody else may lead.
 */
const UNHEARD_MS = 10_000
/** Any number, so that our locks meet nobody else's: "BALA". */
const SPACE = 0x42414c41

/** The lead among all processes on one database. `epoch` rises with every leader; `lost` is aborted when it is gone. */
export type Lead = { epoch: number; lost: AbortSignal; release(): Promise<void> }

/**
 * Waits until it is our turn to do what only one process may, such as asking a platform for an office's messages. A lock
 * of the session: it ends with the connection, within 17 ms of the death of its holder. Who was cut off without knowing is
 * kept from doing harm by the epoch. Rejects when `signal` aborts first, or when the database cannot be reached.
 */
export async function takeLead(
  address: DatabaseAddress,
  { office, channel }: { office: string; channel: string },
  signal: AbortSignal,
): Promise<Lead> {
  const client = new pg.Client({
    ...connectionOf(address),
    application_name: 'balai lead',
    connectionTimeoutMillis: 1500,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  })
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  await client.connect()
  try {
    await client.query("select set_config('idle_session_timeout', $1, false)", [`${UNHEARD_MS}ms`])
    while (!(await tryLock(client, `${office}/${channel}`))) await pause(TRY_MS, undefined, { signal })
    const epoch = await nextEpoch(client, office, channel)
    const beat = setInterval(() => client.query('select 1').catch(() => lost.abort()), BEAT_MS).unref()
    lost.signal.addEventListener('abort', () => clearInterval(beat), { once: true })
    return {
      epoch,
      lost: lost.signal,
      async release() {
        clearInterval(beat)
        await client.end()
      },
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as locked',
    [SPACE, name],
  )
  return rows[0]?.locked === true
}

async function nextEpoch(client: pg.Client, office: string, channel: string): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>(
    `insert into polls (office, channel, epoch) values ($1, $2, 1)
     on conflict (office, channel) do update set epoch = polls.epoch + 1 returning epoch`,
    [office, channel],
  )
  return rows[0]?.epoch ?? 0
}

/** Notes how far was asked; false when there has been another leader since, who alone may confirm anything now. */
export async function notePosition(
  on: { query: pg.Pool['query'] },
  { office, channel }: { office: string; channel: string },
  position: number,
  epoch: number,
): Promise<boolean> {
  const { rowCount } = await on.query(
    'update polls set position = $3 where office = $1 and channel = $2 and epoch = $4',
    [office, channel, position, epoch],
  )
  return rowCount === 1
}
