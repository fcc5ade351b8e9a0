import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { educationOf } from '../../src/education-file.ts'
import { exchangeRoutes } from '../../src/exchange/door.ts'
import { openSpool } from '../../src/exchange/spool.ts'
import { versionsOf } from '../../src/records/listing-changes.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'balai-spool-'))
const KEY = 'k'.repeat(24)
const app = exchangeRoutes({
  db,
  keys: { medan: KEY },
  office: id => houses.houses.get(id)?.office,
  education: () => educationOf('flows'),
  surveysOf: id => houses.houses.get(id)?.surveys ?? {},
  spool: openSpool(join(folder, 'incoming')),
})

const TABLE = `seleksi,nama_seleksi,jenis,tahun,urutan,tahap,mulai,selesai,yang_dilakukan,sumber,per_tanggal
c-26,Seleksi (contoh),CPNS,2026,1,pendaftaran,2026-11-10,2026-12-10,Daftar sendiri.,contoh,2026-11-20
`
type Ask = {
  path?: string
  key?: string
  type?: string
  body?: string | Buffer | ReadableStream
  more?: Record<string, string>
}
const post = ({
  path = '/import/medan/rounds',
  key = KEY,
  type = 'text/csv',
  body = TABLE,
  more = {},
}: Ask) =>
  app.request(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': type, ...more },
    body,
    duplex: 'half',
  } as RequestInit)
const codeOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error?: { code: string } }
  return `${answer.status} ${error?.code ?? ''}`.trim()
}

describe('the door for tables', () => {
  it('takes one in, changes nothing the second time, and gives it out again', async () => {
    expect(await (await post({})).json()).toEqual({ read: 1, changed: 1, warned: 0, warnings: [] })
    expect(await (await post({})).json()).toMatchObject({ read: 1, changed: 0 })
    const headers = { Authorization: `Bearer ${KEY}` }
    const out = await app.request('/export/medan/rounds', { headers })
    expect(await out.json()).toMatchObject([
      { seleksi: 'c-26', tahap: 'pendaftaran', selesai: '2026-12-10 23:59' },
    ])
    const again = await app.request('/export/medan/rounds?format=csv', { headers })
    expect(await (await post({ body: await again.text() })).json()).toMatchObject({ changed: 0 })
  })

  it('names what is wrong by row and column, and keeps nothing of it', async () => {
    const answer = await post({
      body: `${TABLE.replaceAll('c-26', 'c-27')}c-27,Seleksi (contoh),CPNS,2026,dua,skd,2026-01-01,2025-01-01,x,contoh,2026-11-20\n`,
    })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      error: {
        code: 'table_invalid',
        count: 2,
        faults: [
          { row: 3, column: 'urutan' },
          { row: 3, column: 'selesai', what: 'is not behind mulai' },
        ],
      },
    })
    expect(await versionsOf(db.pool, 'medan', 'round', 'c-27')).toEqual([])
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  })

  it.each<[string, Ask, string]>([
    ['another key', { key: 'x'.repeat(24) }, '401 key_unknown'],
    ['the beginning of the key', { key: 'k'.repeat(23) }, '401 key_unknown'],
    ['an office without a door', { path: '/import/lhokseumawe/rounds' }, '403 door_closed'],
    ['an office nobody knows', { path: '/import/atlantis/rounds' }, '404 office_unknown'],
    ['a table nobody knows', { path: '/import/medan/tickets' }, '404 kind_unknown'],
    ['another kind of body', { type: 'application/json', body: '[]' }, '415 content_type'],
    ['too much, announced', { more: { 'Content-Length': String(65 * 1024 * 1024) } }, '413 body_too_large'],
    ['nothing', { body: '' }, '422 table_invalid'],
    ['bytes of no kind', { body: Buffer.from([0, 255, 254, 1]) }, '422 table_invalid'],
    ['half an archive', { body: Buffer.from('PK\u0003\u0004and no more') }, '422 table_invalid'],
  ])('with %s it stays closed', async (_, ask, expected) => {
    expect(await codeOf(await post(ask))).toBe(expected)
  })

  it('stops reading what is too much, though nobody announced it', async () => {
    const piece = new Uint8Array(1024 * 1024).fill(97)
    let left = 66
    const body = new ReadableStream({
      pull: control => (left-- > 0 ? control.enqueue(piece) : control.close()),
    })
    expect(await codeOf(await post({ body }))).toBe('413 body_too_large')
    expect(left).toBeLessThan(3)
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  })

  it('takes one table at a time', async () => {
    const answers = await Promise.all([post({}), post({}), post({})])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429, 429])
    expect(answers.find(({ status }) => status === 429)?.headers.get('Retry-After')).toBe('10')
  })
})
