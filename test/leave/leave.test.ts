import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideRestored } from '../../src/backup/restored.ts'
import { bringHouse } from '../../src/leave/bring-house.ts'
import { houseTables, leaves } from '../../src/leave/house-tables.ts'
import { COLUMNS_LEFT_OUT, ROWS_LEFT_OUT, TABLES_LEFT_OUT } from '../../src/leave/left-out.ts'
import { readManifest } from '../../src/leave/manifest.ts'
import { writeHouse } from '../../src/leave/write-house.ts'
import { note } from '../../src/records/audit.ts'
import { transaction } from '../../src/records/db.ts'
import { openFileStore } from '../../src/records/file-store.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { checkKeyring, checkMode } from '../../src/records/own-database.ts'
import { openFolder } from '../../src/records/sealed-files.ts'
import { addStaff } from '../../src/records/staff.ts'
import { walkChain } from '../../src/records/walk-audit.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'
import { fillTables } from '../helpers/full-house.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const home = await mkdtemp(join(tmpdir(), 'balai-leave-test-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const source = await testDatabase()
const target = await emptyDatabase()
const keyring = makeKeyring()
const line = await testLine(source.db, keyring)
const now = new Date('2026-11-24T02:00:00Z')
const picture = Buffer.from('%PDF-1.4\n%contoh\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
let code = ''
let file = ''
let infected = ''

const write = (address: typeof source.address, name: string, files = 'files') =>
  writeHouse({
    address,
    keyring,
    offices: ['lhokseumawe'],
    places: [openFolder(join(home, files))],
    out: join(home, name),
    balai: 'test',
    now,
  })
const bring = (
  folder: string,
  address: typeof source.address,
  ring = keyring,
  mode: 'trial' | 'live' = 'trial',
) => bringHouse({ folder, keyring: ring, mode, address, place: openFolder(join(home, 'brought')), now })

const idOf = async (who: string) => {
  const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', who)
  const { rows } = await source.db.pool.query<{ id: string }>(
    'select id from conversations where address_hash = $1',
    [hash],
  )
  return rows[0]?.id ?? ''
}

beforeAll(async () => {
  const { pool } = source.db
  const { sealing } = line.room
  await checkKeyring(source.db, keyring)
  await checkMode(source.db, 'trial')
  code = codeIn(await fileComplaint(line, 'ani'))
  await fileComplaint(
    line,
    'anonim',
    ORDINARY.with(2, 'anonim').filter(one => one !== 'Budi Contoh'),
  )
  // The desk is told late of an anonymous report; now it is.
  await pool.query(`update inbox set due_at = now() where status = 'pending'`)
  await line.quiet()
  // In the middle of an anonymous report, with words already.
  for (const said of ['lapor', 'layanan', 'anonim', 'kumbang terbang di loket']) await line.say('ragu', said)
  await line.quiet()
  const stored = await openFileStore({ db: source.db, sealing, folder: join(home, 'files') }).put(
    'lhokseumawe',
    picture,
    'surat.pdf',
  )
  if ('refused' in stored) throw new Error(stored.refused)
  file = stored.id
  const scan = async () => 'infected' as const
  const scanned = openFileStore({ db: source.db, sealing, folder: join(home, 'files'), scan })
  const bad = await scanned.put('lhokseumawe', picture, 'surat.pdf')
  infected = 'refused' in bad ? '' : bad.id
  const staffId = await addStaff(pool, sealing, {
    office: 'lhokseumawe',
    name: 'Rina',
    role: 'head',
    desks: null,
  })
  for (let n = 1; n <= 3; n += 1)
    await transaction(source.db, client =>
      note(
        client,
        sealing,
        { office: 'lhokseumawe', actor: staffId, action: 'ticket_seen', subject: code, why: `alasan ${n}` },
        now,
      ),
    )
  const { rows } = await pool.query<{ id: string }>('select id from tickets where code = $1', [code])
  await fillTables(pool, sealing, {
    office: 'lhokseumawe',
    conversationId: await idOf('ani'),
    otherId: await idOf('ragu'),
    ticketId: rows[0]?.id ?? '',
    staffId,
  })
})

/** All that stands in a folder, as one text. */
async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = names.filter(one => one.isFile()).map(one => readFile(join(one.parentPath, one.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

describe('a house that leaves', () => {
  it('writes every table, readable by its owner alone, with each file and column explained', async () => {
    const manifest = await write(source.address, 'first')
    const folder = join(home, 'first')
    expect((await stat(folder)).mode & 0o077).toBe(0)
    const tables = await houseTables(source.db.pool)
    expect(manifest.tables.map(({ name }) => name)).toEqual(tables.filter(leaves).map(({ name }) => name))
    const empty = manifest.tables.filter(({ rows }) => rows === 0).map(({ name }) => name)
    expect(empty).toEqual([])
    const words = await readFile(join(folder, 'DESCRIPTION.md'), 'utf8')
    for (const { name, columns } of tables) {
      expect(words).toContain(leaves({ name }) ? `## ${name}\n` : `- \`${name}\`: `)
      if (leaves({ name })) for (const column of columns) expect(words).toContain(`| \`${column.name}\` |`)
    }
    const lines = (await readFile(join(folder, 'tables/tickets.jsonl'), 'utf8')).trim().split('\n')
    const ticket = lines.map(one => JSON.parse(one)).find(one => one.code === code)
    expect(ticket.fields).toMatchObject({ description: ORDINARY[3], name: 'Budi Contoh' })
    expect(await readFile(join(folder, `files/${file.slice(0, 2)}/${file}.pdf`))).toEqual(picture)
  })

  it('takes the mark of a virus along, and not the file it was found in', async () => {
    const { files } = (await readManifest(join(home, 'first'))).manifest
    expect(files).toMatchObject({ infected: 1, missing: 0 })
    const rows = await readFile(join(home, 'first/tables/files.jsonl'), 'utf8')
    expect(rows.split('\n').find(one => one.includes(infected))).toContain('"scan":"infected"')
    expect(await readFile(join(home, 'first/files.csv'), 'utf8')).not.toContain(infected)
  })

  it('takes no secret along, and nothing by which an anonymous report leads to anybody', async () => {
    const text = await textOf(join(home, 'first'))
    for (const secret of [keyring.lookup, ...keyring.outer.map(({ key }) => key)])
      for (const encoding of ['hex', 'base64', 'base64url'] as const)
        expect(text).not.toContain(secret.toString(encoding))
    expect(text).not.toContain('kumbang terbang')
    expect(text).toContain('Antrean loket lama sekali')
    const tickets = (await readFile(join(home, 'first/tables/tickets.jsonl'), 'utf8')).trim().split('\n')
    const anonymous = tickets.map(one => JSON.parse(one)).filter(one => one.anonymous)
    expect(anonymous).toMatchObject([{ conversation_id: null, taken_by: null }])
    const chats = await readFile(join(home, 'first/tables/conversations.jsonl'), 'utf8')
    expect(chats).not.toContain('"anonim"')
    expect(chats.split('\n').find(one => one.includes('"ragu"'))).toContain('"state":{"turn":')
  })

  it('knows no table or column that is not there any more', async () => {
    const tables = await houseTables(source.db.pool)
    const columns = tables.flatMap(({ name, columns: of }) => of.map(column => `${name}.${column.name}`))
    const known = [...Object.keys(TABLES_LEFT_OUT), ...Object.keys(ROWS_LEFT_OUT)]
    expect(known.filter(name => !tables.some(table => table.name === name))).toEqual([])
    expect(Object.keys(COLUMNS_LEFT_OUT).filter(name => !columns.includes(name))).toEqual([])
  })

  it('is the same house where it is brought in: written once more it is equal, and the line goes on', async () => {
    const first = await bring(join(home, 'first'), target.address)
    const second = await write(target.address, 'second', 'brought')
    expect(second.tables).toEqual(first.tables)
    expect(second.files).toEqual(first.files)
    expect(await walkChain(target.db.pool, line.room.sealing, 'lhokseumawe')).toMatchObject({
      firstBad: undefined,
    })
    const brought = openFileStore({
      db: target.db,
      sealing: line.room.sealing,
      folder: join(home, 'brought'),
    })
    expect(await brought.open(infected)).toBe('infected')
    await decideRestored(target.db, 'release')
    const again = await testLine(target.db, keyring)
    await again.say('ani', `status ${code}`)
    await again.quiet()
    expect(again.heard('ani').join()).toContain(code)
    await fileComplaint(again, 'baru')
    expect(again.heard('baru').at(-1)).toContain('Kode')
  })

  it('is brought in whole or not at all, from a folder nobody changed, with the keys of the house it left', async () => {
    const folder = join(home, 'first')
    const empty = await emptyDatabase()
    await expect(bring(folder, target.address)).rejects.toThrow('not empty')
    await expect(bring(folder, empty.address, makeKeyring())).rejects.toThrow('PINs and receipts')
    await expect(bring(folder, empty.address, keyring, 'live')).rejects.toThrow('trial mode')
    const path = join(folder, 'tables/staff.jsonl')
    const text = await readFile(path, 'utf8')
    await writeFile(path, `${text.split('\n').slice(1).join('\n')}`)
    await expect(bring(folder, empty.address)).rejects.toThrow('tables/staff.jsonl was changed')
    await writeFile(path, text)
    const { rowCount } = await empty.db.pool.query(`select 1 from pg_tables where schemaname = 'public'`)
    expect(rowCount).toBe(0)
    expect((await readManifest(folder)).manifest.format).toBe('balai-house/1')
    await expect(write(source.address, 'first')).rejects.toThrow('there already')
  })
})
