import { expect, it } from 'vitest'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { affectedBy, CLASSES, type DataClass } from '../../src/records/affected.ts'
import { houseWord } from '../../src/records/house-word.ts'
import { PERSON_TABLES } from '../../src/records/person-tables.ts'
import { messageId } from '../../src/records/whatsapp-message-id.ts'
import { sentRecords } from '../../src/records/whatsapp-messages.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'
import {
  leftAfterErasing,
  personEverywhere,
  standsIn,
  unlisted,
  untold,
} from '../helpers/person-everywhere.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const spoken = { ...line, office: 'lhokseumawe', file: (who: string) => fileComplaint(line, who) }

it('knows every table of the schema in which something of a citizen may stand', async () => {
  expect(await unlisted(owner.db.pool)).toEqual([])
  await owner.db.pool.query('create table overlooked (id int primary key, conversation_id uuid)')
  expect(await unlisted(owner.db.pool)).toEqual(['overlooked'])
  await owner.db.pool.query('drop table overlooked')
})

it('tells and erases all that is held of somebody, in every table', async () => {
  const person = await personEverywhere(spoken, db, 'ani')
  const where = await standsIn(db.pool, person)
  const nowhere = PERSON_TABLES.map(({ table }) => table).filter(table => !where.includes(table))
  // Desks' groups are nobody's; entries of the log come with what staff look at.
  expect(nowhere).toEqual(['audit_log', 'groups'])
  expect(await untold(spoken, person)).toEqual([])
  const told = line.heard('ani').at(-1)
  expect(told).toContain('Asia/Makassar')
  expect(told).toContain('pemberitahuan privasi yang sudah ditunjukkan: versi 21 November 2026')
  expect(told).toContain('kata: registrations contoh')
  expect(await leftAfterErasing(spoken, db, person)).toEqual([])
})

it('finds whom a breach concerns by class of data, and nobody by an anonymous report', async () => {
  const code = codeIn(await fileComplaint(line, 'budi'))
  await fileComplaint(
    line,
    'cici',
    ORDINARY.with(2, 'anonim').filter(one => one !== 'Budi Contoh'),
  )
  await line.say('dodi', 'halo')
  await line.quiet()
  const found = async (of: DataClass, since = '2026-01-01') => {
    const all: string[] = []
    for await (const rows of affectedBy(db.pool, line.room.sealing, {
      office: 'lhokseumawe',
      of,
      since: new Date(`${since}T00:00:00Z`),
    }))
      all.push(...rows.map(({ address }) => address))
    return all.sort()
  }
  expect(await found('reports')).toEqual(['budi'])
  expect(await found('reports', '2099-01-01')).toEqual([])
  expect(await found('messages')).toEqual(['budi', 'dodi'])
  for (const of of Object.keys(CLASSES)) expect(await found(of as DataClass)).not.toContain('cici')
  expect(code).toMatch(/^LSM/)
})

/** As if this chat were on a linked number, with all that was said there kept for phones that ask again. */
async function onLinkedNumber(who: string): Promise<void> {
  const sent = sentRecords({ db, sealing: line.room.sealing })
  const word = await houseWord(db, 'whatsapp_ids')
  const { rows } = await db.pool.query<{ key: string }>(
    `update outbox o set channel = 'whatsapp' from conversations c
     where c.id = o.conversation_id and c.address_hash = $1 returning o.key`,
    [line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)],
  )
  for (const { key } of rows) await sent.keep('lhokseumawe', messageId(word, `${key}/0`), `isi ${key}`)
}

const keptForPhones = async () => (await db.pool.query('select 1 from whatsapp_sent')).rowCount

it('erases what is kept for phones that ask again, and nobody else’s', async () => {
  await fileComplaint(line, 'ina')
  await line.say('joko', 'menu')
  await line.quiet()
  await onLinkedNumber('joko')
  const others = await keptForPhones()
  await onLinkedNumber('ina')
  expect(await keptForPhones()).toBeGreaterThan(others ?? 0)
  await line.say('ina', 'hapus data')
  await line.say('ina', 'HAPUS')
  expect(await keptForPhones()).toBe(others)
})

it('keeps no word of an anonymous report for phones that ask again', async () => {
  const before = await keptForPhones()
  for (const text of ORDINARY.with(2, 'anonim').slice(0, -1)) await line.say('kiki', text)
  await line.quiet()
  await onLinkedNumber('kiki')
  expect(await keptForPhones()).toBeGreaterThan(before ?? 0)
  await line.say('kiki', 'kirim')
  await line.quiet()
  expect(await keptForPhones()).toBe(before)
})

it('keeps its last words for them a day at most, without the moment they were sent', async () => {
  const kept = async (which: string) =>
    (await db.pool.query(`select 1 from whatsapp_sent where ${which}`)).rowCount
  const isShort = `kept_until <= now() + interval '24 hours' and sent_at = date_trunc('day', sent_at)`
  const [all, short] = [await kept('true'), await kept(isShort)]
  for (const text of ORDINARY.with(2, 'anonim').slice(0, -1)) await line.say('lala', text)
  await line.say('lala', 'kirim')
  await line.quiet()
  await onLinkedNumber('lala')
  const lastWords = Number(await kept('true')) - Number(all)
  expect(lastWords).toBeGreaterThan(0)
  expect(await kept(isShort)).toBe(short)
  await wipeDue(db, line.room.sealing)
  expect(await kept(isShort)).toBe(Number(short) + lastWords)
  expect(await kept(`not (${isShort})`)).toBe(Number(all) - Number(short))
})
