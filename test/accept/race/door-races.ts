import { randomUUID } from 'node:crypto'
import { openSession, readSession } from '../../../src/channels/web/session.ts'
import { LIMITS } from '../../../src/lib/limits.ts'
import { openFileQuota } from '../../../src/records/file-quota.ts'
import { keyFor } from '../../../src/records/keyring.ts'
import { hashOfAddress, hashOfMessage } from '../../../src/records/look-up.ts'
import { type Doors, PARTNER } from './doors.ts'
import { type Ended, failures } from './field.ts'
import { allAtOnce, times } from './served.ts'

const OFFICE = 'medan'

/** What comes in by the doors of two processes at once, each over a connection of its own. */
export const DOOR_RACES: Record<string, (doors: Doors) => Promise<Ended>> = {
  /** A partner who heard no answer posts again, from all its machines. */
  async sameRequest(doors) {
    const key = randomUUID()
    const before = await doors.count('select count(*) from tickets')
    const answers = await each(doors, (url, n) => request(url, key, n))
    const codes = new Set(
      await Promise.all(
        answers
          .filter(({ status }) => status === 201)
          .map(async answer => {
            const [one] = (await answer.json()) as { service_request_id: string }[]
            return one?.service_request_id
          }),
      ),
    )
    const filed = await doors.count('select count(*) from tickets')
    return { won: Math.max(codes.size, filed - before), failed: failures(answers) }
  },

  /** A chat that reconnects sends its last message again, under the same id, whatever its text. */
  async sameMessage(doors) {
    const { session, address } = openChat(doors)
    const id = randomUUID()
    const answers = await each(doors, (url, n) =>
      fetch(`${url}/chat/${OFFICE}/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ session, id, text: n % 2 === 0 ? 'halo' : 'pengaduan' }),
      }),
    )
    const said = (await Promise.all(answers.map(answer => answer.json()))) as { repeat?: boolean }[]
    const first = said.filter(({ repeat }) => repeat === false).length
    const stored = await doors.count('select count(*) from inbox where message_hash = $1', [
      hashOfMessage(doors.records.sealing, OFFICE, 'web', `${address}:${id}`),
    ])
    const turns = await doors.count(
      'select coalesce(max(turn), 0) as count from conversations where address_hash = $1',
      [whereIs(doors, address)],
    )
    return { won: Math.max(first, stored, turns), failed: failures(answers) }
  },

  /** One file is left of the day, and many are sent at once. */
  async lastFile(doors) {
    const { session, address } = openChat(doors)
    const [house] = doors.houses
    const quota = openFileQuota({
      db: house.db,
      sealing: doors.records.sealing,
      dayOf: () => '2026-11-22',
    })
    for (const n of times(LIMITS.chatFiles.most - 1))
      await quota.admit({ office: OFFICE, channel: 'web', address, externalId: `${address}:before ${n}` }, 10)
    const answers = await each(doors, (url, n) => {
      const form = new FormData()
      form.set('session', session)
      form.set('id', `file ${n}`)
      form.set('file', new File([new Uint8Array(10)], 'foto.png'))
      return fetch(`${url}/chat/${OFFICE}/files`, { method: 'POST', body: form })
    })
    const taken = await doors.count('select count(*) from files_sent where address_hash = $1', [
      whereIs(doors, address),
    ])
    const heard = answers.filter(({ status }) => status === 200).length
    // Whoever was one too many is heard all the same.
    const won = heard === answers.length ? taken - (LIMITS.chatFiles.most - 1) : 0
    return { won, failed: failures(answers) }
  },
}

/** Wrong on purpose, each: looks first, and writes afterwards. How many were let through that should have been one. */
export const NAIVE_DOORS: Record<string, (doors: Doors) => Promise<number>> = {
  /** Looks whether a report was filed, and files one under a name nobody else gave. */
  async sameRequest(doors) {
    const before = await doors.count('select count(*) from open311_requests')
    const filed = await each(doors, async (url, n) => {
      if ((await doors.count('select count(*) from open311_requests')) > before) return 0
      return (await request(url, randomUUID(), n)).status === 201 ? 1 : 0
    })
    return sum(filed)
  },

  /** Asks whether the message is there, and hands it over under a name of its own. */
  async sameMessage(doors) {
    const { address } = openChat(doors)
    const where = [whereIs(doors, address)]
    const taken = await allAtOnce(times(doors.atOnce), async n => {
      const house = doors.houses[n % 2 === 0 ? 0 : 1]
      const { rows } = await house.db.pool.query('select 1 from conversations where address_hash = $1', where)
      if (rows.length > 0) return 0
      const { repeat } = await house.line.inbox.receive({
        office: OFFICE,
        channel: 'web',
        address,
        externalId: `${address}:${n}`,
        from: { is: 'citizen' },
        kind: 'text',
        text: 'halo',
        sentAt: new Date(),
      })
      return repeat ? 0 : 1
    })
    return sum(taken)
  },

  /** Counts, and then writes, with nothing between that others wait for. */
  async lastFile(doors) {
    const who = whereIs(doors, randomUUID())
    const taken = await allAtOnce(times(doors.atOnce), async n => {
      const { pool } = doors.houses[n % 2 === 0 ? 0 : 1].db
      const { rows } = await pool.query<{ count: string }>(
        'select count(*) from files_sent where address_hash = $1',
        [who],
      )
      if (Number(rows[0]?.count) >= 1) return 0
      await pool.query(
        `insert into files_sent (hash, office, address_hash, day, bytes) values ($1, $2, $3, '2026-11-22', 10)`,
        [doors.records.sealing.hash('file sent', randomUUID()), OFFICE, who],
      )
      return 1
    })
    return sum(taken)
  },
}

function each<T>({ houses, atOnce }: Doors, deed: (url: string, n: number) => Promise<T>): Promise<T[]> {
  return allAtOnce(times(atOnce), n => deed(houses[n % 2 === 0 ? 0 : 1].url, n))
}

function request(url: string, key: string, n: number): Promise<Response> {
  return fetch(`${url}/open311/v2/${OFFICE}/requests.json`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Idempotency-Key': key },
    body: new URLSearchParams({
      api_key: PARTNER,
      service_code: 'layanan',
      description: `Lampu jalan mati di gang ${n}`,
      address_string: 'Jalan Contoh 1',
    }),
  })
}

/** A web chat nobody has written in. */
function openChat({ records: { keyring } }: Doors): { session: string; address: string } {
  const key = keyFor(keyring, 'web')
  const session = openSession(key, OFFICE) ?? ''
  return { session, address: readSession(key, OFFICE, session)?.address ?? '' }
}

function whereIs({ records: { sealing } }: Doors, address: string): Buffer {
  return hashOfAddress(sealing, { office: OFFICE, channel: 'web', address })
}

function sum(of: readonly number[]): number {
  return of.reduce((all, one) => all + one, 0)
}
