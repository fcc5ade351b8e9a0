import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Renewal, renewKeys } from '../../src/jobs/renew-keys.ts'
import { connectionOf } from '../../src/records/address.ts'
import { confirmCopy, noteSealed } from '../../src/records/key-copy.ts'
import { loadKeyring, readKeysIn } from '../../src/records/keyring.ts'
import { joined } from '../../src/records/outer-keys.ts'
import { rewrapAll } from '../../src/records/rewrap.ts'
import { KEYED } from '../../src/records/sealed-columns.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { fillTables } from '../helpers/full-house.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db, address } = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'balai-outer-keys-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const keyFile = join(home, 'sealing.key')
const first = await loadKeyring(keyFile, { make: true })
const line = await testLine(db, first)
const BEGUN = new Date('2026-12-01T02:00:00Z')
const daysOn = (days: number) => new Date(BEGUN.getTime() + days * 86_400_000)
let code = ''

/** The house as of that day, by a process that starts now. */
const renew = (days: number, more: Partial<Renewal> = {}) =>
  renewKeys({
    address,
    keyFile,
    sealing: line.room.sealing,
    days: 30,
    keepDays: 35,
    now: daysOn(days),
    ...more,
  })

async function wrappedKeys(): Promise<Map<string, Buffer>> {
  const { rows } = await db.pool.query<{ code: string; id: string; wrapped_key: Buffer }>(
    'select code, id, wrapped_key from tickets where wrapped_key is not null',
  )
  return new Map(rows.map(({ id, wrapped_key }) => [id, wrapped_key]))
}

beforeAll(async () => {
  code = codeIn(await fileComplaint(line, 'ani'))
  const { rows } = await db.pool.query<{ chat: string; ticket: string }>(
    'select conversation_id as chat, id as ticket from tickets where code = $1',
    [code],
  )
  const staffId = await addStaff(db.pool, line.room.sealing, {
    office: 'lhokseumawe',
    name: 'Rina',
    role: 'head',
    desks: null,
  })
  await fillTables(db.pool, line.room.sealing, {
    office: 'lhokseumawe',
    conversationId: rows[0]?.chat ?? '',
    otherId: randomUUID(),
    ticketId: rows[0]?.ticket ?? '',
    staffId,
  })
})

it('makes a next key when the one in use is old, and does not use it before a copy is kept', async () => {
  expect(await renew(-1, { days: 36_500 })).toMatchObject({ waits: false, old: 0 })
  expect(await renew(0, { asked: true })).toMatchObject({ waits: true, old: 0, changed: 0 })
  expect((await stat(keyFile)).mode & 0o077).toBe(0)
  const ring = readKeysIn(keyFile)
  expect(ring?.outer).toHaveLength(1)
  expect(ring?.next?.id).toBe(2)
  expect(await renew(1)).toMatchObject({ waits: true, changed: 0 })
})

it('wraps everything that lives anew while citizens go on, and the old key then opens none of it', async () => {
  const before = await wrappedKeys()
  await noteSealed(db.pool, await loadKeyring(keyFile, { make: false }))
  const [stand] = await Promise.all([
    renew(2),
    ...['budi', 'cici', 'dodi'].map(who => fileComplaint(line, who)),
  ])
  expect(stand).toMatchObject({ waits: false, old: 1 })
  expect(stand?.changed).toBeGreaterThan(Object.keys(KEYED).length)
  expect(await renew(2)).toMatchObject({ left: 0 })
  const tickets = await wrappedKeys()
  expect(tickets.size).toBe(4)
  for (const [id, wrapped] of tickets) {
    expect(line.room.sealing.unwrap(wrapped, `tickets.${id}`)).toBeDefined()
    expect(() => createSealing(first).unwrap(wrapped, `tickets.${id}`)).toThrow('no longer there')
    // Another process, which began with the old keys, reads the file once it meets the new one.
    const other = createSealing(first, () => readKeysIn(keyFile))
    expect(other.unwrap(wrapped, `tickets.${id}`)).toBeDefined()
  }
  // A backup of before opens still.
  for (const [id, wrapped] of before) expect(line.room.sealing.unwrap(wrapped, `tickets.${id}`)).toBeDefined()
  await line.say('ani', `status ${code}`)
  await line.quiet()
  expect(line.heard('ani').at(-1)).toContain(code)
})

it('goes on where it was killed: each value is under a key that is there, whenever that was', async () => {
  await renew(32)
  await confirmCopy(db.pool, await loadKeyring(keyFile, { make: false }), daysOn(32))
  const ring = await loadKeyring(keyFile, { make: false })
  const next = ring.next
  if (next === undefined) throw new Error('No next key was made.')
  const sealing = createSealing({ ...ring, outer: [...ring.outer, next] })
  const client = new pg.Client(connectionOf(address))
  await client.connect()
  let asked = 0
  const dying = {
    query: (...given: unknown[]) => {
      asked += 1
      if (asked === 12) return Promise.reject(new Error('killed'))
      return (client.query as (...all: unknown[]) => unknown)(...given)
    },
  }
  await expect(rewrapAll(dying as unknown as pg.Client, sealing, next.id)).rejects.toThrow('killed')
  for (const [id, wrapped] of await wrappedKeys())
    expect(sealing.unwrap(wrapped, `tickets.${id}`)).toBeDefined()
  await client.end()
  expect(await renew(33)).toMatchObject({ waits: false, left: 0 })
})

it('destroys a key when the last backup made under it has expired, and not while anything is left under it', async () => {
  const [old] = await wrappedKeys()
  if (old === undefined) throw new Error('No ticket.')
  const [id] = old
  const kept = createSealing(first)
  const fromBackup = kept.newKey(`tickets.${id}`).wrapped
  const { sealing } = line.room
  expect(await renew(60, { days: 36_500 })).toMatchObject({ destroyed: 1 })
  expect(() => sealing.unwrap(fromBackup, `tickets.${id}`)).toThrow('no longer there')
  // A restore brings the keys of the backup's time along.
  const ring = await loadKeyring(keyFile, { make: false })
  expect(createSealing(joined(ring, first)).unwrap(fromBackup, `tickets.${id}`)).toBeDefined()

  // A value under the second key that cannot be wrapped anew: that key stays, however old.
  const { rows } = await db.pool.query<{ wrapped_key: Buffer }>('select wrapped_key from staff limit 1')
  const damaged = Buffer.from(rows[0]?.wrapped_key ?? '')
  damaged.writeUInt16BE(2)
  await db.pool.query('update staff set wrapped_key = $1', [damaged])
  expect(await renew(200, { days: 36_500 })).toMatchObject({ left: 1, destroyed: 0, old: 1 })
  await db.pool.query('update staff set wrapped_key = $1', [rows[0]?.wrapped_key])
  expect(await renew(201, { days: 36_500 })).toMatchObject({ left: 0, destroyed: 1, old: 0 })
})
